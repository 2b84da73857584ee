import Foundation
package import GenOpsForecasting
import GenOpsHistory
import GenOpsMetering
package import GenOpsNumerics
import GenOpsUnits

/// What a fit found besides the model itself.
struct FittedGrowth {
  /// Which estimates move together.
  var pairs: [Correlations.Pair]
}

/// The growth of a plan: given, or fitted to the history.
extension Planner {
  mutating func addGrowth() {
    for entry in scenario.growth {
      growthTargets.append((entry.target, growth.count))
      var model = entry.model
      if let request = entry.fit, let found = fit(request, entry) { model = found }
      growth.append(PlanGrowth(name: "growth.\(entry.target.name)", model: model))
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
      fitted.append(FittedGrowth(pairs: pairs(fit, entry)))
      return fit.model
    } catch {
      findings.error(
        "fit-failed",
        "\(entry.text) cannot be fitted to the history of \(entry.target.name): \(error)",
        help: "give what you know of its parameters, or another model", at: entry.location)
      return nil
    }
  }

  /// The usage by day that a target stands for, over all projects; nil without history.
  private func series(of target: Scenario.Target) -> DailySeries? {
    let chosen = history.series.filter { series in
      switch target {
      case .meter(let meter): series.meter == meter
      case .flagServers: false
      case .stream(let name):
        (series.project.map { $0 + "/" } ?? "") + series.meter.id == name
      }
    }
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
    return DailySeries(start: start, values: values)
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

/// A growth that the history decides: `fit: history`.
package struct GrowthFitRequest: Sendable {
  package var kind: any FittableGrowth.Type
  /// What the user knows of its parameters; a constant is taken as given.
  package var prior: [String: UncertainValue]
}

extension ScenarioReader {
  /// The request under `fit: history`, with the other keys as what is known before.
  mutating func readFit(_ entry: Node.Entry) -> GrowthFitRequest? {
    let known = GrowthModels.registry.entries.filter { $0.kind is any FittableGrowth.Type }
      .map(\.name)
    let help = "known: \(known.joined(separator: ", "))"
    guard let fit = entry.value["fit"], fit.text == "history" else {
      findings.error(
        "unknown-kind", "a growth is fitted to the history", help: "write: fit: history",
        at: entry.value["fit"]?.location)
      return nil
    }
    guard let model = entry.value["model"] else {
      findings.error(
        "missing-key", "a fit needs its model", help: "add: model: logistic   (\(help))",
        at: entry.value.location)
      return nil
    }
    guard
      let kind = GrowthModels.registry.find(model.text ?? "", at: model.location, &findings)
    else { return nil }
    guard let fittable = kind as? any FittableGrowth.Type else {
      findings.error(
        "not-fittable", "\(kind.name) growth is not found in a history", help: help,
        at: model.location)
      return nil
    }
    let given = entry.value.mapping?.filter { $0.key != "model" && $0.key != "fit" } ?? []
    guard let prior = prior(given, kind, at: entry.value.location) else { return nil }
    return GrowthFitRequest(kind: fittable, prior: prior)
  }

  /// The parameters that are given, read by the kind itself: what is not given is filled in from
  /// its example and left out again.
  private mutating func prior(
    _ given: [Node.Entry], _ kind: any GrowthModel.Type, at location: SourceLocation
  ) -> [String: UncertainValue]? {
    if given.isEmpty { return [:] }
    guard let example = try? YAMLReader.parse(Data(kind.example.utf8), file: location.file)
    else { return nil }
    var entries = example.mapping ?? []
    entries.removeAll { entry in given.contains { $0.key == entry.key } }
    var own = Findings()
    let model = kind.decode(Node(.mapping(entries + given), at: location), &own)
    findings.merge(own)
    guard let model, !own.hasErrors else { return nil }
    var prior: [String: UncertainValue] = [:]
    for entry in given {
      if let parameter = model.parameters.first(where: { $0.name == entry.key }) {
        prior[entry.key] = parameter.distribution
      } else {
        findings.error(
          "unknown-key", "'\(entry.key)' is nothing that a fit finds",
          help: "can be given: \(model.parameters.map(\.name).joined(separator: ", "))",
          at: entry.keyLocation)
      }
    }
    return prior
  }
}
