import GenOpsHistory
package import GenOpsNumerics
package import GenOpsUnits

/// What PostHog is worth to its users: the `value:` section.
package struct ValueCase: Sendable {
  /// What kind of good a benefit is; a finance reader trusts them differently.
  package enum Kind: String, Sendable, CaseIterable {
    /// Money that is no longer spent.
    case cash
    /// Money earned.
    case revenue
    /// Cost that would otherwise have come.
    case avoidance
    /// Time saved; only the captured part is money.
    case soft
  }

  /// A benefit or cost, in currency units per month, or once at the start.
  package struct Line: Sendable {
    package var name: String
    package var amount: UncertainValue
    /// "benefit" kinds, or "cost".
    package var kind: String
    package var isOneOff: Bool
    package var isBenefit: Bool
    /// Whether a future in which a wide interval lies below 0 takes it as 0: it was written from 0 on.
    package var beginsAtZero: Bool
    package var schedule: ValueSchedule
    package var location: SourceLocation
  }

  /// As a fraction, per year.
  package var discountRatePerYear: Double
  package var lines: [Line]
  /// The worth of one event that governance refuses or samples away, when the user states it.
  package var lostEventWorth: Double?
}

extension ScenarioReader {
  mutating func readValue(_ node: Node, currency: String) -> ValueCase? {
    var keys = MappingReader(node, "value", &findings)
    guard node.mapping != nil else { return nil }
    let rateExample = "discount_rate: 10% per year"
    var rate = 0.1
    if let node = keys.take("discount_rate"),
      let quantity = Quantity.read(node, "the discount rate", example: rateExample, &findings)
    {
      if quantity.unit != "%" || quantity.isRange || quantity.low <= -100 {
        findings.error(
          "wrong-unit", "the discount rate is one percentage, this is '\(quantity.text)'",
          help: quantity.isRange
            ? "write one rate between the two" : "write: \(quantity.meant(rateExample))",
          at: node.location)
      } else if quantity.period(
        "the discount rate", allowed: [.year], example: rateExample, &findings) != nil
      {
        rate = quantity.low / 100
      }
    } else {
      findings.note(
        "assumption", "no discount rate given: 10 % per year", help: "add: \(rateExample)",
        at: node.location)
    }
    let listed = keys.take("benefits")
    let benefits = listed.map { readLines($0, benefit: true, currency) } ?? []
    let costs = keys.take("costs").map { readLines($0, benefit: false, currency) } ?? []
    var worth: Double?
    if let node = keys.take("lost_event"),
      let quantity = Quantity.read(
        node, "the worth of a lost event", example: "lost_event: 0.001 \(currency)", &findings),
      quantity.amount(
        "the worth of a lost event", currency: currency, example: "lost_event: 0.001 \(currency)",
        &findings),
      quantity.isOnce("the worth of a lost event", "lost_event: 0.001 \(currency)", &findings)
    {
      worth = (quantity.low + quantity.high) / 2
    }
    keys.finish(&findings)
    // Benefits that could not be read have findings of their own.
    if listed == nil || listed?.sequence?.isEmpty == true || listed?.mapping?.isEmpty == true {
      findings.warning(
        "no-benefit", "value lists no benefit, so nothing can pay for the cost",
        help: "add: benefits: [- replaced tools: {amount: 3500 \(currency) per month}]",
        at: node.location)
    }
    return ValueCase(
      discountRatePerYear: rate, lines: benefits + costs, lostEventWorth: worth)
  }

  private mutating func readLines(_ node: Node, benefit: Bool, _ currency: String)
    -> [ValueCase.Line]
  {
    let example =
      "- \(benefit ? "replaced tools" : "data engineer"): {amount: 3500 \(currency) per month}"
    return readNamedList(node, benefit ? "benefits" : "costs", example: example).compactMap {
      readLine($0, benefit: benefit, currency)
    }
  }

