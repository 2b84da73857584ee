import GenOpsForecasting
import GenOpsMetering
package import GenOpsNumerics
import GenOpsUnits

/// Everything uncertain in a plan that is decided once per path, as inputs of one sampler:
/// variables, the parameters of growth, and all other uncertain numbers.
///
/// An independent input takes the random number that it always took, whatever else is correlated or
/// added: scenarios that differ in one thing meet the same futures in all others.
package struct PlanInputs: Sendable {
  package let sampler: InputSampler
  /// The input of each draw; nil for one that is computed from variables.
  package let ofDraws: [InputID?]
  /// The inputs of each growth, in the order of its parameters.
  package let ofGrowth: [[InputID]]
  package let variableCount: Int

  package var names: [String] { sampler.inputs.map(\.name) }
}

/// The inputs of a plan while they are collected and tied.
struct PlanInputsBuilder {
  private(set) var inputs: [UncertainInput] = []
  private var ofDraws: [InputID?] = []
  private var ofGrowth: [[InputID]] = []
  private let variableCount: Int

  init(draws: [PlanDraw], growth: [PlanGrowth], variableCount: Int) {
    self.variableCount = variableCount
    ofDraws = [InputID?](repeating: nil, count: draws.count)
    // Variables and growth come first: they move most, and the first inputs get the best points.
    for index in 0..<variableCount { add(draws, index) }
    for entry in growth {
      ofGrowth.append(
        entry.model.uncertainParameters.enumerated().map { index, parameter in
          add(
            UncertainInput(
              "\(entry.name).\(parameter.name)", parameter.distribution,
              at: .init(name: entry.name, purpose: "growth", index: index)))
        })
    }
    for index in variableCount..<draws.count { add(draws, index) }
  }

  private mutating func add(_ draws: [PlanDraw], _ index: Int) {
    let draw = draws[index]
    if draw.distribution.isDerived { return }
    ofDraws[index] = add(
      UncertainInput(draw.name, draw.distribution, at: .init(name: draw.name, purpose: "value")))
  }

  private mutating func add(_ input: UncertainInput) -> InputID {
    var input = input
    while inputs.contains(where: { $0.name == input.name }) { input.name += "'" }
    return inputs.add(input)
  }

  /// The input that a person means by `text`: its name, or the end of one that no other ends in
  /// (`recordings` for `growth.recordings.rate`).
  func resolve(_ text: String) -> String {
    if inputs.contains(where: { $0.name == text }) { return text }
    // A meter may go by any of its names.
    let words = text.split(separator: ".").map { Meter(named: String($0))?.id ?? String($0) }
    let meant = inputs.filter { input in
      guard !input.distribution.isConstant else { return false }
      let parts = input.name.split(separator: ".").map(String.init)
      return parts.count >= words.count
        && (0...(parts.count - words.count)).contains {
          Array(parts[$0..<($0 + words.count)]) == words
        }
    }
    return meant.count == 1 ? meant[0].name : text
  }

  func build(
    correlations: Correlations, points: InputSampler.Points, seed: UInt64
  ) -> PlanInputs {
    PlanInputs(
      sampler: InputSampler(
        inputs: inputs, correlations: correlations, points: points,
        source: RandomSource(seed: seed)),
      ofDraws: ofDraws, ofGrowth: ofGrowth, variableCount: variableCount)
  }
}

extension PlanInputs {
  /// The sampler of all inputs, with the correlations that the scenario states and those that fits
  /// found between their estimates.
  static func plan(
    _ scenario: Scenario, _ draws: [PlanDraw], _ growth: [PlanGrowth],
    fittedPairs: [Correlations.Pair], _ findings: inout Findings
  ) -> PlanInputs {
    let builder = PlanInputsBuilder(
      draws: draws, growth: growth, variableCount: scenario.variables.inputs.count)
    var pairs = fittedPairs
    var copula = Copula.gaussian
    if let node = scenario.correlations,
      let written = Correlations.decodePairs(node, &findings)
    {
      copula = written.copula
      let own = written.pairs.map { pair in
        var pair = pair
        pair.first = builder.resolve(pair.first)
        pair.second = builder.resolve(pair.second)
        return pair
      }
      // What the user says of a pair stands against what a fit found.
      pairs.removeAll { found in
        own.contains { Set([$0.first, $0.second]) == Set([found.first, found.second]) }
      }
      pairs = own + pairs
    }
    var correlations = Correlations.none
    if !pairs.isEmpty {
      correlations =
        Correlations(pairs, copula: copula, among: builder.inputs, &findings) ?? .none
    }
    return builder.build(
      correlations: correlations, points: scenario.points, seed: scenario.seed)
  }
}
