import GenOpsUnits
import Testing

@testable import GenOpsPostHog

@Suite("The report of a setup, terse and verbose")
struct SetupReportTests {
  let now = Timestamp(startOf: CalendarDay(number: 20_819))

  private func report(_ environment: [String: String]) -> SetupReport {
    SetupCheck.report(AdapterSettings.read(environment: environment), now: now)
  }

  private func lines(_ text: String) -> [String] {
    text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }

  @Test("Terse is a line for each problem with what puts it right, and the verdict")
  func brief() {
    #expect(
      lines(report([:]).text(.brief)) == [
        "error: API key: POSTHOG_API_KEY is not set; export POSTHOG_API_KEY=phc_…",
        "warning: Attribution: no team is set; costs go to 'default'; export GENOPS_TEAM=growth",
        "warning: Attribution: no project is set; costs go to 'default'; export GENOPS_PROJECT=shop",
        "It does not work yet: 6 right, 2 warnings, 1 error in 8 components.", "",
      ])
    let good = report([
      "POSTHOG_API_KEY": "phc_x", "GENOPS_TEAM": "a", "GENOPS_PROJECT": "b",
      "GENOPS_OPENING_USAGE": "nothing",
    ])
    #expect(lines(good.text(.brief)).count == 2)
  }

  @Test("Text has the advice that JSON has, and leaves it out with the successes")
  func advice() {
    let report = report([:])
    let text = report.text()
    for advice in report.advice {
      #expect(text.contains(advice.recommendation) && text.contains("do: \(advice.command)"))
    }
    #expect(!report.text(showsSuccesses: false).contains("Worth doing"))
  }

  @Test(
    "Verbose tells each step with where it asked and how long it took, by the clock that is given")
  func verbose() throws {
    let time = ManualTime()
    var report = SetupCheck.report(
      AdapterSettings.read(environment: [
        "POSTHOG_API_KEY": "phc_secretpart", "POSTHOG_HOST": "https://shop.example/ingest",
        "GENOPS_GOVERNANCE_POLICY": "enforced",
      ]), opening: .nothing, now: now, verbose: true, timer: time.timer
    ) { _ in time.advance(to: .milliseconds(1500)) }
    #expect(
      report.steps.map(\.component) == [
        "API key", "Host", "Attribution", "Budgets", "Prices", "Settings", "Adapter",
      ])
    // The clock moved within the trial of the adapter alone.
    #expect(report.steps.map(\.took) == Array(repeating: .zero, count: 6) + [.milliseconds(1500)])
    report.step("Files", "looked at a\nb", timer: time.timer) { _ in
      time.advance(to: .microseconds(1_500_042))
    }
    let text = report.text(.verbose)
    #expect(
      text.contains(
        "  tried    read the address: events go to https://shop.example/ingest/batch/, flags are asked "
          + "at https://shop.example/ingest/flags/, by genops-swift/0.1.0; nothing was sent (0.000 ms)"
      ))
    #expect(text.contains("the price book posthog-2026-08 of 2026-08-22 (0.000 ms)"))
    #expect(text.contains("in enforced mode and captured one event at 2027-01-01T00:00:00Z"))
    #expect(text.contains("looked at a b (0.042 ms)"))
    #expect(text.contains("Checked at 2027-01-01T00:00:00Z by genops-swift/0.1.0 in 1500.042 ms."))
    #expect(!text.contains("secretpart"))
    let details = try #require(report.json["details"])
    #expect(details["client"] == "genops-swift/0.1.0")
    #expect(details["steps"]?.items.last?["milliseconds"] == .number("0.042"))
    // The other forms of the same report say nothing of it.
    #expect(!report.text().contains("tried") && !report.text(.brief).contains("tried"))
  }

  @Test("A step that throws is told")
  func failing() {
    struct Broken: Error {}
    let time = ManualTime()
    var report = SetupReport(validatedAt: now)
    #expect(throws: Broken.self) {
      try report.step("Files", "read a file", timer: time.timer) { _ in
        time.advance(to: .seconds(2))
        throw Broken()
      }
    }
    #expect(report.steps == [SetupStep("Files", "read a file", took: .seconds(2))])
  }
}
