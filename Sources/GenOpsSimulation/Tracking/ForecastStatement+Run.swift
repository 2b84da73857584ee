import GenOpsMetering
import GenOpsScenario
package import GenOpsUnits

extension ForecastStatement {
  /// What a run says of those of its months of which a day is forecast, of `months` alone where they are
  /// given.
  package static func all(
    _ run: ScenarioRun, said: Timestamp, of months: Set<CalendarMonth>? = nil
  ) -> [ForecastStatement] {
    let agreed = AgreedPrices(run.plan).id
    return run.result.months.compactMap { month in
      guard month.month.lastDay >= run.plan.forecastStart,
        months?.contains(month.month) ?? true
      else { return nil }
      return ForecastStatement(
        said: said, name: run.result.name, scenario: run.result.provenance.scenarioSHA256,
        version: run.result.provenance.version, asOf: run.plan.forecastStart, month: month.month,
        currency: run.result.currency, prices: agreed, cost: Range(month.cost),
        usage: month.usage.map { Usage($0.meter, Range($0.units)) }
          .sorted { $0.meter.index < $1.meter.index })
    }
  }
}
