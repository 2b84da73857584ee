public import GenOpsUnits

/// When money is worth a message, and to whom.
public struct AlertRules: Sendable, Hashable {
  /// Percent of the limit, by the period of the budgets that do not say it themselves.
  public var thresholds: [BudgetPeriod: [Int]]
  /// Recipients from the first to the last resort.
  public var escalation: [String]
  /// Seconds without an acknowledgement after which the next recipient is told.
  public var escalateAfter: Double
  /// Growth of cost from one week to the next, in percent, from which it is told.
  public var growthPercent: Int?
  public var anomaly: AnomalyRule?

  /// Budgets alert as they say themselves; nothing else is watched.
  public static let none = AlertRules()

  /// Thresholds and growth are percent, `escalateAfter` is in seconds.
  public init(
    thresholds: [BudgetPeriod: [Int]] = [:], escalation: [String] = [],
    escalateAfter: Double = 1800, growthPercent: Int? = nil, anomaly: AnomalyRule? = nil
  ) {
    self.thresholds = thresholds
    self.escalation = escalation
    self.escalateAfter = escalateAfter
    self.growthPercent = growthPercent
    self.anomaly = anomaly
  }
}

/// What a day's cost must be to count as out of the ordinary: more than the median of the days
/// before it by `deviations` robust standard deviations (1.4826 × the median absolute deviation,
/// which equals the standard deviation for normal data; F. R. Hampel, "The influence curve and its
/// role in robust estimation", 1974), and by a tenth of the median at least.
public struct AnomalyRule: Sendable, Hashable {
  /// How many days before are looked at; fewer than seven known ones say nothing.
  public var days: Int
  public var deviations: Double

  /// A day is compared with `days` before it; `deviations` are their standard deviations.
  public init(days: Int = 28, deviations: Double = 4) {
    self.days = days
    self.deviations = deviations
  }
}

extension GovernancePlan {
  /// The plan with the thresholds of ``AlertRules`` in those budgets that have none of their own.
  public var withAlertThresholds: GovernancePlan {
    var plan = self
    for index in plan.budgets.indices
    where plan.budgets[index].alertPercents == Budget.defaultAlertPercents {
      if let percents = alerting.thresholds[plan.budgets[index].period] {
        plan.budgets[index].alertPercents = percents
      }
    }
    return plan
  }
}
