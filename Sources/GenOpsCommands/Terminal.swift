import ArgumentParser
import Foundation
import GenOpsReporting

/// Where output goes and how it may look.
enum Terminal {
  /// When to use colours.
  enum ColorChoice: String, ExpressibleByArgument, CaseIterable { case auto, always, never }

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

  /// Writes text; a reader that has gone (`genops … | head`) is not an error.
  static func write(_ text: String, to handle: FileHandle) {
    try? handle.write(contentsOf: Data(text.utf8))
  }

  /// Asks on stderr, so that stdout holds the result only, and reads a line. A secret is not
  /// echoed.
  static func ask(_ prompt: String, isSecret: Bool) -> String? {
    var shown = termios()
    guard isSecret, isatty(STDIN_FILENO) == 1, tcgetattr(STDIN_FILENO, &shown) == 0 else {
      write(prompt, to: .standardError)
      return readLine()
    }
    // Hidden before it is asked for: what is pasted the moment the prompt appears would be shown,
    // and then thrown away with the change.
    var hidden = shown
    hidden.c_lflag &= ~tcflag_t(ECHO)
    tcsetattr(STDIN_FILENO, TCSAFLUSH, &hidden)
    defer {
      tcsetattr(STDIN_FILENO, TCSADRAIN, &shown)
      write("\n", to: .standardError)
    }
    write(prompt, to: .standardError)
    return readLine()
  }

  /// What the machine offers beside the terminal.
  static var environment: CIEnvironment { CIEnvironment(ProcessInfo.processInfo.environment) }

  /// Prints what a command said and ends with its status when that is not 0.
  static func deliver(_ output: CommandOutput) throws {
    write(output.stdout, to: .standardOutput)
    write(output.stderr, to: .standardError)
    let environment = environment
    if environment.takesAnnotations {
      write(output.annotations.map(\.command).joined(), to: .standardError)
    }
    if let summary = output.summary, let file = environment.summaryFile,
      let handle = FileHandle(forWritingAtPath: file)
    {
      handle.seekToEndOfFile()
      write(summary + "\n", to: handle)
    }
    if output.status != .success { throw ExitCode(output.status.rawValue) }
  }
}
