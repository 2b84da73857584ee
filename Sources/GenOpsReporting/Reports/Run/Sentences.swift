import GenOpsHistory
import GenOpsMetering
import GenOpsScenario
package import GenOpsSimulation
import GenOpsUnits

/// The answer in at most two plain sentences, the same in every format.
package struct Sentences {
  let result: ScenarioResult

  package init(_ result: ScenarioResult) { self.result = result }

  /// The cost and the recommended option, each as one text.
  package var all: [String] {
    if let doubt = result.doubt { return uncertain(doubt) }
    return [cost] + (option.map { [$0] } ?? [])
  }

  /// Where the numbers of each sentence of ``all`` stand in `result.json`.
  var sources: [[String]] {
    if result.doubt != nil {
      return [[], ["year.cost.mean"] + (listPrice.isEmpty ? [] : ["total.listPrice"])]
    }
    return [costSources] + (option == nil ? [] : [optionSources])
  }

  private var costSources: [String] {
    let part = result.costByMeter.firstIndex { $0.meter == .identifiedEvents }
    var sources = ["year.cost.mean"]
    if !assumed.isEmpty, let part { sources.append("total.costByMeter[\(part)].mean") }
    if !listPrice.isEmpty { sources.append("total.listPrice") }
    sources += result.asIs.map { $0.lost.sentenceSources(at: "options[0].lost") } ?? []
    guard let budget = result.budgets.first else {
      return sources + ["year.cost.p10", "year.cost.p90"]
    }
    sources.append("budgets[0].limit")
    if budget.breachProbability > 0 {
      if !isCertain { sources.append("budgets[0].breachProbability") }
      if budget.firstBreach != nil { sources.append("budgets[0].firstBreach.p50") }
    }
    return sources
  }

  private var optionSources: [String] {
    guard let name = (result.bestOption ?? result.assumedOption)?.name,
      let index = result.options.firstIndex(where: { $0.name == name })
    else { return [] }
    let saves = OptionAmounts(result).saves(index).sources
    // What an assumption may save is all that is said of it.
    if result.bestOption == nil { return saves }
    let (path, option) = ("options[\(index)]", result.options[index])
    return saves
      + (option.breachProbability == nil || isCertain ? [] : ["\(path).breachProbability"])
      + option.lost.sentenceSources(at: "\(path).lost")
  }

  /// In place of an answer, where nothing may rest on the forecast.
  private func uncertain(_ doubt: Doubt) -> [String] {
    let amount = NumberText.money(result.year.cost.mean)
    return [doubt.sentence, "As is, and \(doubt.condition), \(period) \(amount)\(listPrice)."]
  }

  /// What it costs as things are, and whether the budget holds.
  package var cost: String {
    let amount = NumberText.money(result.year.cost.mean)
    let lost = result.asIs.flatMap { $0.lost.sentencePart }.map { " and \($0)" } ?? ""
    let start = "As is, \(period) \(amount)\(assumed)\(listPrice)\(lost)"
    guard let budget = result.budgets.first else {
      let spread = result.year.cost
      if spread.p90 - spread.p10 < 0.005 { return start + "." }
      return start
        + "; 8 of 10 futures lie between \(NumberText.money(spread.p10)) and "
        + "\(NumberText.money(spread.p90))."
    }
    let limit = "\(NumberText.money(budget.limit))"
    let own = result.budgets.ownName(of: budget).map { "\($0) " } ?? ""
    let name =
      budget.period == .year
      ? "the \(limit) \(own)budget" : "the \(own)budget of \(limit)\(budget.period.suffix)"
    // Days that have passed stay as they are: a budget that refuses was over then, and refused nothing.
    let before = budget.wasOver > 0 ? "was over on days that have passed and " : ""
    guard budget.breachProbability > 0 else {
      if budget.wasOver > 0 { return start + ": \(name) \(before)refuses no event." }
      let and = lost.isEmpty ? " and" : "; it"
      // "The 6 months cost … and stay", "the year costs … and stays".
      let isPlural = lost.isEmpty && result.months.count > 1 && result.months.count != 12
      return start
        + "\(and) \(isPlural ? "stay" : "stays") within \(name)\(isCertain ? "" : " in every future")."
    }
    let how = isCertain ? "" : " " + NumberText.inFutures(budget.breachProbability)
    return start
      + (budget.refuses
        ? ": \(name) \(before)refuses events\(how)\(day(of: budget))."
        : ": over \(name)\(how)\(day(of: budget)).")
  }

  /// What budgets judge, where terms make the cost another amount: else the two would contradict each
  /// other.
  private var listPrice: String {
    guard !result.budgets.isEmpty, result.hasTerms else { return "" }
    let list = NumberText.money(result.year.cost.mean - result.agreedTerms)
    return " (\(list) before discounts and credits, which is what budgets judge)"
  }

  /// What the best option saves, whether the budget then holds, and what is lost.
  package var option: String? {
    guard result.options.count > 1 else { return nil }
    guard let best = result.bestOption else { return unshown }
    var text =
      "\"\(best.name)\" saves \(OptionAmounts(result).saves(of: best.name))"
    if let breach = best.breachProbability {
      let (over, never) =
        best.refuses
        ? ("refuses events", "never refuses an event") : ("is over budget", "is never over budget")
      let still = best.refuses ? "still refuses events" : "is still over budget"
      switch breach {
      case ...0: text += " and \(never)"
      case 1...: text += " but \(still)\(isCertain ? "" : " in every future")"
      case ..<0.2: text += " and \(over) in \(NumberText.futures(breach))"
      default: text += " but \(still) in \(NumberText.futures(breach))"
      }
    }
    guard let lost = best.lost.sentencePart else { return text + ". No event is lost." }
    return text + ". With it \(lost)."
  }

  /// Which part of the cost rests on an assumption: that of person profiles, where the history does
  /// not say which events are identified.
  private var assumed: String {
    guard result.asIs?.assumptions.isEmpty == false,
      let part = result.costByMeter.first(where: { $0.meter == .identifiedEvents })
    else { return "" }
    return ", \(NumberText.money(part.mean)) of it by an assumed share of identified events"
  }

  /// What is said where no saving is shown: what an option might save, as a range, and why it is one.
  private var unshown: String {
    if result.findings.all.contains(where: { $0.code == "period-passed" }) {
      return "The period has passed, so that no option changes it."
    }
    guard let option = result.assumedOption,
      let index = result.options.firstIndex(where: { $0.name == option.name })
    else { return "No option saves money." }
    return "No data shows that an option saves money without losing events: "
      + "\"\(option.name)\" saves \(OptionAmounts(result).range(index)), by what is "
      + "assumed (see the findings)."
  }

  private var isCertain: Bool { result.provenance.paths <= 1 }

  private var period: String {
    if result.yearLabel == "Year" { return "the year costs" }
    let count = result.months.count
    return count == 1 ? "the month costs" : count == 0 ? "it costs" : "the \(count) months cost"
  }

  private func day(of budget: BudgetResult) -> String {
    guard let first = budget.firstBreach else { return "" }
    let text = DateText.day(first.p50, year: result.months.count > 12)
    let around = isCertain || first.p10 == first.p90 ? "on" : "around"
    return ", \(budget.period == .year ? "" : "first ")\(around) \(text)"
  }
}

extension [BudgetResult] {
  /// Whose budget it is, in quotes, where there are several and it is not named for its period: the
  /// reader has to know which of them the sentence is about.
  func ownName(of budget: BudgetResult) -> String? {
    guard count > 1, budget.name != budget.period.rawValue else { return nil }
    return "\"\(budget.name.fitting(24))\""
  }
}
