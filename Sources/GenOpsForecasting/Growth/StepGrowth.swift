import Foundation
public import GenOpsNumerics
public import GenOpsUnits

/// Launches, price changes, a big customer: the level steps by a relative change, at once or over
/// some time, and perhaps does not at all. Between the steps nothing moves.
///
///     Π over the steps that happen: 1 + change · min(1, max(0, (t − after) / over))
///
/// The effects multiply. `chance` is settled on each path by itself.
public struct StepGrowth: ExpectedGrowth, Hashable {
  public static let name = "steps"
  public static let summary = "launches: steps of uncertain size and time that may not happen"
  public static let example = """
    model: steps
    steps: [{after: 2 to 4 months, by: +20% to +40%, over: 3 weeks}, {after: 9 months, by: -10%, chance: 60%}]
    """

  public static let manual = KindManual(
    "Π over the steps that happen: 1 + by · min(1, max(0, (t - after) / over))",
    [
      "steps": "a list of {after: a time span, by: +20%, over: a time span, chance: %}",
      "volatility": "how far each day strays, % per year (standard deviation of the logarithm)",
    ])

  /// A launch or another lasting change that may happen.
  public struct Step: Sendable, Hashable {
    /// Days until it begins; a draw below 0 counts as 0.
    public var after: UncertainValue
    /// Relative change, a fraction; a draw below −1 counts as −1.
    public var change: UncertainValue
    /// Days until the whole change is there, from 1 on; nil at once.
    public var over: UncertainValue?
    /// The chance that it happens, 0…1.
    public var chance: Double

    /// `after` and `over` are days, `change` a fraction, `chance` 0…1.
    public init(
      after: UncertainValue, change: UncertainValue, over: UncertainValue? = nil,
      chance: Double = 1
    ) {
      self.after = after
      self.change = change
      self.over = over
      self.chance = chance
    }
  }

  public var steps: [Step]
  public var volatility: Volatility

  /// The steps multiply; their order does not matter.
  public init(steps: [Step], volatility: Volatility = .none) {
    self.steps = steps
    self.volatility = volatility
  }

  public static func decode(_ node: Node, _ findings: inout Findings) -> StepGrowth? {
    var keys = MappingReader(node, "growth by steps", &findings)
    _ = keys.take("model")
    let example = "steps: [{after: 3 months, by: +20% to +40%}]"
    let list = keys.required("steps", example: example, &findings)
    let volatility = Volatility.take(from: &keys, &findings)
    keys.finish(&findings)
    guard let list else { return nil }
    guard let items = list.sequence, !items.isEmpty else {
      findings.error(
        "wrong-type", "'steps' is a list of steps", help: example, at: list.location)
      return nil
    }
    let steps = items.map { step($0, &findings) }
    let read = steps.compactMap { $0 }
    return read.count == steps.count ? StepGrowth(steps: read, volatility: volatility) : nil
  }

  private static func step(_ node: Node, _ findings: inout Findings) -> Step? {
    var keys = MappingReader(node, "a step", &findings)
    let afterNode = keys.required("after", example: "after: 3 months", &findings)
    let byNode = keys.required("by", example: "by: +20% to +40%", &findings)
    let overNode = keys.take("over")
    let chanceNode = keys.take("chance")
    keys.finish(&findings)
    let after = ParameterText.read(
      afterNode, key: "after", as: .span, example: "3 months", &findings)
    let change = ParameterText.read(
      byNode, key: "by", as: .change, example: "+20% to +40%", &findings)
    let over = ParameterText.read(
      overNode, key: "over", as: .span, example: "3 weeks", &findings)
    var chance: Double? = 1
    if let chanceNode {
      chance = chanceNode.text.flatMap { NumberText.value($0) }.flatMap {
        (0...1).contains($0) ? $0 : nil
      }
      if chance == nil {
        findings.error(
          "wrong-value", "'chance' is a probability between 0% and 100%", help: "chance: 60%",
          at: chanceNode.location)
      }
    }
    guard let after, let change, let chance, (over != nil) == (overNode != nil) else {
      return nil
    }
    return Step(after: after, change: change, over: over, chance: chance)
  }

  public var parameters: [GrowthParameter] {
    var list: [GrowthParameter] = []
    for (index, step) in steps.enumerated() {
      list.append(GrowthParameter("after \(index + 1)", step.after))
      list.append(GrowthParameter("by \(index + 1)", step.change))
      if let over = step.over { list.append(GrowthParameter("over \(index + 1)", over)) }
    }
    return list + volatility.parameters
  }
  public var strays: Bool { volatility.isGiven }
  public var isDeterministic: Bool {
    parameters.allSatisfy(\.distribution.isConstant) && volatility.isNone
      && steps.allSatisfy { $0.chance == 0 || $0.chance == 1 }
  }

  private struct Drawn {
    var begin: Double
    var over: Double
    var change: Double

    /// The part of the change that is there on `day`. A step at once is there on its first day.
    func part(_ day: Double) -> Double {
      over > 0 ? min(1, max(0, (day - begin) / over)) : day >= begin ? 1 : 0
    }
  }

  private func drawn(_ draw: (UncertainValue) -> Double) -> [Drawn] {
    steps.map { step in
      // Day 0 is today's level: no step is there yet.
      let begin = max(0, draw(step.after))
      let change = max(-1, draw(step.change))
      let over = step.over.map { max(1, draw($0)) } ?? 0
      return Drawn(begin: over > 0 ? begin : max(1, begin), over: over, change: change)
    }
  }

  public func path(into days: UnsafeMutableBufferPointer<Double>, generator: inout RandomGenerator)
  {
    var drawn = drawn { $0.value(&generator) }
    let walk = volatility.drawn(&generator)
    for index in steps.indices where steps[index].chance < 1 {
      if generator.uniform() >= steps[index].chance { drawn[index].change = 0 }
    }
    volatility.path(into: days, volatility: walk, generator: &generator)
    for step in drawn where step.change != 0 {
      for day in days.indices { days[day] *= 1 + step.change * step.part(Double(day)) }
    }
  }

  public func expectation(days count: Int) -> [Double]? {
    let drawn = drawn { $0.quantile(0.5) }
    return (0..<count).map { day in
      zip(steps, drawn).reduce(1) { $0 * (1 + $1.0.chance * $1.1.change * $1.1.part(Double(day))) }
    }
  }
}
