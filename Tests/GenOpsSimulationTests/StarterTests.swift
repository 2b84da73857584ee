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

  /// 100,000 events a day cost 84.30 in 30 days; the bill of 42.15 has the discount off.
  @Test func `starts from list prices where the bill has a discount off`() throws {
    let folder = NSTemporaryDirectory() + "genops-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let days = (0..<30).map { "2027-04-" + ($0 < 9 ? "0" : "") + "\($0 + 1)" }
    let csv =
      "Series," + days.joined(separator: ",") + "\nEvents"
      + String(repeating: ",100000", count: 30)
    try Data(csv.utf8).write(to: URL(filePath: folder + "/usage.csv"))
    let series =
      #"{"label": "Events", "data": [42.15], "dates": ["2027-04-01"], "breakdown_type": "type", "#
      + #""breakdown_value": "event_count_in_period"}"#
    for (discount, line) in [
      (0, "# budget: 510 USD per year"), (50, "# budget: 1100 USD per year"),
    ] {
      let answer =
        #"{"billing_period": {"current_period_start": "2027-05-01T00:00:00Z", "#
        + #""current_period_end": "2027-06-01T00:00:00Z"}, "discount_percent": \#(discount)}"#
      try Data("\(answer)\n{\"results\": [\(series)]}".utf8)
        .write(to: URL(filePath: folder + "/billing.json"))
      let text = try ScenarioStarter.text(
        usage: [folder + "/usage.csv"], billing: folder + "/billing.json"
      ).text
      #expect(text.contains(line), "\(text)")
      #expect(text.contains("bills are net") == (discount > 0))
      // It begins on the first, as without a bill.
      #expect(!text.contains("billing_day"))
    }
  }
}
