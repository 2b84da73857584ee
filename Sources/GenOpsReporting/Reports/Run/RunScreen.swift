import GenOpsScenario
import GenOpsSimulation
import GenOpsUnits

/// The short form of a result for the terminal: at most 40 lines of 100 columns, whatever the
/// scenario. A narrower terminal breaks sentences, and has as many lines more as that may take.
struct RunScreen {
  let result: ScenarioResult
  /// Findings in it are shown without the file's name.
  let scenarioFile: String?

  init(_ result: ScenarioResult, scenarioFile: String?) {
    self.result = result
    self.scenarioFile = scenarioFile
  }

  /// The order in which lines are given to what can be folded.
  enum Weight { static let (findings, expectations, faults, options) = (0, 1, 2, 3) }

  var screen: ReportScreen {
    // On a narrow one no option gives way to a broken sentence.
    ReportScreen(
      .heading,
      sections: [checks, [.init(.chart(RunCharts(result).periods))], whereItGoes, options, last],
      height: 40, narrowHeight: 52)
  }

  /// Against bills that were paid and months that have passed.
  private var checks: [ReportNode] {
    var entries: [ReportEntry] = []
    if let check = result.billCheck {
      let change =
        (check.modelled.approximate - check.billed.approximate) / check.billed.approximate
      let months = NumberText.counted(check.months.count, "month")
      let sums =
        ": modelled \(NumberText.money(check.modelled)), billed \(NumberText.money(check.billed))"
        + (check.billed == .zero ? "" : " (\(NumberText.change(change)))")
        + (check.discount == nil ? "" : " after discount")
      entries.append(
        ReportEntry(
          "Check against your bills", alternatives: check.leftOutTexts.map { months + $0 + sums },
          verdict: check.passes ? .init("ok", .good) : .init("! differs", .bad)))
    }
    if let record = result.trackRecord {
      let months = record.months == 1 ? "last month" : "last \(record.months) months"
      let held =
        "its 80 % range held \(NumberText.percent(record.coverage80))"
        + (record.widening > 0 ? ": widened here" : " of the time")
      let error = "\(months): off by \(NumberText.oneDecimal(record.meanAbsolutePercentError)) %"
      // The better of the simple forecasts is the one to beat.
      let simple = record.simple.map { simple in
        simple.sameMonth.flatMap { same in
          same < simple.flat
            ? " (as last year \(NumberText.oneDecimal(same)) %)" : nil
        } ?? " (flat \(NumberText.oneDecimal(simple.flat)) %)"
      }
      entries.append(
        ReportEntry(
          "Track record",
          alternatives: (simple.map { [error + $0 + "; " + held] } ?? []) + [error + "; " + held]))
    }
    return entries.map { entry in
      var entry = entry
      entry.isCheck = true
      return .init(.entry(entry))
    }
  }

  /// The largest parts of the bill; what does not fit is "other". What is taken off stands by itself: a sum
  /// of both kinds would tell of neither.
  private var whereItGoes: [ReportNode] {
    let all = result.costByMeter.enumerated()
      .sorted { (abs($1.element.mean), $0.offset) < (abs($0.element.mean), $1.offset) }
      .map(\.element)
    let parts = all.filter { $0.mean > 0 } + all.filter { $0.mean < 0 }
    let costs = parts.count { $0.mean > 0 }
    if costs == 0 { return [] }
    let money = MoneyColumn(parts.map(\.mean))
    // Of all parts the costs come first, and at most as many of them are shown: no range is reversed.
    func named(_ range: Range<Int>) -> [String] {
      range.map { "\(parts[$0].shortLabel.fitting(20)) \(money.text(money.parts[$0]))" }
    }
    let off = money.parts[costs...].reduce(0, +)
    let reductions =
      [named(costs..<parts.count)]
      + (parts.count > costs + 1 ? [["taken off \(money.text(off))"]] : [])
    // What is taken off gives way first: its names may be long, and would push the largest costs into "other".
    let texts = (1...(costs <= 5 ? costs : 4)).reversed().flatMap { shown in
      let rest = money.parts[shown..<costs].reduce(0, +)
      let other = shown < costs ? ["other \(money.text(rest))"] : []
      return reductions.map { reduction in
        "Where it goes   " + (named(0..<shown) + other + reduction).joined(separator: " · ")
      }
    }
    return [.init(.fitting(texts))]
  }

  /// What to do with the answer.
  private var last: [ReportNode] {
    var nodes: [ReportNode] = []
    if let text = AskFor(result).text {
      nodes.append(.init(.entry(ReportEntry("Ask for", alternatives: [text]))))
    }
    if let budgets { nodes.append(.init(.entry(budgets))) }
    if let faults { nodes.append(.init(.entry(faults), weight: Weight.faults)) }
    nodes.append(
      .init(
        .entry(ReportEntry(result.findings, scenarioFile: scenarioFile)), weight: Weight.findings))
    if let expectations { nodes.append(.init(.entry(expectations), weight: Weight.expectations)) }
    return nodes
  }

  /// How further budgets fare.
  private var budgets: ReportEntry? {
    let others = result.budgets.dropFirst().map { budget in
      "\(budget.name.fitting(24)) \(NumberText.money(budget.limit))"
        + "\(budget.period.suffix): \(budget.refuses ? "refuses" : "over") in "
        + NumberText.percent(budget.breachProbability) + (budget.wasOver > 0 ? ", was over" : "")
    }
    if others.isEmpty { return nil }
    return ReportEntry(
      "Budgets",
      alternatives: (1...others.count).reversed().map { shown in
        let more = shown < others.count ? ["+\(others.count - shown) more"] : []
        return (others.prefix(shown) + more).joined(separator: " · ")
      })
  }

  /// What may go wrong: cost, notice and answer, a line each, the dearest first.
  private var faults: ReportEntry? {
    if result.faults.isEmpty { return nil }
    let all = result.faults.enumerated()
      .sorted { ($1.element.cost.mean, $0.offset) < ($0.element.cost.mean, $1.offset) }
    return ReportEntry("Faults", all.map { .init($0.element.line) }, rest: "more in the files")
  }

  /// How many hold, and those that do not.
  private var expectations: ReportEntry? {
    let all = result.expectations
    if all.isEmpty { return nil }
    let failed = all.filter { !$0.passed }
    let items = failed.enumerated().map { index, expectation in
      ReportEntry.Item(
        "! \(expectation.option): \(expectation.expression), but it is \(expectation.value)",
        kind: index == 0 ? "   " : "", tone: .bad)
    }
    return ReportEntry(
      "Expect",
      summary: .init(
        "\(all.count - failed.count) of \(all.count) passed", failed.isEmpty ? .good : .bad),
      items, rest: "more failed, in the files")
  }
}
