import Foundation
import GenOpsUnits
import Testing

@testable import GenOpsReporting
import GenOpsCommands

@Suite("The prices that `genops plan` names")
struct PlanPricesTests {
  @Test("are all books of the scenario with their days, not the first alone")
  func allBooks() throws {
    let file = FileManager.default.temporaryDirectory.appending(
      path: "genops-\(UUID().uuidString).yaml")
    defer { try? FileManager.default.removeItem(at: file) }
    try Data(
      """
      scenario: flat
      period: 2027-03 to 2027-04
      prices: [{book: posthog-2023-11}, {from: 2027-03-21, book: posthog-2026-08}]
      traffic:
        - site: {events: 100k per day, identified: 0%, noise: none}
      """.utf8
    ).write(to: file)
    let plan = InspectCommands.plan(path: file.path, OutputOptions()).stdout
    #expect(plan.contains("posthog-2023-11; from 2027-03-21 posthog-2026-08, seed"))
  }
}
