import GenOpsSimulation

/// The numbers of a run that a reader takes away, with their places in `result.json`.
extension RunReport {
  var figures: [ReportFigure] {
    let cost = result.year.cost
    if let doubt = result.doubt {
      // A condition is ASCII, so its first Character is a letter.
      let label = doubt.condition.prefix(1).uppercased() + doubt.condition.dropFirst()
      return [
        ReportFigure(
          label: label, value: NumberText.money(cost.mean), note: doubt.sentence,
          at: ["year.cost.mean"])
      ]
    }
    return [
      ReportFigure(
        label: "Expected, as is", value: NumberText.money(cost.mean),
        note: "\(NumberText.money(cost.p10)) to \(NumberText.money(cost.p90)) in 8 of 10 futures",
        at: ["year.cost.mean"], noteAt: ["year.cost.p10", "year.cost.p90"])
    ] + (overBudget.map { [$0] } ?? []) + (saving.map { [$0] } ?? [])
      + (amountToAskFor.map { [$0] } ?? []) + (netPresentValue.map { [$0] } ?? [])
  }

  private var overBudget: ReportFigure? {
    guard let budget = result.budgets.first else { return nil }
    let days = budget.firstBreach.map { "around \(DateText.day($0.p50, year: true))" }
    return ReportFigure(
      label: (budget.refuses ? "Refuses at" : "Over")
        + " \(NumberText.money(budget.limit))\(budget.period.suffix)",
      value: NumberText.percent(budget.breachProbability),
      note: days ?? (budget.wasOver > 0 ? "was over on days that have passed" : "of all futures"),
      at: ["budgets[0].breachProbability"],
      noteAt: days == nil ? [] : ["budgets[0].firstBreach.p50"])
  }

  private var saving: ReportFigure? {
    guard let best = result.bestOption,
      let index = result.options.firstIndex(where: { $0.name == best.name })
    else { return nil }
    let saves = OptionAmounts(result).saves(index)
    return ReportFigure(
      label: "\"\(best.name)\" saves", value: saves.text,
      note: best.lost.sentencePart ?? "no event is lost", at: saves.sources,
      noteAt: best.lost.sentenceSources(at: "options[\(index)].lost"))
  }

  private var amountToAskFor: ReportFigure? {
    guard let budget = result.budgets.first, let asIs = budget.askFor else { return nil }
    let with = budget.askForWithOption
    return ReportFigure(
      label: "Ask for" + (with.map { ", with \"\($0.option)\"" } ?? ""),
      value: NumberText.money(with?.amount ?? asIs) + budget.period.suffix,
      note: "kept in 8 of 10 futures" + (result.hasTerms ? ", at list price" : "")
        + (with == nil ? "" : "; \(NumberText.money(asIs)) without"),
      at: [with == nil ? "budgets[0].askFor" : "budgets[0].askForWithOption.amount"],
      noteAt: with == nil ? [] : ["budgets[0].askFor"])
  }

  private var netPresentValue: ReportFigure? {
    result.roi.map { roi in
      ReportFigure(
        label: "Net present value, as is", value: NumberText.money(roi.npv.mean),
        note: "negative \(NumberText.inFutures(roi.probabilityOfLoss))", at: ["roi.npv.mean"],
        noteAt: ["roi.probabilityOfLoss"])
    }
  }
}
