import GenOpsScenario
import GenOpsSimulation
import GenOpsUnits

/// The tables of an optimization.
struct OptimizeTables {
  let result: OptimizeResult

  init(_ result: OptimizeResult) { self.result = result }

  private var hasBudget: Bool { result.asIs.summary.breachProbability != nil }
  private var hasValue: Bool { result.objective.measure == .npv }

  /// The policies of the front with "as is", the runner-up and the chosen one, the dearest first.
  private var shown: [PolicyEvaluation] {
    var all = result.front
    for policy in [result.asIs, result.best]
      + [result.runnerUp, result.assumedBest].compactMap({ $0 })
    where !all.contains(where: { $0.choices == policy.choices }) {
      all.append(policy)
    }
    return all.sorted {
      ($1.shownCost, $0.changes, $0.summary.lost.total)
        < ($0.shownCost, $1.changes, $1.summary.lost.total)
    }
  }

  private func mark(_ policy: PolicyEvaluation) -> ReportTable.Cell {
    if policy.choices == result.best.choices { return .init("*", .good, value: "best") }
    if policy.choices == result.runnerUp?.choices { return .init("2", value: "runner-up") }
    return .init("", value: "")
  }

  private func marked(_ cell: ReportTable.Cell, _ policy: PolicyEvaluation) -> ReportTable.Cell {
    guard !policy.assumptions.isEmpty, cell.text != "-" else { return cell }
    var cell = cell
    cell.text = "~" + cell.text
    return cell
  }

  /// Cost against loss.
  var front: ReportTable { front(isShort: false) }

  /// The same; in short, policies go by what they do besides the best.
  func front(isShort: Bool) -> ReportTable {
    let policies = shown
    let costs = MoneyColumn(alternatives: policies.map(\.summary.cost.mean))
    let asIs = costs.text(result.asIs.summary.cost.mean)
    var columns: [ReportTable.Column] = [
      .init("", key: "mark"), .init(result.yearLabel, .right, key: "cost"), .init("Saves", .right),
    ]
    if hasBudget { columns.append(.init("Over", .right)) }
    if hasValue { columns.append(.init("NPV", .right)) }
    columns += [
      .init("Lost", .right), .init("critical", .right), .init("Policy", shrinksTo: 12),
    ]
    let rows = policies.map { policy -> [ReportTable.Cell] in
      let cost = costs.text(policy.summary.cost.mean)
      var cells: [ReportTable.Cell] = [
        mark(policy),
        marked(.init(cost, value: ReportTable.number(policy.summary.cost.mean)), policy),
        saves(policy, isAsIs: cost == asIs && policy.changes == 0, costs),
      ]
      if hasBudget { cells.append(over(policy)) }
      if hasValue { cells.append(.init(money: policy.objective)) }
      let lost = policy.summary.lost
      return cells + [
        .init(lost.shortText, value: ReportTable.number(lost.total)),
        .init(
          lost.criticalText, lost.critical > 0 ? .bad : .plain,
          value: ReportTable.number(lost.critical)),
        .init(
          isShort ? result.shortLabel(policy) : result.label(policy),
          policy.choices == result.best.choices ? .strong : .plain, value: result.label(policy)),
      ]
    }
    var notes = ["* the best policy" + (result.runnerUp == nil ? "" : ", 2 the runner-up")]
    if policies.contains(where: { !$0.assumptions.isEmpty }) {
      notes.append("~ rests on what is assumed")
    }
    var table = ReportTable("", columns, rows, note: notes.joined(separator: "; ") + ".")
    table.pinned = policies.firstIndex { $0.choices == result.best.choices }
    table.noun = "policies"
    return table
  }

  private func saves(_ policy: PolicyEvaluation, isAsIs: Bool, _ costs: MoneyColumn)
    -> ReportTable.Cell
  {
    if isAsIs { return .init("-", value: "0") }
    let mean = policy.summary.saves.mean
    let text =
      policy.assumptions.isEmpty
      ? costs.text(mean) : "\(costs.text(min(policy.shownSaving, mean))) to \(costs.text(mean))"
    return .init(text, value: ReportTable.number(mean))
  }

  private func over(_ policy: PolicyEvaluation) -> ReportTable.Cell {
    marked(.init(percent: policy.summary.breachProbability), policy)
  }

