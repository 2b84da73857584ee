import ArgumentParser
import Foundation
import GenOpsReporting
import GenOpsUnits

/// Where output goes and how it may look.
enum Terminal {
  /// When to use colours.
  enum ColorChoice: String, ExpressibleByArgument, CaseIterable { case auto, always, never }

  /// The two that a program writes to.
  enum Stream {
    case output, error

    var descriptor: Int32 { self == .output ? STDOUT_FILENO : STDERR_FILENO }
  }

  /// Colours are for terminals, and never against `NO_COLOR` (https://no-color.org), even empty.
  static func options(_ choice: ColorChoice) -> OutputOptions {
    func color(_ descriptor: Int32) -> Bool {
      switch choice {
      case .always: true
      case .never: false
      case .auto: ProcessInfo.processInfo.environment["NO_COLOR"] == nil && isatty(descriptor) == 1
      }
    }
    return OutputOptions(
      color: color(STDOUT_FILENO), errorColor: color(STDERR_FILENO), width: width)
  }

  /// The most columns of a line of the result: 100, or those of a narrower terminal. Below 60 a
  /// table of months holds no more than its numbers, and the terminal may as well break its lines.
  private static var width: Int {
    var size = winsize()
    guard isatty(STDOUT_FILENO) == 1, ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0,
      size.ws_col > 0
    else { return 100 }
    return min(100, max(60, Int(size.ws_col)))
  }

  /// Writes text as a terminal and a CI system may be shown it; why not all of it was written. A reader
  /// that has gone (`genops … | head`) has what it wanted.
  @discardableResult
  static func write(_ text: String, to stream: Stream, keepsColors: Bool = false)
    -> DescriptorWriter.Failure?
  {
    let plain = TerminalText.plain(text, keepsColors: keepsColors)
    // Also where no CI system says that it reads the output: a container does not know of the job it is in.
    return send(CILog.plain(plain), to: stream)
  }

  /// Writes what this program made of constants alone: the bar of progress, commands to a CI system.
  @discardableResult
  static func send(_ text: String, to stream: Stream) -> DescriptorWriter.Failure? {
    send(Array(text.utf8), to: stream)
  }

  /// Writes bytes as they are.
  private static func send(_ bytes: [UInt8], to stream: Stream) -> DescriptorWriter.Failure? {
    let failure = DescriptorWriter.write(bytes, to: stream.descriptor)
    return failure == .noReader ? nil : failure
  }

  /// Refuses what a terminal cannot show, before a verb spends time on it.
  static func check(_ format: String, instead: String? = nil) throws {
    guard isatty(STDOUT_FILENO) == 1, let kind = ReportFormats.all[format],
      !(kind is any TextReportFormat.Type)
    else { return }
    throw ValidationError(
      "\(format) is not text, so a terminal cannot show it: add '\(instead ?? "> report.\(format)")'"
    )
  }

  /// Asks on stderr, so that stdout holds the result only, and reads a line. A secret is not
  /// echoed.
  static func ask(_ prompt: String, isSecret: Bool) -> String? {
    var shown = termios()
    guard isSecret, isatty(STDIN_FILENO) == 1, tcgetattr(STDIN_FILENO, &shown) == 0 else {
      write(prompt, to: .error)
      return readLine()
    }
    // Hidden before it is asked for: what is pasted the moment the prompt appears would be shown,
    // and then thrown away with the change.
    var hidden = shown
    hidden.c_lflag &= ~tcflag_t(ECHO)
    tcsetattr(STDIN_FILENO, TCSAFLUSH, &hidden)
    defer {
      tcsetattr(STDIN_FILENO, TCSADRAIN, &shown)
      write("\n", to: .error)
    }
    write(prompt, to: .error)
    return readLine()
  }

  /// What the machine offers beside the terminal.
  static var environment: CIEnvironment { CIEnvironment(ProcessInfo.processInfo.environment) }

  /// Prints what a command said and ends with its status when that is not 0; with 2 when it could not
  /// be said.
  static func deliver(_ output: CommandOutput, _ options: OutputOptions) throws {
    let lost =
      output.bytes.isEmpty
      ? write(output.stdout, to: .output, keepsColors: options.color)
      : send(output.bytes, to: .output)
    write(output.stderr, to: .error, keepsColors: options.errorColor)
    let environment = environment
    if environment.takesAnnotations {
      send(output.annotations.map(\.command).joined(), to: .error)
    }
    var failures = Findings()
    if let lost {
      failures.error(
        "unwritable", "the result could not be written: \(lost)",
        help: "free some space, or write it elsewhere")
    }
    if let summary = output.summary, let file = environment.summaryFile,
      let reason = append(summary + "\n", to: file)
    {
      failures.error(
        "unwritable", "the summary could not be written to '\(file)': \(reason)",
        help: "GITHUB_STEP_SUMMARY names the file")
    }
    if failures.hasErrors {
      write(
        FindingsText.render(failures, color: options.errorColor), to: .error,
        keepsColors: options.errorColor)
      throw ExitCode(CommandOutput.Status.error.rawValue)
    }
    if output.status != .success { throw ExitCode(output.status.rawValue) }
  }

  /// Why `text` could not be added to the end of a file; nil when it was.
  private static func append(_ text: String, to path: String) -> String? {
    let file = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0o644)
    guard file >= 0 else { return String(cString: strerror(errno)) }
    let failure = DescriptorWriter.write(Array(text.utf8), to: file)
    return close(file) == 0 ? failure?.description : String(cString: strerror(errno))
  }
}
