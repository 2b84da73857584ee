import Foundation
import GenOpsCosting
import GenOpsGovernance
import GenOpsHistory
import GenOpsMetering
import GenOpsNumerics
import GenOpsScenario
import GenOpsUnits

/// Turns the columns of a simulation into a ``ScenarioResult``.
package struct ResultBuilder {
  let plan: Plan
  let simulation: Simulation
  let months: [CalendarMonth]
  /// What the months cost beside usage, by option.
  let extras: [MonthlyExtras]

  package init(_ simulation: Simulation) {
    let plan = simulation.plan
    self.plan = plan
    self.simulation = simulation
    let months = plan.period.months
    self.months = months
    extras = plan.options.indices.map {
      MonthlyExtras(
        plan.options[$0], asIs: plan.options[0], months: months, slices: plan.slices,
        usage: simulation.tables[$0].usageBySlice, earlier: plan.earlier)
    }
  }

  /// The result, and the summaries by option that conditions look at.
  package func build(version: String) -> (result: ScenarioResult, summaries: [OptionSummary]) {
    let value = ValueDraws(simulation)
    let scenario = plan.scenario
    var findings = plan.findings
    if simulation.wasCut {
      findings.warning(
        "out-of-range", "a day's usage passed 10^12 in some futures and was cut there",
        help: "check the growth: 'genops plan' shows the levels")
    }
    for (option, table) in zip(plan.options, simulation.tables) where table.sums.unknownTier > 0 {
      let part = Double(table.sums.unknownTier) / Double(max(1, simulation.paths))
      findings.warning(
        "unknown-tier",
        "'\(option.name)' comes to a tier whose price \(option.prices.description) does not know "
          + "in \(Int64(rounding: (part * 100).rounded(.up))) of 100 futures; it costs at least what is shown",
        help: "use a book that knows the tier")
    }
    for (credit, mean) in extras[0].lapsed {
      let left = Money(nanos: Int64(rounding: mean * 1e9))
      let until = credit.expires.map { " on \($0)" } ?? ""
      findings.note(
        "credits-lapse",
        "\(credit.name) of \(credit.amount) \(scenario.book.currency) end\(until) with \(left) unused"
          + (simulation.paths > 1 ? ", in the mean of all futures" : ""),
        help: credit.mostPerPeriod.map { "they pay at most \($0) a month" }
          ?? "they pay what is billed until then, and nothing after it")
    }
    let doubt = doubt
    if let short = doubt?.shortHistory {
      findings.warning(
        "young-history",
        "\(short.text) \(short.days == 1 ? "does" : "do") not tell a year: no headline and no amount to "
          + "ask for rests on \(short.days == 1 ? "it" : "them")",
        help: "\(ShortHistory.fewest) days are the least; export more of them when there are more")
    }
    let summaries = plan.options.indices.map { summary($0, value, canAsk: doubt == nil) }
    let best = bestOption(summaries, value)
    let names = ["as is"] + plan.scenario.options.map(\.name)
    let expectations = plan.scenario.expectations.map { entry in
      let index = names.firstIndex(of: entry.option ?? "as is") ?? 0
      return entry.expression.judge(summaries[index], currency: plan.scenario.book.currency)
    }
    var result = ScenarioResult(
      name: scenario.name, currency: scenario.book.currency,
      provenance: Provenance(
        version: version, scenarioSHA256: scenario.sha256, priceBook: scenario.prices.description,
        priceBookSHA256: scenario.prices.sha256,
        priceBookAgeDays: scenario.prices.book(on: plan.period.start).age(on: plan.period.start),
        seed: scenario.seed,
        paths: simulation.paths, mathFingerprint: GenOpsNumerics.mathFingerprint,
        mode: scenario.grain.rawValue,
        points: scenario.points == .random ? nil : scenario.points.rawValue),
      months: monthResults(), quarters: quarters(),
      year: PeriodResult(
        label: months.count == 12 ? "Year" : "Total", start: plan.period.start,
        end: plan.period.end, cost: summaries[0].cost),
      yearLabel: months.count == 12 ? "Year" : "Total", costByMeter: costByMeter(),
      budgets: summaries[0].budgets.indices.map { budgetResult($0, summaries, best) },
      attribution: attributionResults(),
      options: optionResults(summaries, value, canAsk: doubt == nil),
      roi: summaries[0].roi, billCheck: BillChecker.check(plan),
      trackRecord: plan.trackRecord,
      expectations: expectations, findings: findings, fan: fan())
    result.faults = simulation.faults
    result.agreedTerms = extras[0].meanTerms
    result.doubt = doubt
    result.lossHasWorth = plan.scenario.value?.lostEventWorth != nil
    result.assumptions = assumptions()
    result.drivers = drivers(value)
    result.register = register(result.drivers)
    result.findings.merge(reviewFindings(result.register))
    result.bridge = bridge()
    result.actuals = ActualPeriods.of(plan)
    return (result, summaries)
  }

  /// What an option saves on average where everything that is assumed is at its lower end.
  func shownSaving(_ option: Int) -> Double {
    guard let base = simulation.shown[0], let changed = simulation.shown[option] else { return 0 }
    func mean(_ option: Int, _ table: PathTable) -> Double {
      let extra = MonthlyExtras(
        plan.options[option], asIs: plan.options[0], months: months, slices: plan.slices,
        usage: table.usageBySlice, earlier: plan.earlier)
      let paths = table.total.values.count
      return (0..<paths).reduce(0) {
        $0 + (Double(table.total[$1]) / 1e9 + extra.total($1)) / Double(max(1, paths))
      }
    }
    return mean(0, base) - mean(option, changed)
  }

  /// Currency units of the whole period by path, fees included.
  func totals(_ option: Int) -> [Double] {
    let total = simulation.tables[option].total.values
    let extra = extras[option]
    return total.enumerated().map {
      Double($1) / 1e9 + extra.total($0)
    }
  }

  /// Currency units by path then month, fees and terms included.
  func costsByMonth(_ option: Int) -> [[Double]] {
    let usage = simulation.tables[option].months
    let extra = extras[option]
    return (0..<simulation.paths).map { path in
      months.indices.map {
        Double(usage[path, $0]) / 1e9
          + extra[path, $0]
      }
    }
  }

  /// Of a number by path. On evenly spread points the paths are not an independent sample, and the
  /// error of their mean is another than sd/√n.
  func distribution(_ samples: [Double]) -> ForecastDistribution {
    var distribution = ForecastDistribution(samples)
    if plan.scenario.points != .random {
      distribution.standardError = plan.inputs.sampler.standardError(ofMean: samples)
    }
    return distribution
  }

  private func monthCosts(_ option: Int, _ month: Int) -> [Double] {
    let usage = simulation.tables[option].months
    let extra = extras[option]
    return (0..<simulation.paths).map {
      Double(usage[$0, month]) / 1e9
        + extra[$0, month]
    }
  }

  /// `canAsk` is false where no amount to ask for may rest on the history.
  private func summary(_ option: Int, _ value: ValueDraws, canAsk: Bool) -> OptionSummary {
    let table = simulation.tables[option]
    let base = totals(0)
    let cost = totals(option)
    let lost = lostData(option)
    let usage =
      option != 0
      ? []
      : table.meters.indices.map { slot -> (Meter, ForecastDistribution) in
        let samples = (0..<simulation.paths).map { path -> Double in
          months.indices.reduce(0) {
            $0 + Double(table.meterUnits[path, $1, slot])
          }
        }
        return (table.meters[slot], distribution(samples))
      }
    return OptionSummary(
      name: plan.options[option].name, cost: distribution(cost),
      months: months.indices.map { (months[$0], distribution(monthCosts(option, $0))) },
      saves: distribution(zip(base, cost).map { $0 - $1 }), lost: lost,
      budgets: plan.options[option].governance.budgets.indices.map {
        outlook(option, $0, canAsk: canAsk)
      },
      breachProbability: breachProbability(option), usage: usage,
      roi: value.valuation(
        option: option, bills: costsByMonth(option).flatMap { $0 }, lost: lostByMonth(option)))
  }

  /// The items that an option loses in each month, in the mean: as many as ``lostData(_:)`` has in all.
  func lostByMonth(_ option: Int) -> [Double] {
    simulation.tables[option].sums.lost.map {
      Double($0.refused + $0.sampled) / Double(max(1, simulation.paths))
    }
  }

  func lostData(_ option: Int) -> LostData {
    if let recorded = simulation.recorded[option] { return recorded.kinds.lost }
    let table = simulation.tables[option]
    let paths = Double(simulation.paths)
    var items = LostItems()
    for (index, usageClass) in plan.options[option].usageClasses.enumerated()
    where !usageClass.isCountedAsEvents {
      items.add(
        usageClass.eventClass, isCritical: usageClass.isCritical,
        Meter.allCases.first { usageClass.usage[$0] > 0 } ?? .events,
        offered: Double(table.sums.offered[index]) / paths,
        refused: Double(table.sums.refused[index]) / paths,
        sampled: Double(table.sums.sampled[index]) / paths)
    }
    return items.data
  }

  /// How often the first budget is passed; where budgets refuse, how often one of them does. Nil without a
  /// budget.
  private func breachProbability(_ option: Int) -> Double? {
    let governance = plan.options[option].governance
    let refusing = governance.budgets.indices.filter { governance.refuses(governance.budgets[$0]) }
    guard let first = governance.budgets.indices.first else { return nil }
    let looked = refusing.isEmpty ? [first] : refusing
    let table = simulation.tables[option]
    let passed = (0..<simulation.paths).count { path in
      looked.contains { table.firstBreach[path, $0] >= 0 }
    }
    return Double(passed) / Double(max(1, simulation.paths))
  }

  /// The option that loses no more than "as is", whose saving rests on no assumption, and which keeps its
  /// budgets most often.
  private func bestOption(_ summaries: [OptionSummary], _ value: ValueDraws) -> Int? {
    let nets = summaries.indices.map { summaries[$0].saves.mean - value.meanSpending($0).total }
    return summaries.indices.dropFirst().filter {
      !summaries[$0].lost.isMore(than: summaries[0].lost) && nets[$0] > 0
        && plan.options[$0].assumptions.isEmpty
    }
    .min {
      let a = summaries[$0].breachProbability ?? 0
      let b = summaries[$1].breachProbability ?? 0
      return (a, -nets[$0]) < (b, -nets[$1])
    }
  }
}
