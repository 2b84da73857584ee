import GenOpsNumerics
import GenOpsScenario
import GenOpsUnits

extension ResultBuilder {
  /// Every number that is drawn or assumed, that whose knowing is worth most first.
  func register(_ drivers: FigureDrivers) -> [RegisteredNumber] {
    let numbers = plan.inputs.sampler.inputs.compactMap { input -> RegisteredNumber? in
      let draw = plan.draws.first { $0.name == input.name }
      let value = input.distribution
      guard !value.isConstant || draw?.assumption != nil else { return nil }
      let origin = origin(input.name)
      let note = plan.scenario.stewardship.note(on: input.name)
      return RegisteredNumber(
        name: input.name, origin: origin, low: value.quantile(0.1), mean: value.mean,
        high: value.quantile(0.9),
        worth: drivers.inputs.first { $0.name == input.name }?.worth ?? 0,
        source: note.source ?? source(origin, draw?.assumption), owner: note.owner,
        review: note.review)
    }
    return numbers.enumerated().sorted {
      ($1.element.worth, $0.offset) < ($0.element.worth, $1.offset)
    }.map(\.element)
  }

  /// What a number rests on where no `source:` says it.
  private func source(_ origin: FigureDriver.Origin, _ assumption: String?) -> String {
    switch origin {
    case .assumed: assumption ?? "assumed"
    case .history:
      plan.scenario.historyFiles.isEmpty
        ? "the history" : plan.scenario.historyFiles.map(\.path).joined(separator: ", ")
    case .given: "the scenario"
    }
  }

  /// Numbers whose day of review has passed when the forecast begins.
  func reviewFindings(_ numbers: [RegisteredNumber]) -> Findings {
    var findings = Findings()
    for number in numbers {
      guard let day = number.review, day < plan.forecastStart else { continue }
      findings.warning(
        "review-due",
        "\(number.name) was to be looked at again on \(day), before the first day that is forecast"
          + (number.owner.map { ": ask \($0)" } ?? ""),
        help: "check it, and give it a later review:", at: plan.scenario.location)
    }
    return findings
  }
}
