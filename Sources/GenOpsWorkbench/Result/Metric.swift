package import GenOpsMetering
package import GenOpsUnits

/// Everything a run knows of one option, from which reports and conditions are made.
package struct OptionSummary: Sendable {
  package var name: String
  package var cost: Distribution
  package var months: [(month: CalendarMonth, cost: Distribution)]
  package var saves: Distribution
  package var lost: LostData
  package var budgets: [BudgetOutlook]
  package var usage: [(meter: Meter, units: Distribution)]
  package var roi: ReturnOnInvestment?

  /// How one budget fares under the option.
  package struct BudgetOutlook: Sendable {
    package var name: String
    package var period: BudgetPeriod
    package var breachProbability: Double
    package var firstBreach: (p10: CalendarDay, p50: CalendarDay, p90: CalendarDay)?
    package var expectedOvershoot: Double
    package var askFor: Double
    /// By month of the horizon: the part of paths with a breach in it.
    package var breachByMonth: [Double]
  }
}

/// A number a condition can name.
package struct Metric: Sendable {
  package enum Unit: Sendable, Equatable {
    case money, percent, count, months

    /// The unit as a condition writes it.
    func text(_ currency: String) -> String? {
      switch self {
      case .money: currency
      case .percent: "%"
      case .count: nil
      case .months: "months"
      }
    }

    package func describe(_ value: Double, _ currency: String) -> String {
      switch self {
      case .money:
        (Money(approximately: value)?.text(decimals: abs(value) < 100 ? 2 : 0, grouping: true)
          ?? "\(value)") + " \(currency)"
      case .percent: "\((value * 1000).rounded() / 10) %"
      case .count: groupedDigits(String(Int64(max(-9e17, min(9e17, value.rounded())))))
      case .months: "\((value * 10).rounded() / 10) months"
      }
    }
  }

  /// As written, without quantile.
  package var name: String
  package var unit: Unit
  package var hasQuantiles: Bool
  /// What the argument in brackets means; nil when there is none.
  package var argument: String?
  package var summary: String
  package var value: @Sendable (OptionSummary, _ quantile: String, _ argument: String?) -> Double?

  /// A condition with it.
  package func example(_ currency: String) -> String {
    let subject = name + (hasQuantiles ? ".p90" : "") + (argument.map { "(\($0))" } ?? "")
    return switch unit {
    case .money: "\(subject) < 70000 \(currency)"
    case .percent: "\(subject) <= 5%"
    case .count: "\(subject) == 0"
    case .months: "\(subject) < 12 months"
    }
  }

  /// The metric and quantile of `cost.p95` or `lost.critical`.
  static func find(_ name: String, at location: SourceLocation?, _ findings: inout Findings) -> (
    Metric, String?
  )? {
    if let metric = all.first(where: { $0.name == name }) {
      return (metric, metric.hasQuantiles ? "mean" : nil)
    }
    if let dot = name.lastIndex(of: ".") {
      let quantile = String(name[name.index(after: dot)...])
      if let metric = all.first(where: { $0.name == name[..<dot] }), metric.hasQuantiles,
        Distribution.names.contains(quantile)
      {
        return (metric, quantile)
      }
    }
    let names = all.flatMap { metric in
      metric.hasQuantiles
        ? [metric.name] + ["p10", "p50", "p90", "p95"].map { metric.name + "." + $0 }
        : [metric.name]
    }
    let near = nearestName(to: name, among: names)
    findings.error(
      "unknown-metric", "there is no metric '\(name)'",
      help: near.map { "did you mean '\($0)'?" }
        ?? "'genops run SCENARIO --metrics' lists them all", at: location)
    return nil
  }

  /// The list; a metric is one entry.
  package static let all: [Metric] = [
    Metric(
      name: "cost", unit: .money, hasQuantiles: true, argument: "2027-11",
      summary: "the bill of the whole period, or of one month"
    ) { option, quantile, argument in
      guard let argument, argument != "year" else { return option.cost[quantile] }
      return option.months.first { $0.month.description == argument }?.cost[quantile]
    },
    Metric(
      name: "saves", unit: .money, hasQuantiles: true,
      summary: "what the option saves against as is, path by path"
    ) { option, quantile, _ in option.saves[quantile] },
    Metric(
      name: "breach.probability", unit: .percent, hasQuantiles: false, argument: "year",
      summary: "the part of futures that pass the budget of that period, name, or in that month"
    ) { option, _, argument in
      guard let argument else { return option.budgets.first?.breachProbability }
      if let budget = option.budgets.first(where: {
        $0.period.rawValue == argument || $0.name == argument
      }) {
        return budget.breachProbability
      }
      guard let index = option.months.firstIndex(where: { $0.month.description == argument })
      else { return nil }
      return option.budgets.map { $0.breachByMonth[index] }.max()
    },
    Metric(
      name: "overshoot", unit: .money, hasQuantiles: false,
      summary: "offered spend beyond the first budget, in the futures that breach it"
    ) { option, _, _ in option.budgets.first?.expectedOvershoot },
    Metric(
      name: "ask_for", unit: .money, hasQuantiles: false,
      summary: "the budget that is kept in 8 of 10 futures"
    ) { option, _, _ in option.budgets.first?.askFor },
    Metric(
      name: "lost.events", unit: .count, hasQuantiles: false,
      summary: "refused and sampled units, mean"
    ) { option, _, _ in option.lost.total },
    Metric(
      name: "lost.refused", unit: .count, hasQuantiles: false, summary: "refused units, mean"
    ) { option, _, _ in option.lost.refused },
    Metric(
      name: "lost.sampled", unit: .count, hasQuantiles: false, summary: "sampled-out units, mean"
    ) { option, _, _ in option.lost.sampled },
    Metric(
      name: "lost.critical", unit: .count, hasQuantiles: false,
      summary: "lost units of critical classes, mean"
    ) { option, _, _ in option.lost.critical },
    Metric(
      name: "lost.share", unit: .percent, hasQuantiles: false,
      summary: "lost units as a part of all offered"
    ) { option, _, _ in option.lost.share },
    Metric(
      name: "usage", unit: .count, hasQuantiles: true, argument: "events",
      summary: "units of a meter over the whole period"
    ) { option, quantile, argument in
      guard let argument, let meter = Meter(named: argument) else { return nil }
      return option.usage.first { $0.meter == meter }?.units[quantile]
    },
    Metric(
      name: "npv", unit: .money, hasQuantiles: true, summary: "net present value"
    ) { option, quantile, _ in option.roi?.npv[quantile] },
    Metric(
      name: "roi", unit: .percent, hasQuantiles: true,
      summary: "(benefits − costs) / costs, at present value"
    ) { option, quantile, _ in option.roi?.roi[quantile].map { $0 / 100 } },
    Metric(
      name: "payback", unit: .months, hasQuantiles: true,
      summary: "months until cumulative value is not negative"
    ) { option, quantile, _ in option.roi?.paybackMonths?[quantile] },
    Metric(
      name: "loss.probability", unit: .percent, hasQuantiles: false,
      summary: "the part of futures with a negative net present value"
    ) { option, _, _ in option.roi?.probabilityOfLoss },
  ]
}
