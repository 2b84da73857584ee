import GenOpsScenario

/// Why no headline and no amount to ask for may rest on a forecast.
package enum Doubt: Sendable, Hashable {
  /// There is less history than tells a year.
  case shortHistory(ShortHistory)
  /// The account's tiers count once a year, and are counted by the month here.
  case yearlyTiers

  /// The sentence in place of an answer.
  package var sentence: String {
    switch self {
    case .shortHistory(let short):
      "\(short.text) \(short.days == 1 ? "does" : "do") not tell a year."
    case .yearlyTiers: "The account's tiers count once a year, and by the month here."
    }
  }

  /// On what the amount that is shown depends: `if it goes on like that`.
  package var condition: String {
    switch self {
    case .shortHistory: "if it goes on like that"
    case .yearlyTiers: "with tiers by the month"
    }
  }

  /// The history that is too short; nil where that is not the reason.
  package var shortHistory: ShortHistory? {
    if case .shortHistory(let short) = self { short } else { nil }
  }
}

extension ResultBuilder {
  /// Nil where a headline may rest on the forecast.
  var doubt: Doubt? {
    if let short = shortHistory { return .shortHistory(short) }
    return plan.scenario.hasYearlyTiers ? .yearlyTiers : nil
  }
}
