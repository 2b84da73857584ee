import GenOpsGovernance
import GenOpsNumerics
import GenOpsScenario
import GenOpsUnits

/// How budgets fare, and what each option comes to beside the others.
extension ResultBuilder {
  /// `canAsk` is false where no amount to ask for may rest on the history.
  func outlook(_ option: Int, _ budget: Int, canAsk: Bool) -> OptionSummary.BudgetOutlook {
    let table = simulation.tables[option]
    let paths = 0..<simulation.paths
    let breaches = paths.map { table.firstBreach[$0, budget] }.filter { $0 >= 0 }
    let days = breaches.map(Double.init).ascending()
    let over = paths.map { Double(table.overshoot[$0, budget]) / 1e9 }.filter { $0 > 0 }
    let offered = paths.map { Double(table.largestOffered[$0, budget]) / 1e9 }.ascending()
    func day(_ p: Double) -> CalendarDay {
      // Each is a day of the period, and so is what lies between them.
      plan.period.start.advanced(by: Int(Statistics.quantile(ofSorted: days, at: p).rounded()))
    }
    let rule = plan.options[option].governance.budgets[budget]
    return OptionSummary.BudgetOutlook(
      name: rule.name, period: rule.period,
      refuses: plan.options[option].governance.refuses(rule),
      breachProbability: Double(breaches.count) / Double(max(1, simulation.paths)),
      firstBreach: days.isEmpty ? nil : (day(0.1), day(0.5), day(0.9)),
      expectedOvershoot: over.isEmpty ? 0 : over.reduce(0, +) / Double(over.count),
      askFor: canAsk ? Statistics.quantile(ofSorted: offered, at: 0.8) : nil,
      overByMonth: months.indices.map {
        Double(table.sums.overInMonth[budget * months.count + $0]) / Double(simulation.paths)
      },
      wasOverByMonth: months.indices.map {
        Double(table.sums.wasOverInMonth[budget * months.count + $0]) / Double(simulation.paths)
      })
  }

  /// `best` is the position of the recommended option.
  func budgetResult(_ budget: Int, _ summaries: [OptionSummary], _ best: Int?)
    -> BudgetResult
  {
    let outlook = summaries[0].budgets[budget]
    let rule = plan.options[0].governance.budgets[budget]
    let option = best.flatMap { index -> (String, Double)? in
      guard summaries[index].budgets.indices.contains(budget) else { return nil }
      return summaries[index].budgets[budget].askFor.map { (summaries[index].name, $0) }
    }
    var result = BudgetResult(
      name: rule.name, limit: rule.limit, period: rule.period, refuses: outlook.refuses,
      breachProbability: outlook.breachProbability, firstBreach: outlook.firstBreach,
      expectedOvershoot: outlook.expectedOvershoot, askFor: outlook.askFor,
      askForWithOption: option)
    result.wasOver = outlook.wasOverByMonth.max() ?? 0
    return result
  }

  /// The months in which something can be refused: what has passed stays as it is, unless recorded events are
  /// decided on anew.
  private var monthsAhead: Int {
    if plan.recording != nil { return months.count }
    let ahead = plan.period.start.advanced(by: plan.actualDays)
    return months.count { $0.lastDay >= ahead }
  }

  /// Every option beside "as is", which is the first.
  func optionResults(_ summaries: [OptionSummary], _ value: ValueDraws, canAsk: Bool)
    -> [OptionResult]
  {
    let base = costsByMonth(0).flatMap { $0 }
    return summaries.indices.map { index in
      let summary = summaries[index]
      let sums = simulation.tables[index].sums
      let outcome = LeverOutcome(
        anonymised: Double(sums.anonymised) / Double(simulation.paths),
        darkDaysPerMonth: Double(sums.darkDays) / 1e6 / Double(simulation.paths)
          / Double(max(1, monthsAhead)), lost: summary.lost,
        alsoRefusing: plan.options[index].alsoRefusing(beside: plan.options[0]))
      // What "as is" loses already is lost under every option that is held against it.
      let losesUnvalued =
        summary.lost.total > summaries[0].lost.total && plan.scenario.value?.lostEventWorth == nil
      let sorted = totals(index).ascending()
      var result = OptionResult(
        name: summary.name, cost: summary.cost, saves: summary.saves,
        breachProbability: summary.breachProbability,
        refuses: summary.budgets.contains(where: \.refuses),
        assumptions: plan.options[index].assumptions, shownSaving: shownSaving(index),
        lost: summary.lost,
        sideEffects: plan.levers[index].compactMap { $0.sideEffect(outcome) },
        npv: losesUnvalued ? nil : summary.roi?.npv,
        askFor: canAsk ? Statistics.quantile(ofSorted: sorted, at: 0.8) : nil)
      result.decision = value.decision(
        index, base: base, bills: index == 0 ? base : costsByMonth(index).flatMap { $0 },
        lost: zip(lostByMonth(index), lostByMonth(0)).map { $0 - $1 })
      result.wasOver = summary.budgets.compactMap { $0.wasOverByMonth.max() }.max() ?? 0
      return result
    }
  }
}
