import GenOpsTestSupport
import GenOpsUnits
import Testing

@testable import GenOpsCommands

@Suite("What the doctor prints")
struct DoctorTests {
  let now = Timestamp(startOf: CalendarDay(number: 20_819))

  private func text(_ environment: [String: String], showsSuccesses: Bool = true) -> CommandOutput {
    DoctorCommand.run(
      .init(environment: environment, showsSuccesses: showsSuccesses, now: now), OutputOptions())
  }

  private let good = [
    "POSTHOG_API_KEY": "phc_x", "POSTHOG_HOST": "https://app.posthog.com",
    "GENOPS_TEAM": "analytics-team", "GENOPS_PROJECT": "product-analytics",
    "GENOPS_DAILY_BUDGET_LIMIT": "100.0", "GENOPS_GOVERNANCE_POLICY": "advisory",
    "GENOPS_OPENING_USAGE": "nothing",
  ]

  @Test("of a complete setup: every check by its component, and how many there were")
  func complete() {
    let output = text(good)
    #expect(output.status == .success)
    expectGolden(output.stdout, "doctor-complete.txt")
    // Without the successes the verdict is left.
    let verdict = output.stdout.split(separator: "\n").last.map(String.init) ?? ""
    #expect(text(good, showsSuccesses: false).stdout == "\n\(verdict)\n")
  }

  @Test("of an empty environment: what is wrong, what would be right and the command for it")
  func empty() {
    let output = text([:])
    #expect(output.status == .error)
    expectGolden(output.stdout, "doctor-empty.txt")
  }
}
