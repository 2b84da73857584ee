import Foundation
import GenOpsHistory
import GenOpsPostHog
package import GenOpsUnits

/// `genops doctor --setup`: asks for the settings that matter, one by one, and checks each answer
/// as the doctor does. What it asks with is handed in, so that it runs on a terminal, from a pipe
/// and in tests.
package struct SetupDialogue {
  /// Reads one answer after showing `prompt`; nil at the end of the input. What is secret must not
  /// be echoed.
  package typealias Ask = (_ prompt: String, _ isSecret: Bool) -> String?

  let ask: Ask
  /// Shows a remark between two questions.
  let tell: (String) -> Void
  /// What is set already, and what was answered.
  private(set) var environment: [String: String]
  /// The names that were asked for and have a value, in order.
  private var answered: [String] = []

  package init(
    environment: [String: String], ask: @escaping Ask, tell: @escaping (String) -> Void
  ) {
    self.environment = environment
    self.ask = ask
    self.tell = tell
  }

  /// In the order in which they are asked.
  static let questions: [(variable: String, what: String)] = [
    ("POSTHOG_API_KEY", "Project key, phc_… (PostHog > Settings > Project; it is not shown)"),
    ("GENOPS_TEAM", "Team, who pays"),
    ("GENOPS_PROJECT", "Project, what it is for"),
    ("GENOPS_ENVIRONMENT", "Environment: production, staging, development"),
    ("GENOPS_DAILY_BUDGET_LIMIT", "What a UTC day may cost, such as 200.00"),
    ("GENOPS_GOVERNANCE_POLICY", "Mode: advisory, enforced or strict"),
  ]
  private static let secret = "POSTHOG_API_KEY"
  /// Wrong answers to one question before it gives up: a pipe would be asked for ever.
  private static let attempts = 3

  /// Asks everything, shows what the doctor says of it, and writes `file` when it is given or named
  /// in the last answer.
  package mutating func run(
    writeTo file: String?, _ options: OutputOptions, now: Timestamp = SystemClock().now()
  ) -> CommandOutput {
    do throws(FindingsError) {
      for question in SetupDialogue.questions { try settle(question.variable, question.what) }
      let target =
        file ?? ask("Write these settings to a file? Its path, or nothing: ", false) ?? ""
      if !target.isEmpty { try write(to: target) }
      return output(writtenTo: target.isEmpty ? nil : target, options, now: now)
    } catch { return CommandOutput(error.findings, color: options.errorColor) }
  }

  private mutating func settle(_ variable: String, _ what: String) throws(FindingsError) {
    let isSecret = variable == SetupDialogue.secret
    let standard = SettingKey.all.first { $0.variable == variable }?.standard
    let present = environment[variable].flatMap { $0.isEmpty ? nil : $0 }
    let shown = present.map { isSecret ? Secret($0).description : $0 } ?? standard
    for _ in 0..<SetupDialogue.attempts {
      guard let line = ask("\(what)\(shown.map { " [\($0)]" } ?? ""): ", isSecret) else {
        throw FindingsError(
          "setup-ended", "the answers end at \(variable)",
          help: "answer each question with a line; an empty one takes what stands in brackets")
      }
      let answer = line.trimmingCharacters(in: .whitespaces)
      guard let value = answer.isEmpty ? present ?? standard : answer else {
        tell("  \(variable) has to be set")
        continue
      }
      if accepts(value, for: variable) {
        environment[variable] = value
        answered.append(variable)
        return
      }
    }
    throw FindingsError(
      "setup-ended", "\(variable) was answered wrongly \(SetupDialogue.attempts) times",
      help: "'genops doctor' explains what is missing")
  }

  /// Tells what is wrong or odd about an answer; false when it cannot be used.
  private func accepts(_ value: String, for variable: String) -> Bool {
    // A line of a file holds neither.
    // By scalars: an apostrophe that a mark joins is another character, and an apostrophe to a shell.
    if value.unicodeScalars.contains(where: {
      $0 == "'" || $0.properties.generalCategory == .control
    }) {
      tell("  an apostrophe cannot be part of a setting")
      return false
    }
    var changed = environment
    changed[variable] = value
    let before = AdapterSettings.read(environment: environment).findings.all
    let new = AdapterSettings.read(environment: changed).findings.all.filter { finding in
      !before.contains(finding) && finding.severity != .note
    }
    for finding in new {
      tell("  \(finding.message)\(finding.help.map { "; \($0)" } ?? "")")
    }
    return !new.contains { $0.severity == .error }
  }

  /// A new file that only its owner can read. One that exists is left alone: it may hold more.
  private func write(to path: String) throws(FindingsError) {
    let lines = answered.map { "\($0)='\(environment[$0] ?? "")'\n" }.joined()
    // Made with its permissions, so that there is no moment in which others could open it.
    let descriptor = open(path, O_CREAT | O_EXCL | O_WRONLY, 0o600)
    guard descriptor >= 0 else {
      throw FindingsError(
        "unwritable", "'\(path)' cannot be written: \(String(cString: strerror(errno)))",
        help: "name a file that does not exist yet, in a folder that does")
    }
    let failure = DescriptorWriter.write(Array(lines.utf8), to: descriptor)
    guard close(descriptor) == 0, failure == nil else {
      let reason = failure?.description ?? String(cString: strerror(errno))
      unlink(path)
      throw FindingsError(
        "unwritable", "'\(path)' cannot be written: \(reason)",
        help: "free some space and try again")
    }
  }

  private func output(writtenTo file: String?, _ options: OutputOptions, now: Timestamp)
    -> CommandOutput
  {
    let report = DoctorCommand.run(
      .init(environment: environment, showsSuccesses: true, now: now), options)
    var out = report.stdout + "\n"
    if let file {
      let again = ShellWord.joined(["genops", "doctor", "--settings", file])
      out += "Written to '\(file)'. Check it again with: \(again)\n"
    } else {
      out += "Nothing was written. Set these, with your key for phc_…:\n"
      for name in answered {
        let value = environment[name] ?? ""
        let shown = name == SetupDialogue.secret ? Secret(value).description : value
        out += "  export \(name)='\(shown)'\n"
      }
    }
    return CommandOutput(stdout: out, status: report.status)
  }
}
