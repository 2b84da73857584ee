import Foundation
import GenOpsUnits
import GenOpsWorkbench
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
    let plan = try Planner.plan(try #require(scenario), findings)
    return PlanHTML.render(plan, version: "test")
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

  @Test func textOfTheUserIsNoMarkup() throws {
    let page = try page()
    #expect(page.contains("&lt;plan&gt;"))
    #expect(!page.contains("<plan>"))
    #expect(try self.page() == page)
  }
}
