public import GenOpsUnits

extension BillingTerms {
  /// Reads `terms:`; nil with an error among the findings.
  public init?(_ node: Node, currency: String, _ findings: inout Findings) {
    let prices = PriceReader(currency: currency)
    var found = Findings()
    defer { findings.merge(found) }
    var keys = MappingReader(node, "the terms", &found)
    var terms = BillingTerms.none
    terms.discount = keys.take("discount").flatMap { prices.percent($0, &found) }
    terms.amountOff = keys.take("amount_off").flatMap { prices.amount($0, &found) }
    terms.minimum = keys.take("minimum").flatMap { prices.amount($0, &found) }
    terms.commitment = keys.take("commitment").flatMap { Commitment($0, prices, &found) }
    if let list = keys.take("credits") {
      if let items = list.sequence {
        terms.credits = items.compactMap { Credit($0, prices, &found) }
      } else {
        found.error(
          "wrong-type", "credits is a list, this is \(list.kindName)", help: "write [ … ]",
          at: list.location)
      }
    }
    keys.finish(&found)
    if found.hasErrors { return nil }
    self = terms
  }
}

extension BillingTerms.Commitment {
  init?(_ node: Node, _ prices: PriceReader, _ findings: inout Findings) {
    var keys = MappingReader(node, "a commitment", &findings)
    let amount = keys.required("amount", example: #""amount": "12000.00""#, &findings).flatMap {
      prices.amount($0, &findings)
    }
    let from = keys.required("from", example: #""from": "2027-01-01""#, &findings).flatMap {
      PriceBook.day($0, &findings)
    }
    let to = keys.required("to", example: #""to": "2027-12-31""#, &findings).flatMap {
      PriceBook.day($0, &findings)
    }
    keys.finish(&findings)
    guard let amount, let from, let to else { return nil }
    if to < from {
      findings.error(
        "wrong-order", "the commitment ends on \(to), before it begins", help: "swap the two",
        at: node.location)
      return nil
    }
    self.init(amount: amount, from: from, to: to)
  }
}

extension BillingTerms.Credit {
  init?(_ node: Node, _ prices: PriceReader, _ findings: inout Findings) {
    var keys = MappingReader(node, "a credit", &findings)
    let kindNode = keys.required("kind", example: #""kind": "startup""#, &findings)
    let amount = keys.required("amount", example: #""amount": "50000.00""#, &findings).flatMap {
      prices.amount($0, &findings)
    }
    let name = keys.take("name")?.text
    let price = keys.take("price").flatMap { prices.amount($0, &findings) }
    let from = keys.take("from").flatMap { PriceBook.day($0, &findings) }
    let expires = keys.take("expires").flatMap { PriceBook.day($0, &findings) }
    let most = keys.take("most_per_period").flatMap { prices.amount($0, &findings) }
    keys.finish(&findings)
    if let from, let expires, expires < from {
      findings.error(
        "wrong-order",
        "the credits end on \(expires), before they begin on \(from): they never pay",
        help: "swap the two, or correct one", at: node.location)
      return nil
    }
    guard let kindNode else { return nil }
    guard let kind = kindNode.text.flatMap(Kind.init(rawValue:)) else {
      findings.error(
        "unknown-kind",
        "a credit is annual, startup or balance, not '\(kindNode.text ?? kindNode.kindName)'",
        help: #"write "kind": "startup""#, at: kindNode.location)
      return nil
    }
    guard let amount else { return nil }
    guard kind == .annual else {
      self.init(
        kind: kind, name: name ?? kind.invoiceName, amount: amount, price: price ?? .zero,
        from: from, expires: expires, mostPerPeriod: most)
      return
    }
    guard let from else {
      findings.error(
        "missing-key", "annual credits need the day they are bought",
        help: #"add: "from": "2027-01-01""#, at: node.location)
      return nil
    }
    let reduction = AnnualCredits.discount(on: amount).flatMap { $0.of(amount) }
    guard let price = price ?? reduction.map({ amount - $0 }) else {
      findings.error(
        "missing-key", "the discount on \(amount) of annual credits is agreed, not published",
        help: #"add: "price": "…""#, at: node.location)
      return nil
    }
    let twelfth = Money(nanos: amount.nanos / 12)
    self.init(
      kind: kind, name: name ?? kind.invoiceName, amount: amount, price: price, from: from,
      expires: expires ?? BillingTerms.Credit.yearEnd(from),
      mostPerPeriod: most ?? (AnnualCredits.areTwelfths(amount) ? twelfth : nil))
  }

  /// The last day of the year that begins on `day`.
  private static func yearEnd(_ day: CalendarDay) -> CalendarDay {
    let (year, month, date) = day.civil
    let next =
      CalendarDay(year: year + 1, month: month, day: date)
      ?? CalendarMonth(year: year + 1, month: month).lastDay
    return next.advanced(by: -1)
  }
}
