import GenOpsScenario
import GenOpsSimulation
import GenOpsUnits

/// The pictures of an optimization.
struct OptimizeCharts {
  let result: OptimizeResult

  init(_ result: OptimizeResult) { self.result = result }

  /// The range of cost of each policy of the front, and what it loses.
  var front: ReportChart {
    var policies = result.front
    for policy in [result.best, result.asIs]
    where !policies.contains(where: { $0.choices == policy.choices }) {
      policies.insert(policy, at: 0)
    }
    let rows = policies.map { policy -> ReportChart.Ranges.Row in
      let lost = policy.summary.lost
      let isBad = lost.total > 0 && lost.critical > 0
      let text = lost.total > 0 ? "loses \(lost.things)" : "loses nothing"
      return .init(
        label: (policy.choices == result.best.choices ? "* " : "") + result.label(policy),
        cost: .init(policy.summary.cost), note: isBad ? "! \(text)" : text, isBad: isBad)
    }
    let description = rows.map {
      "\($0.label): \(NumberText.money($0.cost.expected)) expected, \($0.note)."
    }
    return .ranges(
      .init(
        caption: .init(
          id: "front", title: "Cost of each policy of the front, and what it loses",
          description: description.joined(separator: " "),
          legend: [
            .init(mark: .optionRange, label: "8 of 10 futures"),
            .init(mark: .optionDot, label: "expected"),
          ], unit: result.currency), rows: rows, budget: nil))
  }

  /// In how many of 100 futures the budget has been passed, by day.
  var clock: ReportChart {
    guard let clock = result.clock, clock.asIs.breaches.contains(where: { $0 > 0 }) else {
      return .fan(
        .init(
          caption: .init(id: "clock", title: "", description: "", legend: [], unit: ""),
          start: result.provenance.paths > 0 ? (result.clock?.start ?? Self.anyDay) : Self.anyDay,
          actualDays: 0, days: [], ends: []))
    }
    let asIs = running(clock.asIs)
    var fan = ReportChart.Fan(
      caption: .init(
        id: "clock", title: "In how many of 100 futures the budget has been passed",
        description: OptimizeSentences(result).clock.joined(separator: " "),
        legend: [.init(mark: .expected, label: "as is")], unit: "%"),
      start: clock.start, actualDays: clock.actualDays,
      days: asIs.map { .init(low: $0, expected: $0, high: $0) }, ends: [.expected, .option])
    if result.best.changes > 0 {
      fan.option = running(clock.policy)
      fan.caption.legend.append(.init(mark: .option, label: "with the policy"))
    }
    fan.top = 100
    return .fan(fan)
  }

  /// The start of an empty picture, which is not drawn.
  private static let anyDay = CalendarDay(number: 0)

  private func running(_ hand: BreachClock.Hand) -> [Double] {
    var sum = 0
    return hand.breaches.map { count in
      sum += count
      return 100 * Double(sum) / Double(max(1, hand.paths))
    }
  }
}
