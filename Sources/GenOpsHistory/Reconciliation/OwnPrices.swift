package import GenOpsCosting
package import GenOpsMetering
package import GenOpsUnits

/// The prices that a billing answer shows, as a price book writes them.
package struct OwnPrices: Sendable {
  /// One rate for each meter with tiers, in the order of the answer.
  package private(set) var rates: [(meter: Meter, json: JSONValue)] = []
  /// What the answer does not say, one sentence each.
  package private(set) var unknown = ["when these prices end"]
  package private(set) var findings = Findings()
  private let fees: [AccountFacts.FlatFee]

  /// A book of its own has what was chosen without asking; beside a list of add-ons, what was chosen
  /// stays to be chosen (`keepsChoices`).
  package init(_ current: BillingStatement.CurrentPeriod, keepsChoices: Bool = false) {
    fees = current.account.fees
    let chosen =
      keepsChoices ? [] : current.account.choices.filter(\.isChosen).map(\.meter)
    for product in current.products where !product.tiers.isEmpty {
      guard let meter = product.meter, !rates.contains(where: { $0.meter == meter }) else {
        continue
      }
      rates.append((meter, rate(product, meter, isChosen: chosen.contains(meter))))
    }
  }

  /// The rates and flat fees that `book` has not, or at other prices, and the first difference of each
  /// meter.
  package func differing(from book: PriceBook, _ findings: inout Findings) -> (
    rates: [JSONValue], addOns: [JSONValue], changes: [BookDiff.TierChange]
  ) {
    let own: JSONValue = [
      "id": "own", "currency": "USD", "source": "answer", "retrieved": "2026-01-01",
      "rates": .array(rates.map(\.json)),
    ]
    var found = Findings()
    var changes: [BookDiff.TierChange] = []
    if let read = try? PriceBook(json: Array(own.pretty.utf8), file: "answer", &found) {
      let diff = BookDiff(from: book, to: read)
      changes = rates.compactMap { rate in diff.tiers.first { $0.meter == rate.meter } }
    } else {
      let reason = found.all.first { $0.severity == .error }?.message ?? "they are not prices"
      findings.warning(
        "own-prices", "the tiers of the answer cannot be used: \(reason)",
        help: "the prices of \(book.id) are used")
    }
    let differing = Set(changes.map(\.meter))
    let addOns = fees.filter { fee in
      let listed = book.addOns.first { $0.id == fee.key }
      return listed == nil || (fee.price != nil && fee.price != listed?.price)
    }
    return (
      rates.filter { differing.contains($0.meter) }.map(\.json), addOns.map(OwnPrices.addOn),
      changes
    )
  }

  static func addOn(_ fee: AccountFacts.FlatFee) -> JSONValue {
    let listed = PriceBook.standard.addOns.first { $0.id == fee.key }
    return [
      "id": .string(fee.key), "name": .string(listed?.name ?? fee.name),
      "price": .money(fee.price ?? listed?.price ?? .zero),
    ]
  }

  /// Whether the tiers are of the meter's own unit, where the published list counts a larger one: the
  /// first bound or the last price tells.
  private static func isPerUnit(_ tiers: [BillingStatement.Tier], _ known: Rate) -> Bool {
    tiers.first?.upTo.map { $0 == known.table.upTo.first } ?? false
      || tiers.last?.unitPrice.nanosPerUnit == known.table.unit.last
  }

  private mutating func rate(
    _ product: BillingStatement.Product, _ meter: Meter, isChosen: Bool
  ) -> JSONValue {
    let known = PriceBook.standard.rate(of: meter)
    let per = known.map { OwnPrices.isPerUnit(product.tiers, $0) ? 1 : $0.per } ?? 1
    var members: [JSONValue.Member] = [
      .init("meter", .string(meter.id)), .init("product", .string(known?.product ?? product.key)),
    ]
    if let parent = known?.includedWith {
      members.append(.init("included_with", .string(parent.id)))
    }
    if known?.isOptIn == true, !isChosen { members.append(.init("opt_in", true)) }
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
}
