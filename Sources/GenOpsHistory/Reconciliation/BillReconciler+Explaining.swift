import GenOpsCosting
import GenOpsMetering
import GenOpsUnits

/// Why a line of a bill is what it is.
extension BillReconciler {
  /// What `units` cost at the book's prices, chosen or not; nil where it does not know them.
  func listCost(of units: Int64, on meter: Meter) -> Money? {
    calculator.book.rate(of: meter)?.table.cost(of: units)
  }

  /// Explains usage that costs nothing on the bill.
  func explainNothing(
    _ line: inout Reconciliation.Line, _ meter: Meter, _ units: Int64,
    _ product: BillingStatement.Product?, _ account: AccountFacts
  ) {
    guard let rate = calculator.book.rate(of: meter), let cost = rate.table.cost(of: units) else {
      line.explanation = "\(calculator.book.id) does not know this price"
      line.isExplained = false
      return
    }
    line.modelled = cost
    if cost == .zero {
      line.explanation = "within the free units"
    } else if account.isFree {
      line.modelled = .zero
      line.explanation = "free plan: nothing is billed; \(cost) at the book's prices"
    } else if let partner = account.partner {
      line.explanation = "\(partner) pays: the answer has no amount"
      line.isExplained = false
    } else if let product, product.tiers.cost(of: units) == .zero,
      let change = differingTier(meter, product.tiers, units, billed: .zero, within: .zero)
    {
      line.explanation = change
      line.isFreeByOwnTiers = true
    } else if rate.isOptIn, product?.isSubscribed == false {
      // What is not subscribed to is not billed: both sides are right.
      line.modelled = .zero
      line.explanation = "not subscribed to; it would cost \(cost.text(decimals: 2))"
    } else {
      line.explanation =
        line.billed == nil ? "the bill has no line for it" : "used, and the bill charges nothing"
      line.isExplained = false
    }
  }

  /// `own` is the account's own fee, where the answer says it.
  func explainFee(_ line: inout Reconciliation.Line, key: String, own: Money?) {
    let known = calculator.book.addOns.first {
      $0.id == key || $0.name.lowercased() == line.name.lowercased()
    }
    guard let known, let billed = line.billed else {
      line.explanation = "\(calculator.book.id) has no add-on '\(key)'"
      line.isExplained = false
      return
    }
    line.modelled = known.price
    if known.price == billed {
      line.explanation = "equal"
    } else if billed == own {
      line.explanation = "the account's own fee"
    } else if billed.nanos % 12 == 0, billed.nanos / 12 == known.price.nanos {
      line.explanation = "the fee of a year"
    } else if billed > .zero, known.price > billed {
      // Between 0 and 1, so that the conversion cannot fail.
      let part = billed.approximate / known.price.approximate
      line.explanation =
        "\(Int64(rounding: part * 100)) % of the fee: the add-on began or ended within"
    } else {
      line.explanation = "the book's fee is \(known.price)"
      line.isExplained = false
    }
  }

