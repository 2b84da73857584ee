import GenOpsScenario
import GenOpsSimulation
import GenOpsUnits

/// The answer of a comparison in a few sentences.
struct CompareSentences {
  let comparison: ScenarioComparison

  init(_ comparison: ScenarioComparison) { self.comparison = comparison }

  /// How the other scenarios stand to the baseline, then the best choice and its lead.
  var all: [String] {
    let scenarios = comparison.choices.filter { !$0.isBaseline && isAsIs($0) }.prefix(2)
    return scenarios.map(difference) + (lead.map { [$0] } ?? [])
  }

  private func isAsIs(_ choice: ScenarioComparison.Choice) -> Bool {
    choice.option.name == comparison.sides[choice.side].result.asIs?.name
  }

  /// `"cautious" costs 8,120 less than "budget": 6,900 to 9,400 less in 8 of 10 futures, and less in every future.`
  private func difference(_ choice: ScenarioComparison.Choice) -> String {
    let base = comparison.baseline?.label ?? ""
    let values = choice.difference
    let name = "\"\(choice.label)\""
    guard values.p01 != values.p99 || abs(values.mean) >= 0.005 else {
      return "\(name) costs what \"\(base)\" costs."
    }
    let isLess = values.mean < 0
    let amount = NumberText.money(abs(values.mean))
    var text = "\(name) costs \(amount) \(isLess ? "less" : "more") than \"\(base)\""
    if values.p90 - values.p10 >= 0.005 {
      text += " (\(CompareSentences.range(values)) in 8 of 10 futures)"
    }
    let part = isLess ? choice.cheaper : 1 - choice.cheaper
    return text + ", \(isLess ? "less" : "more") \(NumberText.inFutures(part))."
  }

  /// `-9,400 to -6,900`, or with signs on both sides of nothing.
  static func range(_ values: ForecastDistribution) -> String {
    "\(signed(values.p10)) to \(signed(values.p90))"
  }

  static func signed(_ amount: Double) -> String {
    let text = NumberText.money(amount)
    return amount > 0 && text != "0" ? "+\(text)" : text
  }

  /// The best of those that lose no more than the baseline, and by how much it leads.
  private var lead: String? {
    guard let lead = comparison.lead, lead.difference.mean >= 0.005 else { return nil }
    let range =
      "\(NumberText.money(lead.difference.p10)) to \(NumberText.money(lead.difference.p90))"
    let isCertain = lead.difference.p90 - lead.difference.p10 < 0.005
    return "\"\(lead.best)\" is the cheapest that loses nothing more, "
      + "\(NumberText.money(lead.difference.mean)) below \"\(lead.next)\""
      + (lead.paysForChange ? " with changes paid" : "")
      + (isCertain
        ? "." : " (\(range) in 8 of 10 futures; cheaper \(NumberText.inFutures(lead.cheaper))).")
  }
}
