import GenOpsCosting
import GenOpsMetering
import GenOpsUnits
import Testing

@testable import GenOpsHistory

/// What a billing answer says beside usage and money. What it does to a year is in the cases of
/// `GenOpsSimulationTests`.
struct `The facts of an account` {
  private func current(_ more: String, period: Bool = true) throws -> (
    BillingStatement.CurrentPeriod, [String]
  ) {
    let head =
      period
      ? #""billing_period": {"current_period_start": "2026-11-01T00:00:00Z", "#
        + #""current_period_end": "2026-12-01T00:00:00Z"}"# : #""billing_period": null"#
    let statement = BillingStatement.read(Array("{\(head), \(more)}".utf8), name: "bill.json")
    return (try #require(statement.current), statement.findings.all.map(\.code))
  }

  private let events = #""usage_summary": {"events": {"usage": 5, "limit": null}}"#

  @Test(arguments: [
    (#""subscription_level": "free""#, true), (#""has_active_subscription": false"#, true),
    (#""subscription_level": "paid", "has_active_subscription": false"#, false),
    (#""subscription_level": "custom""#, false), (#""has_active_subscription": true"#, false),
  ])
  func `know the free plan`(text: String, isFree: Bool) throws {
    let (current, codes) = try current("\(text), \(events)", period: false)
    #expect(current.account.isFree == isFree && current.period == nil)
    #expect(codes.contains("free-plan") == isFree && codes.contains("bill-period"))
  }

  @Test(arguments: [
    (#""billing_managed_by_partner": {"partner_name": "Example"}"#, "Example"),
    (#""billing_provider": "vercel""#, "vercel"), (#""billing_provider": "stripe""#, nil),
    (#""current_total_amount_usd": null"#, "a partner"),
    (#""current_total_amount_usd": "0.00""#, nil),
    (#""current_total_amount_usd": null, "subscription_level": "free""#, nil),
  ])
  func `know who pays`(text: String, partner: String?) throws {
    let product = #""products": [{"type": "product_analytics", "current_amount_usd": null}]"#
    let (current, codes) = try current("\(text), \(events), \(product)")
    #expect(current.account.partner == partner)
    #expect(codes.contains("partner-pays") == (partner != nil))
  }

  @Test(arguments: [
    ("0", nil), ("null", nil), ("20", "20 %"), ("\"12.5\"", "12.5 %"), ("100.0", "100 %"),
  ])
  func `take a discount`(text: String, percent: String?) throws {
    let (current, _) = try current("\"discount_percent\": \(text), \(events)")
    #expect(current.account.discount?.description == percent)
  }

  @Test(arguments: ["101", "-5", "\"much\""])
  func `name a discount that is none`(text: String) throws {
    let (current, codes) = try current("\"discount_percent\": \(text), \(events)")
    #expect(current.account.discount == nil && codes.contains("bill-amount"))
  }

  /// PostHog lets credits pay the period in which they expire.
  @Test func `have credits that end with a billing period`() throws {
    let (current, _) = try current(
      #""discount_amount_usd": "50.00", "amount_off_expires_at": "2027-09-08T05:20:59Z", "#
        + #""startup_program_label": "Startup", "# + events)
    let credit = try #require(current.account.terms.credits.first)
    #expect(credit.kind == .startup && credit.amount == Money(units: 50))
    #expect(credit.from?.description == "2026-11-01")
    #expect(credit.expires?.description == "2027-09-30")
  }

  @Test(arguments: [
    ("2027-09-08", "2027-09-30"), ("2027-09-30", "2027-09-30"),
    ("2027-10-01T00:00:00Z", "2027-09-30"),
    ("2027-10-01T00:00:01Z", "2027-10-31"), ("2026-11-01T00:00:00Z", nil), ("soon", nil),
  ])
  func `take the end of credits as an instant or a day`(text: String, last: String?) throws {
    let (current, codes) = try current(
      #""discount_amount_usd": "50.00", "amount_off_expires_at": "\#(text)", "# + events)
    #expect(current.account.credit?.expires?.description == last)
    #expect(codes.contains("credit-expired") == text.hasPrefix("2026"))
    #expect(codes.contains("bill-date") == (text == "soon"))
  }

  @Test func `have limits under any of the product's names, its own before that of its usage`()
    throws
  {
    let (current, _) = try current(
      #""custom_limits_usd": {"events": 50, "product_analytics": "100", "llm_events": null}, "#
        + #""customer_trust_scores": {"recordings": 15, "events": 10}, "#
        + #""usage_summary": {"recordings": {"usage": 5, "limit": 9}}, "#
        + #""products": [{"type": "product_analytics", "usage_key": "events"}]"#)
    #expect(current.account.limits.map(\.meter) == [.events])
    #expect(current.account.limits.first?.cap == .money(Money(units: 100)))
    #expect(current.account.limits.first?.graceDays == 3)
  }

  @Test func `end at the free allotment of a product that is not paid for`() throws {
    let (current, _) = try current(
      #""subscription_level": "paid", "usage_summary": {"recordings": {"usage": 5, "limit": 5000}}, "#
        + #""products": [{"type": "session_replay", "usage_key": "recordings", "subscribed": false, "#
        + #""usage_limit": 5000}]"#)
    #expect(current.account.limits.map(\.cap) == [.free])
  }

  @Test func `have flat fees: the fee itself, without what a product includes`() throws {
    let (current, _) = try current(
      #""products": [{"type": "platform_and_support", "subscribed": true, "#
        + #""current_amount_usd": "520.00", "addons": ["#
        + #"{"type": "boost", "subscribed": true, "current_amount_usd": "125.00"}, "#
        + #"{"type": "scale", "subscribed": false, "unit_amount_usd": "750.00"}, "#
        + #"{"type": "sso", "subscribed": true, "included_with_main_product": true}, "#
        + #"{"type": "gold", "name": "Gold", "subscribed": true, "unit_amount_usd": "95.00"}]}]"#)
    // Half of Boost's fee is a part of a month; 520 - 125 is the plan's own fee.
    #expect(
      current.account.fees == [
        .init(key: "platform_and_support", name: "platform_and_support", price: Money(units: 395)),
        .init(key: "boost", name: "Boost", price: Money(units: 250)),
        .init(key: "gold", name: "Gold", price: Money(units: 95)),
      ])
    #expect(current.account.addOns(in: .standard) == ["boost"])
  }

  @Test func `are read from a list of the same objects, with products by kind and key`() throws {
    let (current, _) = try current(
      #""usage_summary": [{"usage_key": "events", "usage": 7, "limit": 9}, "#
        + #"{"key": "recordings", "usage": 3}, {"usage_key": "events", "usage": 7}], "#
        + #""products": [{"kind": "product", "key": "product_analytics", "usage_key": "events", "#
        + #""current_usage": 7, "addons": [{"kind": "addon", "key": "enhanced_persons", "#
        + #""current_usage": 2}]}]"#)
    #expect(current.usage.map(\.meter) == [.events, .sessionRecordings, .identifiedEvents])
    #expect(current.usage.first?.limit == 9 && current.units(of: .identifiedEvents) == 2)
    #expect(current.products.map(\.isAddOn) == [false, true])
  }

  /// The organization billing API says the same in parts: subscription, usage, spend, products, limits.
  @Test func `are joined from answers in parts, and a later answer stands over an earlier one`()
    throws
  {
    let period =
      #""billing_period": {"current_period_start": "2026-11-01T00:00:00Z", "#
      + #""current_period_end": "2026-12-01T00:00:00Z"}"#
    let text = """
      {"has_active_subscription": true, "discount_percent": 20, \(period)}
      {"usage_summary": [{"usage_key": "events", "usage": 3, "limit": null}], \(period),
       "products": [{"kind": "product", "key": "product_analytics", "usage_key": "events",
         "current_usage": 3, "addons": []}]}
      {"current_total_amount_usd": "84.30", \(period), "products": [{"kind": "product",
         "key": "product_analytics", "current_amount_usd": "84.30", "addons": []}]}
      {"results": [{"kind": "product", "key": "product_analytics", "subscribed": true,
         "tiers": [{"up_to": null, "unit_amount_usd": "0.1", "flat_amount_usd": "0"}]}]}
      {"results": [{"key": "product_analytics", "limit_usd": 500, "next_period_limit_usd": null}]}
      {"custom_limits_usd": {}, "discount_percent": 25, \(period)}
      """
    let statement = BillingStatement.read(Array(text.utf8), name: "bill.json")
    let current = try #require(statement.current)
    #expect(current.account.discount?.description == "25 %" && current.units(of: .events) == 3)
    let product = try #require(current.products.first)
    #expect(current.products.count == 1 && product.isSubscribed == true)
    #expect(product.amount == (try Money(parsing: "84.30")) && product.tiers.count == 1)
    #expect(current.account.limits.map(\.cap) == [.money(Money(units: 500))])
    // A part that says otherwise is named; none of these has usage to tell which is later.
    #expect(statement.findings.all.map(\.code) == ["bill-differs"], "\(statement.findings)")
  }

  @Test func `name what has no place in a scenario`() throws {
    let (_, codes) = try current(
      #""trial": {"status": "active", "expires_at": "2026-12-01T00:00:00Z"}, "deactivated": true, "#
        + #""free_trial_until": null, "# + events)
    #expect(codes == ["account-state", "account-state"])
  }
}
