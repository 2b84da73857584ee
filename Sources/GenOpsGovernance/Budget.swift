public import GenOpsMetering
public import GenOpsUnits

/// An amount that usage of some scope may cost in each period.
///
/// It judges usage at list price, item by item, at the instant of the decision. Fixed fees are no
/// usage; give them as ``committed`` and they are taken off what usage may spend.
public struct Budget: Sendable, Hashable {
  /// Unique in its plan; names the budget in alerts and reports.
  public var name: String
  /// For one period. Zero blocks everything that is on a meter.
  public var limit: Money
  /// ISO 4217 code; must be the price book's.
  public var currency: String
  public var period: BudgetPeriod
  /// The month (1…12) in which the fiscal year begins; moves quarters and years.
  public var fiscalStart: Int
  /// The dimensions that are set must match; `Attribution.none` is everything.
  public var scope: Attribution
  /// The meters whose cost counts; nil is all of them.
  public var meters: Set<Meter>?
  /// A hard budget refuses in enforced and strict mode; a soft one only alerts.
  public var isHard: Bool
  /// Percent of ``limit`` at which an alert is raised, ascending.
  public var alertPercents: [Int]
  /// Fees of the period that are owed whatever is used.
  public var committed: Money
  /// Percent of ``limit`` kept for critical items in strict mode.
  public var reservePercent: Int

  public static let defaultAlertPercents = [80, 90, 95, 100]

  /// A budget as it is; ``validate(at:_:)`` says what is wrong with it.
  public init(
    name: String, limit: Money, currency: String = "USD", period: BudgetPeriod,
    fiscalStart: Int = 1, scope: Attribution = .none, meters: Set<Meter>? = nil,
    isHard: Bool = true, alertPercents: [Int] = Budget.defaultAlertPercents,
    committed: Money = .zero, reservePercent: Int = 5
  ) {
    self.name = name
    self.limit = limit
    self.currency = currency
    self.period = period
    self.fiscalStart = fiscalStart
    self.scope = scope
    self.meters = meters
    self.isHard = isHard
    self.alertPercents = alertPercents
    self.committed = committed
    self.reservePercent = reservePercent
  }
}

extension Budget {
  /// What usage may cost in a period: the limit less the fees. Negative when the fees alone are
  /// more than the limit.
  public var limitForUsage: Money { Money(nanos: limit.nanos.saturatingSubtract(committed.nanos)) }

  /// `percent` of the limit, rounded up to a nano-unit. Computed in 128 bits, so that no limit is
  /// too large for it.
  public func share(percent: Int) -> Money {
    let product = Int128(limit.nanos) * Int128(percent)
    let rounded = product >= 0 ? (product + 99) / 100 : product / 100
    return Money(nanos: Int64(clamping: rounded))
  }

  /// Reports everything that makes the budget meaningless.
  public func validate(at location: SourceLocation? = nil, _ findings: inout Findings) {
    let what = "budget '\(name)'"
    if name.isEmpty {
      findings.error("budget-name", "a budget has no name", help: "add: name: team", at: location)
    }
    if limit < .zero {
      findings.error(
        "budget-limit", "\(what) has the negative limit \(limit)",
        help: "write an amount of 0 or more; 0 blocks everything billable", at: location)
    } else if limit == .zero, isHard {
      findings.note(
        "budget-zero", "\(what) is 0 and blocks everything billable in its scope",
        help: "leave the budget out if that is not meant", at: location)
    }
    if committed < .zero {
      findings.error(
        "budget-committed", "\(what) has the negative commitment \(committed)",
        help: "write the fees of a period as 0 or more", at: location)
    } else if limit > .zero, committed >= limit {
      findings.warning(
        "budget-committed", "\(what) is used up by its fees: \(committed) of \(limit)",
        help: "raise the limit or leave the fees out", at: location)
    }
    if !(1...12).contains(fiscalStart) {
      findings.error(
        "fiscal-start", "\(what) begins its year in month \(fiscalStart)",
        help: "write a month from 1 to 12", at: location)
    }
    if !(0...100).contains(reservePercent) {
      findings.error(
        "budget-reserve", "\(what) keeps \(reservePercent) % for critical events",
        help: "write a whole percentage from 0 to 100", at: location)
    }
    if alertPercents.contains(where: { !(1...1000).contains($0) })
      || zip(alertPercents, alertPercents.dropFirst()).contains(where: { $0 >= $1 })
    {
      findings.error(
        "budget-alerts", "\(what) has alerts that do not ascend between 1 and 1000 percent",
        help: "write for example alerts: [80, 90, 95, 100]", at: location)
    }
    if meters?.isEmpty == true {
      findings.error(
        "budget-meters", "\(what) names no meter", help: "leave 'meters' out for all of them",
        at: location)
    }
  }
}

extension Int64 {
  /// The difference, at the nearest end of the range when it does not fit.
  func saturatingSubtract(_ other: Int64) -> Int64 {
    let (difference, overflow) = subtractingReportingOverflow(other)
    return overflow ? (other < 0 ? .max : .min) : difference
  }
}
