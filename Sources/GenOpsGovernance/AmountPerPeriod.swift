public import GenOpsUnits

/// An amount of money for a span of time as people write it: `60000 USD per year`.
public struct AmountPerPeriod: Sendable, Hashable {
  public var amount: Money
  /// ISO 4217 code, upper case.
  public var currency: String
  public var period: BudgetPeriod

  /// `currency` is an ISO 4217 code.
  public init(amount: Money, currency: String, period: BudgetPeriod) {
    self.amount = amount
    self.currency = currency
    self.period = period
  }

  /// Reads `60000 USD per year`, `2,500.50 EUR/month` or `60k USD a year`.
  ///
  /// A missing unit or period is a finding that shows the corrected line; nothing is assumed.
  /// `what` begins the message: "a budget".
  public init?(
    parsing text: String, what: String, at location: SourceLocation?, _ findings: inout Findings
  ) {
    let isEmpty = text.allSatisfy(\.isWhitespace)
    let read = Figures.one(
      text, "amount", "\(what) is \(isEmpty ? "empty" : "not an amount of money: '\(text)'")",
      help: "write for example: 5000 USD per month", at: location, &findings
    ) { figures in
      figures.refusal == nil ? (try? Money(figures.low)).map { (figures, $0) } : nil
    }
    guard let (figures, money) = read else { return nil }
    let words = (figures.unit ?? "").split(separator: " ").map(String.init)
    let currency = words.first.flatMap(Figures.currency)
    let period = figures.per.first.flatMap(AmountPerPeriod.period)
    let rest =
      words.dropFirst(currency == nil ? 0 : 1) + figures.per.dropFirst(period == nil ? 0 : 1)
    guard let currency, let period, rest.isEmpty else {
      let missing =
        !rest.isEmpty
        ? "has a part that is not understood: '\(rest.joined(separator: " "))'"
        : currency == nil && period == nil
          ? "needs a currency and a period"
          : currency == nil ? "needs a currency" : "needs a period"
      let meant = period ?? rest.last.flatMap(AmountPerPeriod.meant) ?? .month
      findings.error(
        "amount", "\(what) \(missing)",
        help: "write: \(figures.low.signedText) \(currency ?? "USD") per \(meant.rawValue) "
          + "(day, week, month, quarter or year)", at: location)
      return nil
    }
    self.init(amount: money, currency: currency, period: period)
  }

  private static func period(_ word: String) -> BudgetPeriod? {
    TimeUnit(word).flatMap { BudgetPeriod(rawValue: $0.rawValue) }
  }

  /// The period of `daily`, of `day` without `per`, and of `moth`.
  private static func meant(_ word: String) -> BudgetPeriod? {
    let near = nearestName(to: word, among: BudgetPeriod.allCases.map(\.rawValue))
    return period(word) ?? TimeUnit(adverb: word).flatMap { BudgetPeriod(rawValue: $0.rawValue) }
      ?? near.flatMap { BudgetPeriod(rawValue: $0) }
  }
}
