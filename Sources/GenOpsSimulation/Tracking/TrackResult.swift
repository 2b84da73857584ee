import GenOpsCosting
package import GenOpsMetering
import GenOpsNumerics
package import GenOpsUnits

/// A scenario's months against their budget and against what was said of them.
package struct TrackResult: Sendable {
  package var name: String
  package var currency: String
  package var provenance: Provenance
  /// The last day of which something is known; nil where no day is.
  package var lastKnownDay: CalendarDay?
  package var budget: Budget?
  package var months: [Month]
  package var total: Total
  package var score: ForecastScore
  package var findings: Findings
  /// Why what lies ahead may not be relied on; nil where it may.
  package var doubt: Doubt?
  /// Conditions of `--fail-on`, judged.
  package var checks: [ExpectationResult] = []

  /// The budget that months are held against.
  package struct Budget: Sendable, Hashable {
    package var name: String
    package var limit: Money
    package var period: BudgetPeriod
  }

  /// How much of a month is known.
  package enum State: String, Sendable {
    /// Every day of every meter.
    case actual
    /// It has ended, and some days or meters are not known.
    case partial
    case underWay
    case ahead

    /// Whether its last day lies before the end of what is known.
    package var hasEnded: Bool { self == .actual || self == .partial }
  }

  /// Amounts are in the result's currency; one that is not known is nil.
  package struct Month: Sendable {
    package var month: CalendarMonth
    package var state: State
    /// Days of which the usage of some meter is known.
    package var knownDays: Int
    /// Meters of which a day that has passed is not known.
    package var unknown: [Meter]
    /// Meters that no export has, which a bill alone told: taken as they were expected.
    package var given: [Meter] = []
    package var budget: Money?
    /// What was said last before anything of it was known, else the first that was said of it.
    package var forecast: ForecastStatement?
    /// The bill of the days that are known, of a month known whole with what is ``given``.
    package var actual: Money?
    /// Where it ends: the bill, with the forecast for what is not known.
    package var landing: Money
    /// Where 8 of 10 futures lie; nil where nothing is left open, or where it is not known.
    package var low, high: Money?
    /// The landing at list price, before discounts and credits: what budgets judge. Nil where the terms of
    /// the account change nothing.
    package var listPrice: Money? = nil
    /// What was expected at list price, where nothing of it was to be paid: credits or a discount cover it.
    package var saidAtList: Money? = nil
    /// Of a month that has ended and was forecast.
    package var split: MissSplit?
    package var oneOffs: [OneOff]

    /// The landing less what was said; nil before the month has ended.
    package var miss: Money? { split?.miss }

    /// `part` as a part of the forecast; nil where that is nothing.
    package func ofForecast(_ part: Money) -> Double? {
      guard let forecast, forecast.cost.mean.nanos > 0 else { return nil }
      return part.approximate / forecast.cost.mean.approximate
    }

    /// How far the landing, at list price, is over the budget, as a part of it.
    package var overBudget: Double? { TrackResult.excess(listPrice ?? landing, over: budget) }
    /// How far the landing is over the forecast, as a part of it: at list price where nothing was to be paid, because a
    /// credit that covers a month hides nothing of what was used.
    package var overForecast: Double? {
      saidAtList.map { TrackResult.excess(listPrice ?? landing, over: $0) }
        ?? TrackResult.excess(landing, over: forecast?.cost.mean)
    }
    /// The miss as a part of what was said; infinite where nothing was expected and something came, nil before the
    /// month has ended.
    package var missPart: Double? {
      guard split != nil else { return nil }
      if let overForecast { return overForecast }
      return (listPrice ?? landing) > .zero ? .infinity : 0
    }
  }

  /// All months together.
  package struct Total: Sendable {
    /// `Year`, or `Total` of another number of months.
    package var label: String
    package var budget: Money?
    /// The sum of what was said of the months; nil where one was not forecast.
    package var forecast: Money?
    package var actual: Money
    package var landing: Money
    package var low, high: Money?
    /// The landings at list price; nil where the terms of the account change none of them.
    package var listPrice: Money? = nil

    /// How far the landing, at list price, is over the budget, as a part of it.
    package var overBudget: Double? { TrackResult.excess(listPrice ?? landing, over: budget) }
  }

  /// Whether what is paid is another amount than what the budget judges.
  package var hasTerms: Bool { total.listPrice != nil }

  /// (amount − base) / base; nil without a base.
  static func excess(_ amount: Money, over base: Money?) -> Double? {
    guard let base, base.nanos > 0 else { return nil }
    return (amount - base).approximate / base.approximate
  }

  /// The months that have ended and were forecast, in order.
  package var judged: [Month] { months.filter { $0.split != nil } }
}
