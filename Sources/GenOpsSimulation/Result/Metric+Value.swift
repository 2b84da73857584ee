import GenOpsMetering
package import GenOpsScenario
import GenOpsUnits

extension Metric {
  /// Its value for one option: `quantile` of it where it has quantiles, for `argument` where it
  /// takes one; nil where the result does not know it.
  package func value(
    _ option: OptionSummary, _ quantile: Quantile = .mean, _ argument: String? = nil
  ) -> Double? {
    switch id {
    case .cost:
      guard let argument, argument != "year" else { return option.cost[quantile] }
      return option.months.first { $0.month.description == argument }?.cost[quantile]
    case .saves: return option.saves[quantile]
    case .breachProbability: return breachProbability(option, argument)
    case .overshoot: return option.budgets.first?.expectedOvershoot
    case .askFor: return option.budgets.first?.askFor
    case .lostEvents: return option.lost.total
    case .lostRefused: return option.lost.refused
    case .lostSampled: return option.lost.sampled
    case .lostCritical: return option.lost.critical
    case .lostShare:
      guard let argument else { return option.lost.share }
      return Meter(named: argument).map(option.lost.share(of:))
    case .usage:
      guard let argument, let meter = Meter(named: argument) else { return nil }
      return option.usage.first { $0.meter == meter }?.units[quantile]
    case .npv: return option.roi?.npv[quantile]
    case .roi: return (option.roi?.roi?[quantile]).map { $0 / 100 }
    case .payback: return option.roi?.paybackMonths[quantile]
    case .lossProbability: return option.roi?.probabilityOfLoss
    }
  }

  /// Of the first budget, or of any that refuses, of that of a period or name, or the largest of a month.
  private func breachProbability(_ option: OptionSummary, _ argument: String?) -> Double? {
    guard let argument else { return option.breachProbability }
    if let budget = option.budgets.first(where: {
      $0.period.rawValue == argument || $0.name == argument
    }) {
      return budget.breachProbability
    }
    guard let index = option.months.firstIndex(where: { $0.month.description == argument })
    else { return nil }
    return option.budgets.map { $0.overByMonth[index] }.max()
  }
}
