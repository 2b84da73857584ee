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
}

extension AccountFacts.Limit {
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
