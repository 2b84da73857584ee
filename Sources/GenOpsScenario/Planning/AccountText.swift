import GenOpsCosting
import GenOpsGovernance
import GenOpsHistory
import GenOpsMetering
import GenOpsUnits

/// Facts of an account in the words of a scenario.
enum AccountText {
  /// `a discount of 20 %, 50000.00 of credits until 2027-09-30`.
  static func terms(_ terms: BillingTerms) -> String {
    let credits = terms.credits.map { credit in
      "\(credit.amount) of credits" + (credit.expires.map { " until \($0)" } ?? "")
    }
    return ((terms.discount.map { ["a discount of \($0)"] } ?? []) + credits)
      .joined(separator: ", ")
  }

  /// What two answers can be held against each other by.
  static func facts(_ account: AccountFacts, _ book: PriceBook) -> [(name: String, text: String)] {
    func text(_ parts: [String]) -> String {
      parts.isEmpty ? "none" : parts.joined(separator: ", ")
    }
    let terms = account.terms
    return [
      ("terms", terms.isEmpty ? "none" : self.terms(terms)),
      ("limits", text(account.limits.map { "\($0.name) \($0.text)" })),
      ("add-ons", text(account.addOns(in: book))),
      ("plans", account.isFree ? "free" : "paid"),
    ]
  }
}

extension BillingStatement.CurrentPeriod {
  /// Days between an answer's period and the history's end from which on its facts may be others.
  private static let longestAge = 62

  /// Says so where the answer is of long ago: discounts, credits, tiers and limits change.
  func tellAge(
    at lastDay: CalendarDay?, file: String, place: SourceLocation?, _ findings: inout Findings
  ) {
    guard let lastDay, let end = period?.end.advanced(by: -1),
      end.distance(to: lastDay) > Self.longestAge
    else { return }
    findings.warning(
      "bill-old",
      "\(file) is of a period that ended on \(end), \(end.distance(to: lastDay)) days before the history "
        + "does: its limits, tiers and terms may no longer be the account's",
      help: "save a new answer of /api/billing/", at: place)
  }
}

extension AccountFacts.Limit {
  /// Says so where PostHog stops at other units than the amount it was set to pays for: it makes units of
  /// dollars by its own prices, discount and add-ons.
  func tellUnits(
    _ calculator: CostCalculator, discount: Percent?, file: String, at place: SourceLocation?,
    _ findings: inout Findings
  ) {
    guard let amount, case .units(let units) = cap else { return }
    let money = PostHogLimit(meter: meter, amount: amount).atListPrice(discount)
    var tables: [Meter: RateTable] = [:]
    for meter in Meter.allCases { tables[meter] = calculator.table(for: meter) }
    // Where everything is taken off, any number of units costs nothing.
    let most = money.map { $0.units(tables: tables) } ?? Int64.max / 2
    guard let most else { return }
    let paid = most.subtractingClamped(money?.buffer ?? 0)
    let difference = (Double(units) - Double(paid)).magnitude
    guard difference > Double(paid) * 0.01 else { return }
    let isEndless = paid > 1_000_000_000_000_000
    findings.note(
      "limit-units",
      "PostHog stops \(name) at \(groupedDigits(String(units))) \(meter.unit)s by \(file), and "
        + "\(amount) USD pay for \(isEndless ? "any number" : groupedDigits(String(paid))) at these "
        + "prices: the units are used", at: place)
  }

  /// The limit as governance keeps it; nil for a meter that PostHog limits through another one.
  var postHogLimit: PostHogLimit? {
    if PostHogLimit.followers.contains(meter) { return nil }
    let own: PostHogLimit.Cap =
      switch cap {
      case .money(let amount): .money(amount, currency: "USD")
      case .units(let units): .units(units)
      case .free: .freeAllotment
      }
    return PostHogLimit(meter: meter, cap: own, graceDays: graceDays)
  }

  /// The product as files name it: an answer may write anything.
  var name: String { PriceBook.standard.rate(of: meter)?.product ?? meter.id }

  /// `100.00 USD per month`, as a scenario writes it.
  var text: String {
    let amount =
      switch cap {
      case .money(let amount): "\(amount.plain) USD per month"
      case .units(let units): "\(units) \(meter.unit)s per month"
      case .free: "free"
      }
    return graceDays == 0 ? amount : "{limit: \(amount), grace_days: \(graceDays)}"
  }
}

extension Money {
  /// Without decimals where there are none to say.
  fileprivate var plain: String {
    nanos % Money.nanosPerUnit == 0 ? "\(nanos / Money.nanosPerUnit)" : description
  }
}
