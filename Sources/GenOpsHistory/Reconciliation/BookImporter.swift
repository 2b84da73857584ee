import GenOpsCosting
import GenOpsMetering
package import GenOpsUnits

/// Makes a dated price book of PostHog's own answer: this customer's tiers, discount, credits and
/// add-ons.
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
    let prices = OwnPrices(current)
    findings.merge(prices.findings)
    guard !prices.rates.isEmpty else {
      throw FindingsError(
        "no-prices", "the answer in '\(path)' holds no tiers",
        help: current.account.isFree
          ? "the free plan has none: use \(PriceBook.standard.id) with governance: {posthog_limit: free}"
          : "take the answer of the organization that has a subscription")
    }
    let account = current.account
    let since = current.period.map { "\($0.start)" }
    var members: [JSONValue.Member] = [
      .init("id", .string(id ?? "imported-\(since ?? retrieved.description)")),
      .init("title", .string("Prices of this account, from PostHog's billing answer")),
      .init("currency", "USD"),
      .init(
        "source",
        .string("answer of /api/billing/" + (since.map { " for the period from \($0)" } ?? ""))),
      .init("retrieved", .string(retrieved.description)),
    ]
    if let since { members.append(.init("effective_from", .string(since))) }
    // What the account does not subscribe to can still be asked about, at list price.
    let listed = PriceBook.standard.addOns.filter { addOn in
      !account.fees.contains { $0.key == addOn.id }
    }.map { addOn -> JSONValue in
      ["id": .string(addOn.id), "name": .string(addOn.name), "price": .money(addOn.price)]
    }
    // The same of a product that is paid for by use once it is chosen, such as group analytics.
    let chosen = PriceBook.standard.rates.filter { rate in
      rate.isOptIn && !rate.isLegacy && !prices.rates.contains { $0.meter == rate.meter }
    }.compactMap(BookImporter.listed)
    members += [
      .init("unknown", .array(prices.unknown.map { .string($0) })),
      .init("rates", .array(prices.rates.map(\.json) + chosen)),
      .init("add_ons", .array(account.fees.map(OwnPrices.addOn) + listed)),
    ]
    if !account.terms.isEmpty { members.append(.init("terms", account.terms.json)) }
    if !account.limits.isEmpty {
      findings.warning(
        "limits-left-out",
        "a price book holds no limits, and the account has one on "
          + account.limits.map(\.product).joined(separator: ", "),
        help: "'genops init --billing \(path)' writes them into the scenario")
    }
    return (.object(members), account.fees.map(\.key), findings)
  }

  /// A rate of the list as a book writes it; nil where it is not by tiers of single units.
  private static func listed(_ rate: Rate) -> JSONValue? {
    guard rate.model == GraduatedPrice.name, rate.per == 1, rate.table.knownUpTo == .max,
      rate.table.segments.allSatisfy({ $0.step == 1 })
    else { return nil }
    var members: [JSONValue.Member] = [
      .init("meter", .string(rate.meter.id)), .init("product", .string(rate.product)),
    ]
    if let parent = rate.includedWith {
      members.append(.init("included_with", .string(parent.id)))
    }
    let tiers = rate.table.segments.map { segment -> JSONValue in
      let price = JSONValue.string(UnitPrice(nanosPerUnit: segment.unit).description)
      return segment.upTo == .max
        ? ["price": price] : ["up_to": .integer(segment.upTo), "price": price]
    }
    return .object(
      members + [
        .init("opt_in", true), .init("model", .string(rate.model)), .init("tiers", .array(tiers)),
      ])
  }
}
