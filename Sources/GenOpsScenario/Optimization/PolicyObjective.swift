import GenOpsCosting
package import GenOpsUnits

/// What an optimization makes as small or, of value, as large as it can.
package struct PolicyObjective: Sendable, Hashable {
  package enum Measure: String, Sendable, CaseIterable {
    case cost
    /// The cost and what the lost data is worth.
    case costAndLostData = "cost and lost data"
    /// The net present value; more is better.
    case npv
    /// As little as can be lost, and of what loses as little the cheapest.
    case lostData = "lost data"

    /// Whether it is a distribution over futures, of which a quantile may be asked for.
    var hasQuantiles: Bool { self == .cost || self == .npv }
  }

  package var measure: Measure
  /// Of what has quantiles.
  package var quantile: Quantile = .mean

  package init(_ measure: Measure, _ quantile: Quantile = .mean) {
    self.measure = measure
    self.quantile = quantile
  }

  /// As it is written.
  package var text: String {
    measure.rawValue + (quantile == .mean ? "" : ".\(quantile.rawValue)")
  }

  /// Reads `cost`, `cost.p90`, `npv`, `cost and lost data` or `lost data`.
  package static func read(
    _ text: String, at location: SourceLocation?, _ findings: inout Findings
  ) -> PolicyObjective? {
    let words = text.split(separator: " ").joined(separator: " ")
    if let measure = Measure(rawValue: words) { return PolicyObjective(measure) }
    let parts = words.split(separator: ".", maxSplits: 1).map(String.init)
    if parts.count == 2, let measure = Measure(rawValue: parts[0]), measure.hasQuantiles,
      let quantile = Quantile(rawValue: parts[1]), quantile != .sd, quantile != .standardError
    {
      return PolicyObjective(measure, quantile)
    }
    let known = Measure.allCases.map(\.rawValue) + ["cost.p90", "npv.p10"]
    findings.error(
      "unknown-objective", "'\(text)' is not an objective",
      help: nearestName(to: words, among: known).map { "did you mean '\($0)'?" }
        ?? "known: \(known.joined(separator: ", "))", at: location)
    return nil
  }

  /// Reports what the scenario does not say and the objective needs.
  package func check(
    _ scenario: Scenario, at location: SourceLocation?, _ findings: inout Findings
  ) {
    switch measure {
    case .cost, .lostData: return
    case .costAndLostData, .npv:
      // Without it, whatever loses most would be worth most.
      if scenario.value?.lostEventWorth != nil { return }
      findings.error(
        "missing-key", "the objective '\(text)' needs the worth of an event that is lost",
        help: "under value: add: lost_event: 0.001 \(scenario.book.currency)", at: location)
    }
  }

  /// What is used where the scenario says nothing: the worth of what is lost where it is known; else as
  /// little is lost as can be.
  package static func usual(_ scenario: Scenario) -> PolicyObjective {
    PolicyObjective(scenario.value?.lostEventWorth == nil ? .lostData : .costAndLostData)
  }
}
