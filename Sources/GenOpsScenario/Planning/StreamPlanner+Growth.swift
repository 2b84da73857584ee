import Foundation
import GenOpsForecasting
import GenOpsHistory
import GenOpsMetering
import GenOpsNumerics
import GenOpsUnits

/// The growth of a plan: given, or fitted to the history.
extension StreamPlanner {
  mutating func addGrowth() {
    for entry in scenario.growth {
      var model = entry.model
      if let request = entry.fit, let found = fit(request, entry) { model = found }
      let id = planned.growth.add(PlanGrowth(name: "growth.\(entry.target.name)", model: model))
      growthTargets.append((entry.target, id))
    }
  }

  private mutating func fit(_ request: GrowthFitRequest, _ entry: Scenario.GrowthEntry)
    -> (any GrowthModel)?
  {
    guard let series = series(of: entry.target) else {
      findings.error(
        "no-history", "there is no history of \(entry.target.name) to fit \(entry.text) to",
        help: "add: history: usage.csv, or give the parameters instead of 'fit: history'",
        at: entry.location)
      return nil
    }
    let meters = Set(self.chosen(by: entry.target).map(\.meter))
    if meters.count > 1, let meter = Meter.allCases.first(where: meters.contains) {
      findings.error(
        "fit-of-several", "\(entry.target.name) has several meters, and a fit is to one",
        help: "name one of them: \(entry.target.name)/\(meter.id)", at: entry.location)
      return nil
    }
    return fit(request.kind, series, request.prior, entry)
  }

  private mutating func fit<Model: FittableGrowth>(
    _ kind: Model.Type, _ series: DailySeries, _ prior: [String: UncertainValue],
    _ entry: Scenario.GrowthEntry
  ) -> (any GrowthModel)? {
    do throws(NumericalError) {
      let fit = try Model.fit(series, prior: prior)
      let names = fit.estimates.map(\.name)
      for name in prior.keys.sorted() where !names.contains(name) {
        findings.error(
          "unknown-key", "a fit of \(entry.text) does not find '\(name)'",
          help: "can be given: \(names.joined(separator: ", "))", at: entry.location)
      }
      note(fit.estimates, days: series.values.count, entry)
      planned.fittedPairs += pairs(fit, entry)
      return fit.model
    } catch {
      findings.error(
        "fit-failed",
        "\(entry.text) cannot be fitted to the history of \(entry.target.name), because \(error.meaning)",
        help: "give what you know of its parameters, or another model", at: entry.location)
      return nil
    }
  }

  /// The series of the history that a target stands for.
  private func chosen(by target: Scenario.Target) -> [UsageSeries] {
    history.usage.series.filter { series in
      target.matches(meter: series.meter, name: name(of: series), isPoll: false)
    }
  }

  /// The usage by day that a target stands for, over all projects; nil without history.
  private func series(of target: Scenario.Target) -> DailySeries? {
    let chosen = chosen(by: target)
    guard let start = chosen.map(\.start).min(), let end = chosen.map(\.end).max() else {
      return nil
    }
    let days = start.distance(to: end)
    let values = (0..<days).map { day -> Double in
      // A day on which one project is unknown is unknown as a whole.
      chosen.reduce(0) { sum, series in
        let index = series.start.distance(to: start.advanced(by: day))
        return sum + (series.values.indices.contains(index) ? series.values[index] : 0)
      }
    }
    return DailySeries(start: start, values: values, dates: scenario.specialDates)
  }

  private mutating func note(
    _ estimates: [ParameterEstimate], days: Int, _ entry: Scenario.GrowthEntry
  ) {
    func shown(_ value: Double) -> String { String(format: "%.3g", value) }
    let parts = estimates.map { estimate -> String in
      if estimate.standardError == 0 { return "\(estimate.name) \(shown(estimate.value)) (given)" }
      let interval = estimate.interval(0.9)
      return
        "\(estimate.name) \(shown(estimate.value)) (\(shown(interval.low)) to \(shown(interval.high)))"
    }
    findings.note(
      "fitted",
      "\(entry.text) fitted to \(days) days of \(entry.target.name), with 90 % intervals: "
        + parts.joined(separator: ", "), at: entry.location)
  }

  private func pairs<Model>(_ fit: GrowthFit<Model>, _ entry: Scenario.GrowthEntry)
    -> [Correlations.Pair]
  {
    let name = "growth.\(entry.target.name)"
    var pairs: [Correlations.Pair] = []
    for (i, first) in fit.estimates.enumerated() where first.standardError > 0 {
      for (j, second) in fit.estimates.enumerated() where j > i && second.standardError > 0 {
        let rank = fit.rankCorrelations[i][j]
        guard rank != 0, rank.isFinite else { continue }
        pairs.append(
          .init("\(name).\(first.name)", "\(name).\(second.name)", rank, at: entry.location))
      }
    }
    return pairs
  }
}