  private mutating func readLine(
    _ entry: Node.Entry, benefit: Bool, _ currency: String
  ) -> ValueCase.Line? {
    let what = "'\(entry.key)'"
    var example = "amount: 3500 \(currency) per month"
    var keys = MappingReader(entry.value, what, &findings)
    guard entry.value.mapping != nil else { return nil }
    let amountNode = keys.required("amount", example: example, &findings)
    let price = keys.take("at")
    if price != nil { example = "amount: 100 hours per month" }
    let captured = keys.take("captured").flatMap {
      Quantity.share($0, "the captured share", example: "captured: 50%", &findings)
    }
    var kind = benefit ? ValueCase.Kind.cash.rawValue : "cost"
    if let node = keys.take("kind") {
      if let known = node.text.flatMap(ValueCase.Kind.init(rawValue:)) {
        kind = known.rawValue
      } else {
        findings.error(
          "unknown-kind", "'\(node.text ?? node.kindName)' is not a kind of benefit",
          help: "known: " + ValueCase.Kind.allCases.map(\.rawValue).joined(separator: ", "),
          at: node.location)
      }
    }
    let schedule = readSchedule(&keys, what)
    keys.finish(&findings)
    guard let amountNode,
      let amount = Quantity.read(amountNode, "an amount", example: example, &findings)
    else { return nil }
    var scale = captured?.mean ?? 1
    if let price {
      let priceExample = "at: 60 \(currency)"
      // 'at' does not take a date: a value always starts with the period.
      if let text = price.text, CalendarMonth(text) != nil || CalendarDay(text) != nil {
        findings.error(
          "wrong-type",
          "'at' is what an hour is worth, and '\(text)' is a \(CalendarDay(text) == nil ? "month" : "day")",
          help: "write: \(priceExample)", at: price.location)
        return nil
      }
      guard
        let unitPrice = Quantity.read(
          price, "the price of an hour", example: priceExample, &findings),
        unitPrice.amount(
          "the price of an hour", currency: currency, example: priceExample, &findings),
        unitPrice.per.flatMap({ TimeUnit($0) }) == .hour
          || unitPrice.isOnce("the price of an hour", priceExample, &findings)
      else { return nil }
      guard amount.unit.flatMap({ TimeUnit($0) }) == .hour else {
        findings.error(
          "wrong-unit", "\(what) has a price per hour but its amount is '\(amount.text)'",
          help: "write: \(amount.meant(example))", at: amount.location)
        return nil
      }
      scale *= (unitPrice.low + unitPrice.high) / 2
    } else if amount.unit.flatMap({ TimeUnit($0) }) == .hour {
      findings.error(
        "missing-key", "hours need their price", help: "add: at: 60 \(currency)",
        at: amount.location)
      return nil
    } else if !amount.amount(what, currency: currency, example: example, &findings) {
      return nil
    }
    if benefit, kind == ValueCase.Kind.soft.rawValue, captured == nil {
      findings.warning(
        "assumption", "\(what) is soft and counts in full: a saved hour is rarely a saved wage",
        help: "add: captured: 50%", at: entry.keyLocation)
    }
    let isOneOff = amount.per == nil || amount.per == "once"
    if amount.per == nil, benefit || price != nil {
      findings.error(
        "missing-period", "\(what) needs its period", help: "write: \(amount.meant(example))",
        at: amount.location)
      return nil
    }
    if isOneOff, schedule.to != nil || schedule.ramp > 1 {
      findings.error(
        "wrong-type", "\(what) comes once: it has no end and no ramp",
        help: "write: \(amount.meant(example)), or from: alone", at: entry.keyLocation)
      return nil
    }
    var months = 1.0
    if !isOneOff {
      guard
        let period = amount.period(
          what, allowed: [.day, .week, .month, .quarter, .year], example: example, &findings)
      else { return nil }
      months = TimeUnit.month.days / period.days
    }
    let beginsAtZero = amount.low == 0 && amount.isRange
    let distribution =
      beginsAtZero
      ? amount.bounded(what, &findings) { $0 * scale * months }
      : try? amount.uncertain { $0 * scale * months }
    guard let distribution else { return nil }
    return ValueCase.Line(
      name: entry.key, amount: distribution, kind: kind, isOneOff: isOneOff, isBenefit: benefit,
      beginsAtZero: beginsAtZero, schedule: schedule, location: entry.keyLocation)
  }
}
