import GenOpsGovernance
import GenOpsUnits

/// Where the month is going to land, as an installed `genops` reckons it.
struct Landing: Sendable, Hashable {
  /// When it was reckoned.
  var at: Timestamp
  /// The first and the last day that it knows.
  var known: ClosedRange<CalendarDay>
  /// In 8 of 10 futures the month lies between ``low`` and ``high``.
  var low: Money
  var expected: Money
  var high: Money
  /// The budget that it was asked about, and its chance to be passed.
  var budget: String?
  var chance: Double?
}

/// What is known of the landing.
enum LandingState: Sendable, Hashable {
  /// No `genops` is installed or asked for: actuals only.
  case none
  /// Not reckoned yet, or not for this account.
  case waiting
  /// It could not be reckoned, and why.
  case failed(String, at: Timestamp)
  case known(Landing)

  /// The chance that a budget is passed, where that is known.
  func chance(of budget: Budget) -> Double? {
    guard case .known(let landing) = self, landing.budget == budget.name else { return nil }
    return landing.chance
  }

  /// Of the API.
  var json: JSONValue {
    switch self {
    case .none: ["state": "off"]
    case .waiting: ["state": "waiting"]
    case .failed(let why, let at):
      ["state": "failed", "why": .string(why), "at": .string(at.description)]
    case .known(let landing):
      [
        "state": "known", "at": .string(landing.at.description),
        "from": .string(landing.known.lowerBound.description),
        "to": .string(landing.known.upperBound.description), "low": .money(landing.low),
        "expected": .money(landing.expected), "high": .money(landing.high),
        "budget": landing.budget.map { .string($0) } ?? .null,
        "chance_over": landing.chance.map { .double($0) } ?? .null,
      ]
    }
  }
}