  /// `discount` is the account's, which an answer of spend may have taken off already.
  func explain(
    _ line: inout Reconciliation.Line, _ meter: Meter, _ units: Int64,
    tiers: [BillingStatement.Tier], discount: Percent? = nil
  ) {
    // What is billed is chosen, whether the answer says so or not.
    guard let modelled = listCost(of: units, on: meter), let billed = line.billed else {
      line.explanation = "\(calculator.book.id) does not know this price"
      line.isExplained = false
      return
    }
    line.modelled = modelled
    // PostHog rounds each tier to cents.
    let bookTiers = calculator.book.rate(of: meter)?.table.segmentCount ?? 1
    let cents = Money(nanos: 5_000_000 * Int64(max(1, tiers.count, bookTiers)))
    if billed == modelled {
      line.explanation = "equal"
    } else if distance(billed, modelled) <= cents {
      line.explanation = "rounded to cents"
    } else if let discount, let off = discount.of(modelled),
      distance(billed, modelled - off) <= cents
    {
      line.modelled = modelled - off
      line.explanation = "after the discount of \(discount)"
    } else if let change = differingTier(meter, tiers, units, billed: billed, within: cents) {
      line.explanation = change
    } else if let book = otherBook(meter, units, billed: billed, within: cents) {
      line.explanation = "these are the prices of \(book)"
    } else if let own = tiers.cost(of: units), distance(own, modelled) > cents {
      // The book's prices are not the account's, so that no other count at them is a cause.
      let isMonotone = tiers.allSatisfy { $0.unitPrice.nanosPerUnit >= 0 && $0.flat >= .zero }
      let other = isMonotone ? unitsCosting(billed) { tiers.cost(of: $0) } : nil
      let part = (Double(other ?? 0) - Double(units)) / Double(max(1, units))
      line.isExplained = other != nil && abs(part) <= BillReconciler.lateShare
      let percent = "\((abs(part) * 1000).rounded() / 10) % \(part < 0 ? "fewer" : "more")"
      line.explanation =
        line.isExplained
        ? "the account's own tiers, counted at another time, \(percent)"
        : "neither the book's tiers nor the account's own of today"
    } else if let other = unitsCosting(billed, meter) {
      let part = (Double(other) - Double(units)) / Double(max(1, units))
      let word = other < units ? "fewer" : "more"
      let percent = "\((abs(part) * 1000).rounded() / 10) % \(word)"
      line.isExplained = abs(part) <= BillReconciler.lateShare
      // Short: the last column of a table is where the terminal ends.
      line.explanation =
        line.isExplained
        ? "counted at another time, \(percent)"
        : "\(percent) units: \(groupedDigits(String(other)))"
    } else {
      line.explanation = "no usage costs this much in \(calculator.book.id)"
      line.isExplained = false
    }
  }

  /// How far two amounts are apart, held at the end of the range of money.
  func distance(_ a: Money, _ b: Money) -> Money {
    Money(nanos: Int64(clamping: a.nanos.subtractingClamped(b.nanos).magnitude))
  }

  /// The first units at which the customer's prices differ from the book's, with their tier, when those prices
  /// explain the amount.
  private func differingTier(
    _ meter: Meter, _ tiers: [BillingStatement.Tier], _ units: Int64, billed: Money,
    within: Money
  ) -> String? {
    guard let table = calculator.book.rate(of: meter)?.table, let own = tiers.cost(of: units),
      distance(own, billed) <= within
    else { return nil }
    let steps = table.segments.map(\.upTo)
    var from: Int64 = 0
    for (index, tier) in tiers.enumerated() where from < units {
      let end = max(from, min(units, tier.upTo ?? .max))
      // The book may have a step within a tier of the account.
      for start in [from] + steps.filter({ from < $0 && $0 < end }) where start < end {
        let price = table.unit[table.segment(of: start + 1)]
        if price != tier.unitPrice.nanosPerUnit {
          return
            "tier \(index + 1) from \(groupedDigits(String(start + 1))): \(tier.unitPrice) on the bill, "
            + "\(UnitPrice(nanosPerUnit: price)) in the book"
        }
      }
      from = end
    }
    return nil
  }

  private func otherBook(_ meter: Meter, _ units: Int64, billed: Money, within: Money) -> String? {
    PriceBooks.builtIn.entries.first { entry in
      guard entry.name != calculator.book.id,
        let cost = entry.kind.rate(of: meter)?.table.cost(of: units)
      else { return false }
      return distance(cost, billed) <= within
    }?.name
  }

  /// The most units that cost no more than `amount`.
  func unitsCosting(_ amount: Money, _ meter: Meter) -> Int64? {
    guard let table = calculator.book.rate(of: meter)?.table, table.isMonotone else { return nil }
    return unitsCosting(amount) { table.cost(of: $0) }
  }

  /// The same where `price` says what units cost, and more never cost less.
  private func unitsCosting(_ amount: Money, _ price: (Int64) -> Money?) -> Int64? {
    var (low, high): (Int64, Int64) = (0, 1)
    while let cost = price(high), cost < amount, high < 1 << 60 { high *= 2 }
    guard price(high).map({ $0 >= amount }) ?? true else { return nil }
    while low < high {
      let middle = low + (high - low + 1) / 2
      if let cost = price(middle), cost <= amount {
        low = middle
      } else {
        high = middle - 1
      }
    }
    return low
  }
}
