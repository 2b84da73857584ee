import Foundation
import GenOpsCosting
import GenOpsMetering
import GenOpsUnits
import Testing

@testable import GenOpsHistory

/// A bill priced again says that all is explained only where that is so.
struct `A bill that charges less than the book` {
  /// `spend` is an answer of what was billed before, and `usage` the export of what was used then.
  private func reconcile(_ more: String, spend: String = "", usage: String? = nil) throws
    -> Reconciliation
  {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let text = """
      {"billing_period": {"current_period_start": "2026-11-01T00:00:00Z",
        "current_period_end": "2026-12-01T00:00:00Z"}, \(more)}
      """
    let bill = folder.appending(path: "billing.json")
    try Data((text + spend).utf8).write(to: bill)
    let export = folder.appending(path: "usage.csv")
    if let usage { try Data(usage.utf8).write(to: export) }
    return try BillReconciler.run(
      billing: bill.path, book: .standard, usage: usage == nil ? [] : [export.path])
  }

  private func groups(_ rest: String) -> String {
    #""usage_summary": {"events": {"usage": 900000}, "group_analytics": {"usage": 3000000}}, "#
      + #""products": [{"type": "product_analytics", "usage_key": "events", "current_amount_usd": "0.00"}"#
      + (rest.isEmpty ? "" : #", {"type": "group_analytics", \#(rest)}"#) + "]"
  }

  @Test(arguments: [
    // What the bill has, whether the line is explained, and with what words.
    ("", false, "no line for it"),
    (#""subscribed": true, "current_amount_usd": null"#, false, "no line for it"),
    (#""subscribed": true, "current_amount_usd": "0.00""#, false, "charges nothing"),
    (#""subscribed": false, "current_amount_usd": null"#, true, "would cost 101.00"),
    (#""subscribed": false, "current_amount_usd": "101.00""#, true, "equal"),
  ])
  func `names the meter`(product: String, isExplained: Bool, words: String) throws {
    let result = try reconcile(groups(product))
    let line = try #require(result.lines.first { $0.meter == .groupEvents })
    #expect(line.isExplained == isExplained && line.explanation.contains(words), "\(line)")
    #expect(result.uncharged == (words == "equal" ? [] : [.groupEvents]))
    let events = try #require(result.lines.first { $0.meter == .events })
    #expect(events.isExplained && events.explanation == "within the free units")
  }

  @Test func `has no amount where a partner pays`() throws {
    let result = try reconcile(
      #""billing_provider": "vercel", "usage_summary": {"events": {"usage": 3000000}}"#)
    #expect(result.billed == nil && result.unexplained == 1 && result.uncharged == [.events])
  }

  @Test func `bills nothing on the free plan`() throws {
    let result = try reconcile(
      #""subscription_level": "free", "usage_summary": {"events": {"usage": 3000000}}"#)
    #expect(result.unexplained == 0 && result.uncharged == [])
    #expect(result.lines.first?.explanation.contains("84.30") == true)
  }

  private let analytics =
    #""usage_summary": {"events": {"usage": 3000000}}, "products": [{"type": "product_analytics", "#
    + #""usage_key": "events", "current_amount_usd": "84.30"}], "current_total_amount_usd": "84.30""#

  @Test(arguments: [
    (#""discount_percent": 20"#, "67.44", 0),
    (#""discount_percent": 20, "current_total_amount_usd_after_discount": "67.44""#, "67.44", 0),
    (#""discount_percent": 20, "current_total_amount_usd_after_discount": "60.00""#, "60.00", 1),
    (#""discount_amount_usd": "50000.00""#, "0.00", 0),
    (#""discount_amount_usd": "50.00", "discount_percent": 20"#, "17.44", 0),
  ])
  func `takes off what the account's terms say`(terms: String, due: String, unexplained: Int) throws
  {
    let result = try reconcile("\(analytics), \(terms)")
    #expect(result.billed?.description == "84.30")
    #expect(result.toPay?.description == due)
    #expect(result.unexplained == unexplained)
  }

  // 3 M events at the account's own tiers are 70.00, by the book 84.30: 20 % off the bill are 14.00, and not
  // the 16.86 off what the book makes of it.
  @Test(arguments: [
    (#""current_total_amount_usd_after_discount": "56.00""#, "56.00", nil as String?),
    (
      #""current_total_amount_usd_after_discount": "0.00", "discount_amount_usd": "500.00""#,
      "0.00", nil
    ),
    (#""current_total_amount_usd_after_discount": "50.00""#, "50.00", "Taken off besides -6.00"),
    (#""current_total_amount_usd_after_discount": "61.00""#, "61.00", "Charged besides 5.00"),
  ])
  func `says what the bill has to pay, whatever the book makes of it`(
    more: String, due: String, besides: String?
  ) throws {
    let own = analytics.replacing("84.30", with: "70.00")
    let result = try reconcile(#"\#(own), "discount_percent": 20, \#(more)"#)
    #expect(result.billed?.description == "70.00" && result.modelled?.description == "84.30")
    #expect(result.toPay?.description == due)
    let found = result.lines.first { $0.name.hasSuffix("besides") }
    #expect(found.map { "\($0.name) \($0.billed ?? .zero)" } == besides)
  }

  private let tiers = [
    #""tiers": [{"up_to": 1000000, "unit_amount_usd": "0"}, {"up_to": 2000000, "#,
    #""unit_amount_usd": "0.0000497"}, {"up_to": null, "unit_amount_usd": "0.0000343"}]"#,
  ].joined()

  /// 3,100,000 events in October at the account's tiers are 87.43; by the book they are 87.73, which 0.3 % fewer
  /// events would cost too. A day that came late is no more than it is.
  @Test(arguments: [
    (100_000, "tier 2 from 1,000,001: 0.0000497 on the bill, 0.00005 in the book"),
    (108_746, "the account's own tiers, counted at another time, 0.3 % fewer"),
    (300_000, "neither the book's tiers nor the account's own of today"),
  ])
  func `names the account's own tiers for periods that are over`(last: Int, words: String) throws {
    let days = try #require(CalendarDay("2026-10-01"))
    let dates = (0..<31).map { days.advanced(by: $0).description }
    let spend = """
      {"status": "ok", "type": "spend", "customer_id": "c", "results": [{"id": 1, "label": "Events",
        "data": [\((0..<31).map { $0 == 30 ? "87.43" : "0" }.joined(separator: ","))],
        "dates": [\(dates.map { "\"\($0)\"" }.joined(separator: ","))], "breakdown_type": "type",
        "breakdown_value": "event_count_in_period"}]}
      """
    let export =
      "Series," + dates.joined(separator: ",") + "\nEvents,"
      + (0..<31).map { $0 == 30 ? "\(last)" : "100000" }.joined(separator: ",") + "\n"
    let result = try reconcile(
      #""usage_summary": {"events": {"usage": 900000}}, "products": [{"type": "product_analytics", "#
        + #""usage_key": "events", "current_amount_usd": "0.00", \#(tiers)}]"#,
      spend: spend, usage: export)
    let line = try #require(result.lines.first { $0.period == days })
    #expect(line.billed?.description == "87.43")
    #expect(line.explanation == words && line.isExplained == (last < 200_000))
  }

  @Test func `names own tiers that are free`() throws {
    let result = try reconcile(
      #""usage_summary": {"exceptions": {"usage": 353668}}, "products": [{"type": "error_tracking", "#
        + #""usage_key": "exceptions", "current_amount_usd": "0.00", "#
        + #""tiers": [{"up_to": 1000000, "unit_amount_usd": "0"}, {"up_to": null, "unit_amount_usd": "0.00037"}]}]"#
    )
    let line = try #require(result.lines.first)
    #expect(
      line.isExplained
        && line.explanation.hasPrefix("tier 1 from 100,001: 0.00 on the bill, 0.00037"),
      "\(line)")
    #expect(result.uncharged == [] && result.unexplained == 0)
  }

  @Test func `says what is left of the credits`() throws {
    let result = try reconcile(
      #"\#(analytics), "discount_amount_usd": "50000.00", "amount_off_expires_at": "2027-09-08T00:00:00Z""#
    )
    #expect(result.lines.last?.explanation == "49,915.70 left until 2027-09-30")
  }
}