  /// What else each policy changes.
  var effects: ReportTable {
    ReportTable(
      "What else they change",
      [
        .init("Policy"), .init("Also"), .init("Assumed"), .init("Low", .right),
        .init("High", .right),
        .init("Conditions"),
      ],
      shown.map { policy in
        let missed = policy.checks.filter { !$0.passed }
        return [
          .init(result.label(policy)),
          .init(policy.sideEffects.isEmpty ? "-" : policy.sideEffects.joined(separator: ", ")),
          .init(policy.assumptions.isEmpty ? "-" : policy.assumptions.joined(separator: "; ")),
          .init(money: policy.summary.cost.p10), .init(money: policy.summary.cost.p90),
          missed.isEmpty
            ? "hold"
            : .init(
              "missed: "
                + missed.map { "\($0.expression), it is \($0.value)" }.joined(separator: "; "),
              .bad),
        ]
      })
  }

  /// What each variable was decided to be, and what changes when it alone is put back.
  var decided: ReportTable {
    var columns: [ReportTable.Column] = [
      .init("Decided", key: "variable", shrinksTo: 12), .init("Choices", shrinksTo: 16),
      .init("Chosen", shrinksTo: 10), .init("put back: cost", .right, key: "put back cost"),
      .init("lost", .right, key: "put back lost"),
    ]
    if hasBudget { columns.append(.init("over", .right, key: "put back over")) }
    let best = result.best.summary
    let rows = result.variables.enumerated().map { index, variable -> [ReportTable.Cell] in
      let choice = variable.choices[result.best.choices[index]]
      var cells: [ReportTable.Cell] = [
        .init(variable.place), .init(variable.choices.map(\.text).joined(separator: ", ")),
        .init(choice.text, choice.value == nil ? .plain : .strong),
      ]
      guard let back = result.putBack.first(where: { $0.variable == index })?.policy else {
        return cells + ["-", "-"] + (hasBudget ? ["-"] : [])
      }
      let cost = back.summary.cost.mean - best.cost.mean
      let lost = back.summary.lost.total - best.lost.total
      cells += [
        marked(.init(signed(cost, NumberText.money), value: ReportTable.number(cost)), back),
        .init(signed(lost, NumberText.count), value: ReportTable.number(lost)),
      ]
      if hasBudget { cells.append(over(back)) }
      return cells
    }
    return ReportTable("", columns, rows)
  }

  private func signed(_ value: Double, _ text: (Double) -> String) -> String {
    (value > 0 ? "+" : "") + text(value)
  }

  /// What had to hold, and what it is.
  var conditions: ReportTable {
    ReportTable(
      "", [.init("Condition"), .init("As is", .right), .init("Policy", .right), .init("Holds")],
      zip(result.best.checks, result.asIs.checks).map { check, before in
        [
          .init(check.expression), .init(before.value), .init(check.value),
          check.passed ? .init("yes", .good) : .init("no", .bad),
        ]
      })
  }

  // MARK: The breach clock

  /// By month: how often the budget has been passed by its end, and how often in it where it was not before.
  var clock: ReportTable {
    guard let clock = result.clock else { return ReportTable("", [], []) }
    let rows = result.months.enumerated().map { index, month -> [ReportTable.Cell] in
      let days = clock.days(of: month)
      return [.init(DateText.row(month, isFirst: index == 0), value: month.description)]
        + cells(clock, days, month.lastDay)
    }
    return ReportTable("", columns("Month"), rows)
  }

  /// By day, where something is passed.
  var days: ReportTable {
    guard let clock = result.clock else { return ReportTable("", [], []) }
    let rows = clock.asIs.breaches.indices.filter {
      clock.asIs.breaches[$0] > 0 || clock.policy.breaches[$0] > 0
    }.map { day -> [ReportTable.Cell] in
      let date = clock.start.advanced(by: day)
      return [.init("\(date)")] + cells(clock, day..<day + 1, date)
    }
    return ReportTable("Breach clock by day", columns("Day"), rows)
  }

  private func columns(_ first: String) -> [ReportTable.Column] {
    let hands = result.best.changes > 0 ? ["As is", "Policy"] : ["As is"]
    return [.init(first)]
      + hands.flatMap { hand -> [ReportTable.Column] in
        [
          .init("\(hand): over by then", .right, key: "\(hand) over by then"),
          .init("in it, if not before", .right, key: "\(hand) hazard"),
        ]
      }
  }

  private func cells(_ clock: BreachClock, _ days: Range<Int>, _ last: CalendarDay)
    -> [ReportTable.Cell]
  {
    // A month of the period has days, and the last of them lies in it.
    let end = days.upperBound - 1
    let hands = result.best.changes > 0 ? [clock.asIs, clock.policy] : [clock.asIs]
    return hands.flatMap { hand -> [ReportTable.Cell] in
      [.init(percent: hand.probability(by: end)), .init(percent: hand.hazard(days))]
    }
  }
}
