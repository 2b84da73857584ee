package import GenOpsCosting
package import GenOpsMetering
import GenOpsScenario
package import GenOpsUnits

/// What a change of prices costs one scenario: the same futures under two books.
package struct ScenarioPriceDiff: Sendable {
  package var old: ScenarioResult
  package var new: ScenarioResult
  /// New minus old, path by path.
  package var difference: ForecastDistribution
  package var months: [(month: CalendarMonth, difference: ForecastDistribution)]
  /// What the mean month's usage costs at list prices, before all terms: exact money for one usage, where
  /// the rest is over futures.
  package var point: (usage: MeterTotals, old: Money, new: Money)?
  /// Those whose part changes, the largest change first.
  package var teams: [(attribution: Attribution, old: Double, new: Double)]
  package var findings: Findings

  /// Runs the scenario at `path` under `old`, then under `new`; its own prices and options play no
  /// part.
  package static func run(
    path: String, from old: PriceBook, to new: PriceBook, paths: Int?, jobs: Int
  ) async throws(FindingsError) -> ScenarioPriceDiff {
    if old.currency != new.currency {
      throw FindingsError(
        "two-currencies", "\(old.id) is in \(old.currency), \(new.id) in \(new.currency)",
        help: "nothing is converted; compare books of one currency")
    }
    let before = try await simulate(path, old, paths: paths, jobs: jobs)
    let after = try await simulate(path, new, paths: paths, jobs: jobs)
    let monthCount = before.result.months.count
    let months = before.result.months.indices.map {
      month -> (CalendarMonth, ForecastDistribution) in
      let change = before.costs.indices.map { after.costs[$0][month] - before.costs[$0][month] }
      return (before.result.months[month].month, ForecastDistribution(change))
    }
    let totals = before.costs.indices.map {
      after.costs[$0].reduce(0, +) - before.costs[$0].reduce(0, +)
    }
    // What the histories look like is for `genops run` to say.
    let findings = Findings(
      (before.result.findings.all + after.result.findings.all).filter { $0.severity != .note })
    return ScenarioPriceDiff(
      old: before.result, new: after.result, difference: ForecastDistribution(totals),
      months: months,
      point: point(before, after, months: monthCount),
      teams: teams(before.result, after.result), findings: findings)
  }

  private struct Side {
    var result: ScenarioResult
    /// By path then month, in currency units.
    var costs: [[Double]]
    var calculator: CostCalculator
  }

  private static func simulate(_ path: String, _ book: PriceBook, paths: Int?, jobs: Int)
    async throws(FindingsError) -> Side
  {
    var (scenario, findings) = ScenarioReader.read(
      path: path, overrides: .init(paths: paths, prices: PriceSchedule(book)))
    scenario?.options = []
    scenario?.expectations = []
    guard let scenario else { throw FindingsError(findings: findings) }
    let plan = try Planner.plan(scenario, .load(scenario), findings)
    let simulation = try await Simulation.run(
      plan, jobs: jobs, studiesFaults: false, onProgress: { _ in })
    let builder = ResultBuilder(simulation)
    let (result, _) = builder.build(version: ScenarioRun.version)
    findings.merge(result.findings)
    return Side(
      result: result, costs: builder.costsByMonth(0),
      calculator: CostCalculator(book: book, addOns: scenario.addOns))
  }

  private static func point(_ before: Side, _ after: Side, months: Int) -> (
    MeterTotals, Money, Money
  )? {
    guard months > 0 else { return nil }
    var usage = MeterTotals()
    for month in before.result.months {
      for (meter, units) in month.usage {
        usage.add(Int64(rounding: units.mean), of: meter)
      }
    }
    for meter in usage.used { usage[meter] /= Int64(months) }
    func listPrice(_ calculator: CostCalculator) -> Money? {
      var book = calculator.book
      book.terms = BillingTerms()
      return try? CostCalculator(book: book, addOns: calculator.addOns).bill(for: usage).total
    }
    guard let old = listPrice(before.calculator), let new = listPrice(after.calculator) else {
      return nil
    }
    return (usage, old, new)
  }

  private static func teams(_ before: ScenarioResult, _ after: ScenarioResult) -> [(
    Attribution, Double, Double
  )] {
    before.attribution.compactMap { old -> (Attribution, Double, Double)? in
      let new = after.attribution.first { $0.attribution == old.attribution }
      guard let new, new.cost.mean != old.cost.mean else { return nil }
      return (old.attribution, old.cost.mean, new.cost.mean)
    }
    .sorted { abs($0.2 - $0.1) > abs($1.2 - $1.1) }
  }
}
