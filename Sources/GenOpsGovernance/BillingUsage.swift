public import GenOpsMetering
public import GenOpsUnits

/// The usage of the running billing period as PostHog counts it: the part of an answer of
/// `GET /api/billing/` that an ``OpeningBalance`` needs.
///
/// Keys used: `billing_period` (`current_period_start`, `current_period_end`), `usage_summary` (a mapping
/// by usage key, or a list) with `usage`, and the `current_usage` of `products` and their `addons` where
/// the summary is silent. A meter that the answer does not name is unknown, not zero. Source of the
/// shape: PostHog's `ee/api/billing.py`.
public struct BillingUsage: Sendable, Hashable {
  /// The days that the usage is of.
  public var period: BillingPeriod
  /// Units since the period began.
  public var units: [Meter: Int64]

  /// Reads an answer from its bytes, with what is odd in it; nil, with an error, when it is not such an answer.
  ///
  /// - Parameters:
  ///   - answer: JSON.
  ///   - file: What findings call it.
  ///   - findings: A usage key that is none of a meter's, and every number that cannot be read.
  public init?(_ answer: [UInt8], file: String = "billing.json", _ findings: inout Findings) {
    do throws(FindingsError) {
      self.init(try JSONParser.parse(answer, file: file), &findings)
    } catch {
      findings.merge(error.findings)
      return nil
    }
  }

  /// Reads an answer that is parsed already.
  public init?(_ answer: Node, _ findings: inout Findings) {
    guard let place = answer["billing_period"], let period = BillingPeriod(answer: place) else {
      findings.error(
        "bill-period", "the answer does not say its billing period",
        help: "expected billing_period: {current_period_start, current_period_end} with times",
        at: answer["billing_period"]?.location ?? answer.location)
      return nil
    }
    self.period = period
    units = [:]
    let summary = answer["usage_summary"]
    for entry in summary?.mapping ?? [] {
      add(entry.key, entry.value, entry.keyLocation, &findings)
    }
    for item in summary?.sequence ?? [] {
      let names = ["usage_key", "key", "type", "product", "kind", "name"]
      guard let name = names.lazy.compactMap({ item[$0]?.text }).first else { continue }
      add(name, item, item.location, &findings)
    }
    for product in answer["products"]?.sequence ?? [] {
      for item in [product] + (product["addons"]?.sequence ?? []) { add(product: item, &findings) }
    }
    if units.isEmpty {
      findings.warning(
        "bill-units", "the answer says nothing of any meter's usage",
        help: "expected usage_summary: {events: {usage: 1200000}}", at: answer.location)
    }
  }

  /// The day of the month on which its periods begin. An anchor of 31 falls on the last day of shorter
  /// months; the other end shows it.
  public var anchorDay: Int { max(period.start.civil.day, period.end.civil.day) }

  /// Meters of which the answer says nothing.
  public var silent: [Meter] { Meter.allCases.filter { units[$0] == nil } }

  private mutating func add(
    _ name: String, _ value: Node, _ place: SourceLocation, _ findings: inout Findings
  ) {
    guard
      let number = value["usage"] ?? value["current_usage"] ?? (value.text == nil ? nil : value),
      let units = BillingUsage.whole(number, &findings)
    else { return }
    guard let meter = Meter(named: name) else {
      if units > 0 {
        findings.warning(
          "unknown-series", "no meter is called '\(name)'; its \(units) units are left out",
          help: nearestName(to: name, among: Meter.ids).map { "did you mean '\($0)'?" }, at: place)
      }
      return
    }
    if self.units[meter] == nil { self.units[meter] = units }
  }

  private mutating func add(product item: Node, _ findings: inout Findings) {
    let names = ["type", "key", "usage_key", "name"].compactMap { item[$0]?.text }
    guard let meter = names.lazy.compactMap({ Meter(named: $0) }).first else {
      if let name = names.first { add(name, item, item.location, &findings) }
      return
    }
    guard units[meter] == nil, let number = item["current_usage"],
      let units = BillingUsage.whole(number, &findings)
    else { return }
    self.units[meter] = units
  }

  /// A whole number of units, rounded up: PostHog's megabytes are not whole. Nil for null, and with a
  /// finding for what is not a number.
  private static func whole(_ node: Node, _ findings: inout Findings) -> Int64? {
    if node.isNull { return nil }
    if let text = node.text, let number = try? Numeral(text) {
      // A number of JSON has no sign here: a negative usage is none.
      return (try? number.whole()) ?? Int64(rounding: number.approximate.rounded(.up))
    }
    findings.warning(
      "bill-units", "'\(node.text ?? node.kindName)' is not a number of units", at: node.location)
    return nil
  }
}

extension OpeningBalance {
  /// The month so far as a billing answer has it: what it does not name stays unknown. Nil, with a
  /// finding, where the answer is of another billing period than the one that `now` is in.
  ///
  /// ```swift
  /// var findings = Findings()
  /// let answer = BillingUsage(bytes, &findings)
  /// configuration.opening = answer.flatMap { OpeningBalance($0, at: now, &findings) } ?? .unknown
  /// ```
  public init?(_ answer: BillingUsage, at now: Timestamp, _ findings: inout Findings) {
    guard answer.period.contains(now.day) else {
      findings.warning(
        "opening-stale",
        "the billing answer is of \(answer.period.start) to \(answer.period.end.advanced(by: -1)), "
          + "and today is \(now.day): it says nothing of the month so far",
        help: "ask PostHog again, GET /api/billing/, when the process starts")
      return nil
    }
    self.init(current: answer.units)
  }
}
