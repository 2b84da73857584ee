import Foundation
import GenOpsUnits
import Testing

@testable import GenOpsCommands

@Suite("The dialogue of a setup")
struct SetupDialogueTests {
  static let key = "phc_1234567890abcdef"
  let now = Timestamp(startOf: CalendarDay(number: 20_819))

  /// What a dialogue with these answers printed, and everything that was shown on the way.
  private func run(
    _ answers: [String], environment: [String: String] = [:], file: String? = nil
  ) -> (output: CommandOutput, shown: String) {
    var rest = answers[...]
    var shown = ""
    var dialogue = SetupDialogue(environment: environment) { prompt, isSecret in
      shown += prompt + "\n"
      #expect(isSecret == prompt.hasPrefix("Project key"))
      return rest.popFirst()
    } tell: {
      shown += $0 + "\n"
    }
    let output = dialogue.run(writeTo: file, OutputOptions(), now: now)
    return (output, shown)
  }

  private let good = [key, "growth", "shop", "production", "200.00", "enforced", ""]

  @Test("Good answers end with the doctor's report, and the key is shown nowhere")
  func complete() {
    let (output, shown) = run(good)
    #expect(output.status == .success)
    #expect(output.stdout.contains("daily limit 200.00"))
    #expect(output.stdout.contains("export GENOPS_TEAM='growth'"))
    #expect(output.stdout.contains("export POSTHOG_API_KEY='phc_…'"))
    for text in [output.stdout, output.stderr, shown] { #expect(!text.contains("1234567890")) }
  }

  @Test("A wrong answer is explained and asked for again; an odd one is taken with a word")
  func wrong() {
    let (output, shown) = run(
      [
        "phx_personal", Self.key, "Growth Team", "shop", "", "much", "-1", "50", "hard", "strict",
        "",
      ])
    // Strict without an opening refuses whatever comes, and the report at the end says so.
    #expect(output.status == .error)
    #expect(output.stdout.contains("a trial event would not be sent"))
    #expect(shown.contains("is a personal key (phx_…)"))
    #expect(shown.contains("'Growth Team' is not in kebab-case"))
    #expect(shown.contains("not an amount from 0 to 9 billion"))
    #expect(shown.contains("there is no governance mode 'hard'"))
    #expect(output.stdout.contains("export GENOPS_DAILY_BUDGET_LIMIT='50'"))
    #expect(output.stdout.contains("export GENOPS_ENVIRONMENT='production'"))
  }

  @Test("What is set already stands in brackets, the key masked, and an empty answer keeps it")
  func keeps() {
    let (output, shown) = run(
      ["", "", "", "", "", "", ""],
      environment: ["POSTHOG_API_KEY": Self.key, "GENOPS_TEAM": "web", "GENOPS_PROJECT": "shop"])
    #expect(output.status == .success)
    #expect(shown.contains("[phc_…]") && shown.contains("[web]") && shown.contains("[1000.00]"))
    #expect(!shown.contains("1234567890"))
  }

  @Test("Answers that end early, or stay wrong, are an error and write nothing")
  func early() {
    let path = NSTemporaryDirectory() + "genops-\(UUID().uuidString).env"
    let (output, _) = run(Array(good.prefix(3)), file: path)
    #expect(output.status == .error && output.stderr.contains("the answers end at GENOPS_ENV"))
    let (stubborn, _) = run(["", "", "", Self.key], file: path)
    #expect(stubborn.status == .error && stubborn.stderr.contains("3 times"))
    #expect(!FileManager.default.fileExists(atPath: path))
  }

  @Test("The file is the owner's alone, is read by the doctor, and none is overwritten")
  func file() throws {
    let path = NSTemporaryDirectory() + "genops-\(UUID().uuidString).env"
    defer { try? FileManager.default.removeItem(atPath: path) }
    #expect(run(good.dropLast() + [path]).output.status == .success)
    let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    #expect(mode == 0o600)
    let report = DoctorCommand.run(
      .init(environment: [:], settings: path, now: now), OutputOptions())
    #expect(report.status == .success && report.stdout.contains("team growth, project shop"))
    let (again, _) = run(good, file: path)
    #expect(again.status == .error && again.stderr.contains("File exists"))
  }
}
