public import GenOpsUnits

/// A line of a bill that comes from its terms.
public struct Adjustment: Sendable, Hashable {
  /// The term that a line comes from.
  public enum Kind: String, Sendable, Hashable, CaseIterable {
    case discount
    case amountOff = "amount-off"
    case minimum
    case commitment
    case creditsBought = "credits-bought"
    case credits
  }
  public var kind: Kind
  /// The line of the invoice.
  public var name: String
  /// Negative where it takes off.
  public var amount: Money

  /// `amount` is negative where it takes off.
  public init(kind: Kind, name: String, amount: Money) {
    self.kind = kind
    self.name = name
    self.amount = amount
  }
}

/// What earlier bills of a contract have used of its credits and commitment.
public struct AccountStanding: Sendable, Hashable {
  /// By position in ``BillingTerms/credits``.
  public var creditsUsed: [Money]
  /// Billed in the commitment's term so far, before credits.
  public var committed = Money.zero

  /// Nothing used yet.
  public init(_ terms: BillingTerms) { creditsUsed = terms.credits.map { _ in .zero } }
}

extension BillingTerms {
  /// Whether a bill needs its period to apply them.
  public var hasDates: Bool {
    commitment != nil || credits.contains { $0.from != nil || $0.expires != nil }
  }

  /// The lines that follow usage and fees: discount, amount off, minimum, what a commitment's last
  /// period still owes, credits bought, then credits used, those that expire first before the
  /// others.
  ///
  /// Credits pay what is left, never more: a bill is not negative. Without a period, terms that
  /// have dates are left out.
  public func settle(
    usage: Money, fees: Money, period: BillingPeriod?, standing: inout AccountStanding
  ) -> [Adjustment] {
    if isEmpty { return [] }
    var lines: [Adjustment] = []
    var due = usage + fees
    func add(_ kind: Adjustment.Kind, _ name: String, _ amount: Money) {
      guard amount != .zero else { return }
      lines.append(Adjustment(kind: kind, name: name, amount: amount))
      due += amount
    }
    if let discount { add(.discount, "Discount \(discount)", -(discount.of(due) ?? .zero)) }
    if let amountOff { add(.amountOff, "Amount off", -min(due, amountOff)) }
    if let minimum, due < minimum { add(.minimum, "Minimum \(minimum)", minimum - due) }
    if let period, let commitment, commitment.from < period.end, commitment.to >= period.start {
      standing.committed += due
      if commitment.to < period.end {
        let missing = commitment.amount - standing.committed
        add(.commitment, "Commitment \(commitment.amount)", max(.zero, missing))
      }
    }
    let bought = boughtCredits(in: period)
    for index in paymentOrder(period) {
      let credit = credits[index]
      let left = credit.amount - standing.creditsUsed[index]
      let used = min(due, left, credit.mostPerPeriod ?? left)
      if used <= .zero { continue }
      standing.creditsUsed[index] += used
      add(.credits, credit.name, -used)
    }
    return lines + bought
  }

  /// Credits are paid for, not paid with credits.
  private func boughtCredits(in period: BillingPeriod?) -> [Adjustment] {
    guard let period else { return [] }
    return credits.compactMap { credit in
      guard let from = credit.from, period.contains(from), credit.price > .zero else { return nil }
      return Adjustment(
        kind: .creditsBought, name: "\(credit.name) bought", amount: credit.price)
    }
  }

  /// The credits that may pay a bill of `period`, the first to expire first.
  private func paymentOrder(_ period: BillingPeriod?) -> [Int] {
    credits.indices.filter { index in
      let credit = credits[index]
      guard let period else { return credit.from == nil && credit.expires == nil }
      let hasBegun = credit.from.map { $0 < period.end } ?? true
      let isAlive = credit.expires.map { $0 >= period.end.advanced(by: -1) } ?? true
      return hasBegun && isAlive
    }
    .sorted { a, b in
      let (first, second) = (credits[a].expires?.number ?? .max, credits[b].expires?.number ?? .max)
      return (first, a) < (second, b)
    }
  }
}
