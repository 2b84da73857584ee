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

  /// Reads `60000 USD per year`, `2,500.50 EUR / month` or `100 USD per day`.
  ///
  /// A missing unit or period is a finding that shows the corrected line; nothing is assumed.
  /// `what` begins the message: "a budget".
  public init?(
    parsing text: String, what: String, at location: SourceLocation?, _ findings: inout Findings
  ) {
    let words = text.split { $0 == " " || $0 == "/" }.map(String.init)
      .filter { $0.lowercased() != "per" && $0.lowercased() != "a" }
    guard let number = words.first else {
      findings.error(
        "amount", "\(what) is empty", help: "write for example: 5000 USD per month", at: location)
      return nil
    }
    let money: Money
    do throws(MoneyTextError) { money = try Money(parsing: number) } catch {
      findings.error(
        "amount", "\(what) is not an amount of money: '\(text)'",
        help: "write for example: 5000 USD per month", at: location)
      return nil
    }
    var rest = words.dropFirst()
    let currency = rest.first.flatMap(AmountPerPeriod.currencyCode)
    if currency != nil { rest = rest.dropFirst() }
    let period = rest.first.flatMap { BudgetPeriod(rawValue: $0.lowercased()) }
    if period != nil { rest = rest.dropFirst() }
    guard let currency, let period, rest.isEmpty else {
      let missing =
        !rest.isEmpty
        ? "has a part that is not understood: '\(rest.joined(separator: " "))'"
        : currency == nil && period == nil
          ? "needs a currency and a period"
          : currency == nil ? "needs a currency" : "needs a period"
      findings.error(
        "amount", "\(what) \(missing)",
        help:
          "write: \(number) \(currency ?? "USD") per \(period?.rawValue ?? "month") "
          + "(day, week, month, quarter or year)", at: location)
      return nil
    }
    self.init(amount: money, currency: currency, period: period)
  }

  /// `USD` for `usd`; nil for a word that cannot be a code, such as the name of a period.
  private static func currencyCode(_ word: String) -> String? {
    let isCode =
      word.utf8.count == 3
      && word.utf8.allSatisfy { (65...90).contains($0) || (97...122).contains($0) }
    return isCode && BudgetPeriod(rawValue: word.lowercased()) == nil ? word.uppercased() : nil
  }
}
