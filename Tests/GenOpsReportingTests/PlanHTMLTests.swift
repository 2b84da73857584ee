import Foundation
import GenOpsScenario
import GenOpsSimulation
import GenOpsUnits
import Testing

@testable import GenOpsReporting

/// The picture of a plan before anything is priced.
@Suite struct PlanHTMLTests {
  private func page() throws -> String {
    let text = """
      scenario: <plan>
      period: 2027-01 to 2027-03
      traffic:
        - web: {users: 40k to 60k, events: 30 per user per month, identified: 50%}
        - app: {users: 5k, session_recordings: 2 per user per month}
      """
    let node = try YAMLReader.parse(Data(text.utf8), file: "plan.yaml")
    let (scenario, findings) = ScenarioReader.read(node, bytes: Data(), file: "plan.yaml")
    let plan = try Planner.plan(try #require(scenario), ScenarioFiles(), findings)
    return HTMLFormat.render(PlanReport(plan, preview: PlanPreview(plan)).report, TextStyle())
  }

  @Test func everyStreamHasItsPictureInBothSizes() throws {
    let page = try page()
    #expect(page.components(separatedBy: "<svg ").count - 1 == 4)
    #expect(page.contains("<h2 id=\"stream-0-heading\">web/events</h2>"))
    #expect(page.contains("app/session_recordings"))
    // Eight futures, the band and the mean in each.
    #expect(page.components(separatedBy: "<path class=\"sample\"").count - 1 == 32)
    #expect(page.components(separatedBy: "<path class=\"band\"").count - 1 == 4)
    #expect(page.contains("traffic.web.users"))
  }

  @Test func aFaultHasDatesAndNoPictureOfWhatItDoesNotSend() throws {
    let text = """
      scenario: bots
      period: 2027-01 to 2027-03
      traffic:
        - web: {users: 40k to 60k, events: 30 per user per month, identified: 50%}
      growth: {events: 1% to 3% per month}
      budget: 600 USD per month
      faults:
        - bots: {fault: bot-storm, from: 2027-02-01 to 2027-02-20, lasts: 6 to 48 hours,
                 visits: 50k per hour, events: 2 per visit}
      """
    let node = try YAMLReader.parse(Data(text.utf8), file: "plan.yaml")
    let (scenario, findings) = ScenarioReader.read(node, bytes: Data(), file: "plan.yaml")
    let plan = try Planner.plan(try #require(scenario), ScenarioFiles(), findings)
    let rows = InputText.rows(plan)
    #expect(rows.map { $0[0] }.contains("growth.events.rate"))
    #expect(rows.first { $0[0] == "fault.bots.from" }?[1].hasPrefix("2027-02-0") == true)
    let page = HTMLFormat.render(PlanReport(plan, preview: PlanPreview(plan)).report, TextStyle())
    #expect(page.contains("bots/events</h2>"))
    #expect(!page.contains("bots/session_recordings</h2>"))
    // Where the mean and the 90 % point end alike there is one number, not one over the other.
    let section = try #require(page.components(separatedBy: "bots/events</h2>").last)
    let chart = try #require(section.components(separatedBy: "</svg>").first)
    #expect(!chart.contains("class=\"label\">0</text>\n<text x=\"904"))
    #expect(chart.components(separatedBy: "x=\"904").count == 2, "\(chart.suffix(400))")
  }

  @Test func textOfTheUserIsNoMarkup() throws {
    let page = try page()
    #expect(page.contains("&lt;plan&gt;"))
    #expect(!page.contains("<plan>"))
    #expect(try self.page() == page)
  }
}
