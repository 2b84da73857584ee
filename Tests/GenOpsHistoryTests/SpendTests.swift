import GenOpsMetering
import GenOpsUnits
import Testing

@testable import GenOpsHistory

/// The same money more than once in a file.
struct `Spend that stands twice` {
  private func series(
    _ label: String, _ data: String, _ dates: [String], _ value: String, of kind: String = "type"
  ) -> String {
    let dates = dates.map { "\"\($0)\"" }.joined(separator: ",")
    return
      #"{"label":"\#(label)","data":[\#(data)],"dates":[\#(dates)],"breakdown_type":"\#(kind)","#
      + #""breakdown_value":\#(value)}"#
  }

  private func read(_ answers: [[String]]) -> BillingStatement {
    let text = answers.map { "{\"results\":[\($0.joined(separator: ","))]}" }.joined(
      separator: "\n")
    return BillingStatement.read(Array(text.utf8), name: "spend.json")
  }

  private let autumn = ["2026-09-01", "2026-10-01"]
  private let winter = ["2026-10-01", "2026-11-01"]
  private let events = #""event_count_in_period""#

  @Test func `is one: the same answer, and one that overlaps`() {
    let first = series("Events", "10,20", autumn, events)
    let statement = read([[first], [first], [series("Events", "20,30", winter, events)]])
    #expect(
      statement.periods.map { "\($0.start) \($0.total)" }
        == ["2026-09-01 10.00", "2026-10-01 20.00", "2026-11-01 30.00"])
    #expect(statement.findings.all.isEmpty)
  }

  @Test func `differs: the answer that reaches further is right, in any order`() {
    let old = series("Events", "10,20", autumn, events)
    let new = series("Events", "21,30", winter, events)
    for answers in [[[old], [new]], [[new], [old]]] {
      let statement = read(answers)
      #expect(statement.periods.map { "\($0.total)" } == ["10.00", "21.00", "30.00"])
      #expect(statement.findings.all.map(\.code) == ["bill-differs"])
    }
  }

  @Test func `is one beside its parts: by project, by product and by both`() {
    let parts = ["1", "2"].map {
      series(
        "P\($0)::Events", "\(5 * (Int($0) ?? 0)),10", autumn, "[\(events),\"\($0)\"]",
        of: "multiple")
    }
    let totals = ["1", "2"].map { series($0, "5,10", autumn, "\"\($0)\"", of: "team") }
    let whole = series("Events", "15,20", autumn, events)
    for answers in [[parts], [parts, [whole]], [[whole], parts], [totals, parts]] {
      #expect(read(answers).periods.map { "\($0.total)" } == ["15.00", "20.00"])
    }
    // Projects alone are what there is.
    #expect(read([totals]).periods.map { "\($0.total)" } == ["10.00", "20.00"])
    // Nothing can be held against a total.
    #expect(read([totals]).findings.all.map(\.code) == ["bill-breakdown"])
    #expect(read([parts]).findings.all.isEmpty)
  }

  @Test func `is one by month and by day`() {
    let days = (1...30).map { $0 < 10 ? "2026-09-0\($0)" : "2026-09-\($0)" }
    let daily = series("Events", days.map { _ in "0.5" }.joined(separator: ","), days, events)
    let statement = read([[series("Events", "15,20", autumn, events)], [daily]])
    #expect(statement.periods.map { "\($0.total)" } == ["15.00", "20.00"])
    #expect(statement.findings.all.map(\.code) == ["bill-differs"])
  }

  @Test func `is one in two files`() throws {
    let first = read([[series("Events", "10,20", autumn, events)]])
    let second = read([[series("Events", "21,30", winter, events)]])
    #expect(
      BillingStatement.periods(of: [first, second]).map { "\($0.total)" } == [
        "10.00", "21.00", "30.00",
      ])
  }
}
