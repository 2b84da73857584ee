import GenOpsNumerics
import GenOpsScenario

extension ResultBuilder {
  /// The register of what is assumed, the dearest first.
  ///
  /// What a range is worth is the least squares slope of the figure over the futures times the width
  /// of the range: other inputs are independent of it and average out.
  func assumptions() -> [AssumptionResult] {
    var all: [AssumptionResult] = []
    for (index, draw) in plan.draws.enumerated() {
      guard let label = draw.assumption, !all.contains(where: { $0.label == label }) else {
        continue
      }
      let values = (0..<simulation.paths).map { simulation.values[$0, index] }
      let width = draw.distribution.quantile(0.95) - draw.distribution.quantile(0.05)
      var result = AssumptionResult(label: label, option: nil, worth: 0)
      for (option, plan) in plan.options.enumerated() where plan.assumptions.contains(label) {
        let figure = option == 0 ? totals(0) : zip(totals(0), totals(option)).map { $0 - $1 }
        let worth = abs(slope(of: figure, over: values)) * width
        if result.option == nil || worth > result.worth {
          result.option = plan.name
          result.worth = worth
        }
      }
      all.append(result)
    }
    return all.enumerated().sorted { ($1.element.worth, $0.offset) < ($0.element.worth, $1.offset) }
      .map(\.element)
  }

  private func slope(of figures: [Double], over values: [Double]) -> Double {
    let (x, y) = (Statistics.mean(values), Statistics.mean(figures))
    let squares = values.reduce(0) { $0 + ($1 - x) * ($1 - x) }
    let products = zip(values, figures).reduce(0) { $0 + ($1.0 - x) * ($1.1 - y) }
    return squares > 0 ? products / squares : 0
  }
}
