import Foundation
import GenOpsHistory
import GenOpsMetering
import GenOpsUnits
import Testing

@testable import GenOpsScenario
@testable import GenOpsSimulation

struct `A first scenario` {
  private static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  /// 10,000,000 events in 30 days cost 324.40, a golden quote of the book.
  @Test func `starts from a year of the last 30 days, rounded up`() throws {
    let days = (0..<30).map {
      CalendarDay(year: 2027, month: 1, day: 1)!.advanced(by: $0).description
    }
    let values = (0..<30).map { $0 < 29 ? "333333" : "333343" }
    let path = NSTemporaryDirectory() + "genops-\(UUID().uuidString).csv"
    defer { try? FileManager.default.removeItem(atPath: path) }
    let csv =
      "Usage type," + days.joined(separator: ",") + "\nEvents," + values.joined(separator: ",")
    try Data(csv.utf8).write(to: URL(filePath: path))
    let text = try ScenarioStarter.text(usage: [path], billing: nil).text
    #expect(text.contains("\n# budget: 3900 USD per year "))
    // What may be spent is the user's to say.
    #expect(!text.contains("\nbudget:"))
    #expect(text.contains("12 x the last 30 days at list price"))
    #expect(text.contains("{product_analytics: 330 USD per month}"))
  }

  @Test func `starts from the last complete bill when there is one`() throws {
    let folder = `A first scenario`.root.appending(path: "scenarios/billing")
    let text = try ScenarioStarter.text(
      usage: [folder.appending(path: "usage.csv").path],
      billing: folder.appending(path: "billing.json").path
    ).text
    #expect(text.contains("12 x the bill of 2027-01"))
  }
}
