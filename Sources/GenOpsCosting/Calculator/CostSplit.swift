public import GenOpsMetering
public import GenOpsUnits

/// Usage that belongs to somebody.
public struct AttributedUsage: Sendable, Hashable {
  public var attribution: Attribution
  public var totals: MeterTotals

  /// The units that one owner used in a billing period.
  public init(_ attribution: Attribution, _ totals: MeterTotals) {
    self.attribution = attribution
    self.totals = totals
  }
}

/// A bill divided among those who caused it. The parts and ``unattributed`` sum to the bill's total
/// exactly.
public struct CostSplit: Sendable, Hashable {
  /// What one owner pays.
  public struct Part: Sendable, Hashable {
    public var attribution: Attribution
    public var amount: Money

    /// `amount` is in the currency of the bill.
    public init(attribution: Attribution, amount: Money) {
      self.attribution = attribution
      self.amount = amount
    }
  }

  /// One per attribution, in the order in which each first appeared.
  public var parts: [Part]
  /// Usage that nobody claimed, and fees when there is no usage to spread them over.
  public var unattributed: Money

  public var total: Money { parts.reduce(unattributed) { $0 + $1.amount } }

  /// The amount of `attribution`; zero when it has no part.
  public subscript(attribution: Attribution) -> Money {
    parts.first { $0.attribution == attribution }?.amount ?? .zero
  }
}

extension Bill {
  /// The pro-rata view: each usage line in proportion to units, fees in proportion to usage cost.
  /// Everybody pays the same average price. Largest remainder method.
  ///
  /// It answers "what is our part of the bill".
  public func splitProRata(_ usage: [AttributedUsage]) throws(CostError) -> CostSplit {
    let (order, totals) = try merged(usage)
    var amounts = [Int64](repeating: 0, count: order.count + 1)
    for charge in charges {
      let claimed = totals.map { $0[charge.meter] }
      let shares = charge.amount.allocated(
        byWeight: claimed + [charge.units - claimed.reduce(0, +)])
      for (index, share) in shares.enumerated() { amounts[index] += share.nanos }
    }
    return withFees(order, amounts)
  }

  /// The marginal view: each step costs what it added where it fell in the tiers, so who comes
  /// early has the free units. `steps` are in the order in which the usage happened; fees are
  /// spread in proportion to usage cost.
  ///
  /// It answers "what did this traffic add", which is what budgets judge.
  public func splitMarginally(_ steps: [AttributedUsage], using calculator: CostCalculator)
    throws(CostError) -> CostSplit
  {
    let (order, _) = try merged(steps)
    let place = Dictionary(uniqueKeysWithValues: order.enumerated().map { ($1, $0) })
    var amounts = [Int64](repeating: 0, count: order.count + 1)
    var used = MeterTotals()
    for step in steps {
      for charge in charges {
        let from = used[charge.meter]
        used[charge.meter] = from + step.totals[charge.meter]
        let before = try calculator.knownCost(of: from, on: charge.meter)
        let after = try calculator.knownCost(of: used[charge.meter], on: charge.meter)
        amounts[place[step.attribution] ?? order.count] += after.nanos - before.nanos
      }
    }
    for charge in charges {
      let claimed = try calculator.knownCost(of: used[charge.meter], on: charge.meter)
      amounts[order.count] += charge.amount.nanos - claimed.nanos
    }
    return withFees(order, amounts)
  }

  /// The marginal view from costs that were counted while the usage happened. What the costs leave
  /// of the usage lines is unattributed.
  public func splitMarginally(counted costs: [CostSplit.Part]) -> CostSplit {
    var order: [Attribution] = []
    var byOwner: [Attribution: Int64] = [:]
    for part in costs {
      if byOwner[part.attribution] == nil { order.append(part.attribution) }
      byOwner[part.attribution, default: 0] += part.amount.nanos
    }
    var amounts = order.map { byOwner[$0] ?? 0 }
    amounts.append(usageTotal.nanos - amounts.reduce(0, +))
    return withFees(order, amounts)
  }

  /// One total per attribution, in the order of first appearance, checked against the bill.
  private func merged(_ usage: [AttributedUsage]) throws(CostError) -> (
    [Attribution], [MeterTotals]
  ) {
    var order: [Attribution] = []
    var place: [Attribution: Int] = [:]
    var totals: [MeterTotals] = []
    for item in usage {
      if let index = place[item.attribution] {
        totals[index] = totals[index] + item.totals
      } else {
        place[item.attribution] = order.count
        order.append(item.attribution)
        totals.append(item.totals)
      }
    }
    for charge in charges {
      let claimed = totals.reduce(0) { $0 + $1[charge.meter] }
      if claimed > charge.units {
        throw .moreThanBilled(charge.meter, attributed: claimed, billed: charge.units)
      }
    }
    return (order, totals)
  }

  /// Spreads the fees and what the terms add over `amounts`, whose last is the unattributed one.
  private func withFees(_ order: [Attribution], _ amounts: [Int64]) -> CostSplit {
    var sums = amounts
    for line in fees.map(\.amount) + adjustments.map(\.amount) {
      let shares = line.allocated(byWeight: amounts)
      for (index, share) in shares.enumerated() { sums[index] += share.nanos }
      if amounts.allSatisfy({ $0 <= 0 }) { sums[order.count] += line.nanos }
    }
    return CostSplit(
      parts: zip(order, sums).map { CostSplit.Part(attribution: $0, amount: Money(nanos: $1)) },
      unattributed: Money(nanos: sums[order.count]))
  }
}
