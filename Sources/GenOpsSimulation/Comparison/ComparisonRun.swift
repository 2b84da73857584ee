import GenOpsCosting
import GenOpsNumerics
import GenOpsScenario
package import GenOpsUnits

/// Runs scenarios on the same futures and takes their differences.
package struct ComparisonRun {
  /// A scenario file with values put over it.
  package struct Source: Sendable {
    package var path: String
    package var settings: [String]
    package var label: String

    package init(path: String, settings: [String], label: String) {
      self.path = path
      self.settings = settings
      self.label = label
    }
  }

  private struct Part {
    var source: Source
    var tree: ScenarioSource
    var run: ScenarioRun
  }

  /// The first source decides on seed and number of futures where these are not given; `baseline` is the label of the
  /// choice that the others are held against, by itself the first scenario "as is".
  package static func run(
    _ sources: [Source], seed: UInt64?, paths: Int?, baseline: String?, jobs: Int,
    onProgress: @escaping @Sendable (Double) -> Void = { _ in }
  ) async throws(FindingsError) -> ScenarioComparison {
    var plans: [(tree: ScenarioSource, plan: Plan)] = []
    for source in sources {
      let first = plans.first?.plan.scenario
      let overrides = ScenarioReader.Overrides(
        seed: first?.seed ?? seed, paths: first?.paths ?? paths, settings: source.settings)
      plans.append(
        (
          try ScenarioSource.load(path: source.path, settings: source.settings),
          try ScenarioRun.plan(path: source.path, overrides: overrides)
        ))
    }
    try check(plans.map(\.plan), sources)
    var parts: [Part] = []
    for (index, (source, part)) in zip(sources, plans).enumerated() {
      let run = try await ScenarioRun.run(part.plan, jobs: jobs, keepsPaths: true) {
        onProgress((Double(index) + $0) / Double(sources.count))
      }
      parts.append(Part(source: source, tree: part.tree, run: run))
    }
    return try compare(parts, baseline)
  }

  /// Futures can be held against each other where they are of the same days, money and points.
  private static func check(_ plans: [Plan], _ sources: [Source]) throws(FindingsError) {
    guard let first = plans.first else { return }
    var findings = Findings()
    for (plan, source) in zip(plans, sources).dropFirst() {
      let (own, other) = (plan.period, first.period)
      if (own.first, own.last) != (other.first, other.last) {
        findings.error(
          "compare-period",
          "'\(source.label)' is of \(own.first) to \(own.last), '\(sources[0].label)' of \(other.first) to "
            + "\(other.last)", help: "write: period: \(other.first) to \(other.last)",
          at: own.location)
      }
      let (currency, base) = (plan.scenario.book.currency, first.scenario.book.currency)
      if currency != base {
        findings.error(
          "compare-currency",
          "'\(source.label)' is in \(currency), '\(sources[0].label)' in \(base)",
          help: "amounts are not converted: use price books of one currency",
          at: plan.scenario.location)
      }
      if plan.scenario.points != first.scenario.points {
        findings.error(
          "compare-points",
          "'\(source.label)' has points: \(plan.scenario.points.rawValue), '\(sources[0].label)' points: "
            + "\(first.scenario.points.rawValue), so their futures are not the same",
          help: "write the same under points: in both", at: plan.scenario.location)
      }
    }
    try findings.throwIfErrors()
  }

  private static func compare(_ parts: [Part], _ wanted: String?) throws(FindingsError)
    -> ScenarioComparison
  {
    var labels: [String] = []
    var places: [(side: Int, option: Int)] = []
    for (side, part) in parts.enumerated() {
      for (index, option) in part.run.result.options.enumerated() {
        let isAsIs = index == 0
        labels.append(
          parts.count == 1
            ? option.name
            : isAsIs ? part.source.label : "\(part.source.label): \(option.name)")
        places.append((side, index))
      }
    }
    var base = 0
    if let wanted {
      guard let index = labels.firstIndex(of: wanted) else {
        throw FindingsError(
          "unknown-choice", "there is no choice called '\(wanted)' to compare with",
          help: nearestName(to: wanted, among: labels).map { "did you mean '\($0)'?" }
            ?? "known: \(labels.joined(separator: ", "))")
      }
      base = index
    }
    func costs(_ choice: Int) -> [Double] {
      parts[places[choice].side].run.byPath[places[choice].option].costs
    }
    func paid(_ choice: Int) -> [Double] {
      parts[places[choice].side].run.byPath[places[choice].option].costsWithChange
    }
    func values(_ choice: Int) -> [Double] {
      parts[places[choice].side].run.byPath[places[choice].option].netPresentValues
    }
    func option(_ choice: Int) -> OptionResult {
      parts[places[choice].side].run.result.options[places[choice].option]
    }
    let baseCosts = costs(base)
    let choices = labels.indices.map { index -> ScenarioComparison.Choice in
      let own = costs(index)
      var choice = ScenarioComparison.Choice(
        label: labels[index], side: places[index].side, option: option(index),
        difference: ForecastDistribution(zip(own, baseCosts).map { $0 - $1 }),
        cheaper: share(own, below: baseCosts))
      if option(index).npv != nil, option(base).npv != nil {
        choice.npvDifference = ForecastDistribution(
          zip(values(index), values(base)).map { $0 - $1 })
      }
      choice.isBaseline = index == base
      return choice
    }
    var findings = Findings()
    for part in parts { findings.merge(part.run.result.findings) }
    return ScenarioComparison(
      sides: parts.enumerated().map { side($0, $1, parts[0]) }, choices: choices,
      lead: lead(choices, paid), findings: findings)
  }

  private static func share(_ costs: [Double], below others: [Double]) -> Double {
    // Less by a tenth of a cent: sums of doubles are not the same to the last digit.
    Double(zip(costs, others).count { $0 < $1 - 0.001 }) / Double(max(1, costs.count))
  }

  private static func side(_ index: Int, _ part: Part, _ first: Part) -> ScenarioComparison.Side {
    let result = part.run.result
    var bridge: [(label: String, amount: Double)] = []
    if index > 0 {
      let before = first.run.result
      let lines = before.costByMeter.map(\.label) + result.costByMeter.map(\.label)
      for label in lines where !bridge.contains(where: { $0.label == label }) {
        func cost(_ result: ScenarioResult) -> Double {
          result.costByMeter.filter { $0.label == label }.reduce(0) { $0 + $1.mean }
        }
        bridge.append((label, cost(result) - cost(before)))
      }
    }
    return ScenarioComparison.Side(
      label: part.source.label, path: part.source.path, result: result,
      changes: index == 0
        ? [] : NodeChange.between(first.tree.root, part.tree.root).map(\.text),
      bridge: bridge)
  }

  /// The cheapest of those that lose no more than the baseline, beside the next, each with its change paid.
  private static func lead(
    _ choices: [ScenarioComparison.Choice], _ paid: (Int) -> [Double]
  ) -> ScenarioComparison.Lead? {
    guard let base = choices.first(where: \.isBaseline) else { return nil }
    let ranked = choices.indices.filter {
      !choices[$0].option.lost.isMore(than: base.option.lost)
        && choices[$0].option.assumptions.isEmpty
    }.map { (index: $0, paid: paid($0)) }
      .sorted { ($0.paid.reduce(0, +), $0.index) < ($1.paid.reduce(0, +), $1.index) }
    guard ranked.count > 1 else { return nil }
    let (best, next) = (ranked[0].paid, ranked[1].paid)
    func costsToChange(_ place: Int) -> Bool {
      (choices[ranked[place].index].option.decision?.cost.mean ?? 0) > 0
    }
    return ScenarioComparison.Lead(
      best: choices[ranked[0].index].label, next: choices[ranked[1].index].label,
      paysForChange: costsToChange(0) || costsToChange(1),
      difference: ForecastDistribution(zip(next, best).map { $0 - $1 }),
      cheaper: share(best, below: next))
  }
}
