import GenOpsPostHog
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

  @Test("tersely: a line for each problem, and the verdict")
  func brief() {
    let output = DoctorCommand.run(
      .init(environment: [:], detail: .brief, now: now), OutputOptions())
    #expect(output.status == .error)
    #expect(
      output.stdout == """
        error: API key: POSTHOG_API_KEY is not set; export POSTHOG_API_KEY=phc_…
        warning: Attribution: no team is set; costs go to 'default'; export GENOPS_TEAM=growth
        warning: Attribution: no project is set; costs go to 'default'; export GENOPS_PROJECT=shop
        It does not work yet: 7 right, 2 warnings, 1 error in 9 components.

        """)
  }

  @Test("verbosely: also what was tried and how long it took")
  func verbose() {
    struct Still: Clock {
      var now: ContinuousClock.Instant { start }
      let start = ContinuousClock.now
      var minimumResolution: Duration { .zero }
      func sleep(until deadline: ContinuousClock.Instant, tolerance: Duration?) {}
    }
    let output = DoctorCommand.run(
      .init(
        environment: good, scenarios: ["none.yaml"], detail: .verbose, now: now,
        timer: DeliveryTimer(Still())), OutputOptions())
    expectGolden(output.stdout, "doctor-verbose.txt")
  }
}
