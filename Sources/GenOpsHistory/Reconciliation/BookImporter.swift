import GenOpsCosting
import GenOpsMetering
package import GenOpsUnits

/// Makes a dated price book of PostHog's own answer: this customer's tiers, discount and add-ons.
package enum BookImporter {
  /// The book as JSON, the add-ons that are subscribed to, and what in the answer was not
  /// understood.
  ///
  /// - Throws: When the file is not an answer of `/api/billing/` or holds no tiers.
  package static func book(billing path: String, id: String?, retrieved: CalendarDay)
    throws(FindingsError) -> (json: JSONValue, addOns: [String], findings: Findings)
  {
    let statement = BillingStatement.load(path: path, name: path)
    try statement.findings.throwIfErrors()
    guard let current = statement.current else {
      throw FindingsError(
        "bill-format", "'\(path)' holds no answer of /api/billing/",
        help: "save the answer of GET /api/billing/ with a key that may read billing")
    }
    var findings = statement.findings
    let priced = current.products.filter { $0.meter != nil && !$0.tiers.isEmpty }
    guard !priced.isEmpty else {
      throw FindingsError(
        "no-prices", "the answer in '\(path)' holds no tiers",
        help: "take the answer of the organization that has a subscription")
    }
    var unknown = ["when these prices end"]
    var rates: [JSONValue] = []
    var seen: Set<Meter> = []
    for product in priced {
      guard let meter = product.meter, seen.insert(meter).inserted else { continue }
      rates.append(rate(product, meter, &findings, &unknown))
    }
    var members: [JSONValue.Member] = [
      .init("id", .string(id ?? "imported-\(current.start)")),
      .init("title", .string("Prices of this account, from PostHog's billing answer")),
      .init("currency", "USD"),
      .init("source", .string("answer of /api/billing/ for the period from \(current.start)")),
      .init("retrieved", .string(retrieved.description)),
      .init("effective_from", .string(current.start.description)),
      .init("unknown", .array(unknown.map { .string($0) })),
      .init("rates", .array(rates)),
      .init("add_ons", .array(current.addOns.map(addOn))),
    ]
    let terms = terms(current)
    if !terms.isEmpty { members.append(.init("terms", .object(terms))) }
    return (.object(members), current.addOns.map(\.product), findings)
  }

  private static func rate(
    _ product: BillingStatement.Product, _ meter: Meter, _ findings: inout Findings,
    _ unknown: inout [String]
  ) -> JSONValue {
    let known = PriceBook.standard.rate(of: meter)
    let per = known?.per ?? 1
    var members: [JSONValue.Member] = [
      .init("meter", .string(meter.id)), .init("product", .string(product.key)),
    ]
    if let parent = known?.includedWith {
      members.append(.init("included_with", .string(parent.id)))
    }
    if known?.isOptIn == true, !product.isSubscribed { members.append(.init("opt_in", true)) }
    if per > 1 {
      members.append(.init("per", .integer(per)))
      if let unit = known?.perUnit { members.append(.init("per_unit", .string(unit))) }
      unknown.append("whether the tiers of \(meter.id) are per \(known?.perUnit ?? "\(per)")")
    }
    members.append(.init("model", "graduated"))
    var tiers = product.tiers.map { tier -> JSONValue in
      var parts: [JSONValue.Member] = []
      if let bound = tier.upTo { parts.append(.init("up_to", .integer(bound))) }
      parts.append(.init("price", .string(tier.unitPrice.description)))
      if tier.flat != .zero { parts.append(.init("flat", .money(tier.flat))) }
      return .object(parts)
    }
    if let last = product.tiers.last?.upTo {
      tiers.append(["price": "unknown"])
      findings.warning(
        "unknown-tier", "the answer does not say what \(meter.id) cost above \(last)",
        help: "the book has an unknown last tier there")
    }
    members.append(.init("tiers", .array(tiers)))
    return .object(members)
  }

  private static func addOn(_ product: BillingStatement.ProductAmount) -> JSONValue {
    let known = PriceBook.standard.addOns.first { $0.id == product.product }
    return [
      "id": .string(product.product), "name": .string(known?.name ?? product.product),
      "price": .money(product.amount),
    ]
  }

  private static func terms(_ current: BillingStatement.CurrentPeriod) -> [JSONValue.Member] {
    var terms: [JSONValue.Member] = []
    if let percent = current.discountPercent, let exact = Money(approximately: percent) {
      terms.append(.init("discount", .string("\(exact)%")))
    }
    if let off = current.discountAmount { terms.append(.init("amount_off", .money(off))) }
    return terms
  }
}
