import GenOpsUnits

extension UncertainValue {
  /// The value cut off where it would leave what its key can be, with a note of how often it would: an
  /// interval is 90 % sure, so that `0% to 30%` lies below 0 in 5 of 100 futures. Fewer than 2 of 100 are left as they are.
  func limited(
    to low: Double, _ high: Double, key: String, _ node: Node, _ findings: inout Findings
  ) -> UncertainValue {
    guard !isConstant, quantile(0.02) < low || quantile(0.98) > high,
      let cut = TruncatedDistribution(self, low: low, high: high)
    else { return self }
    let outside = 1 - probability(atMost: high) + probability(atMost: low)
    // A probability, so that it fits.
    let futures = max(1, Int((outside * 100).rounded()))
    findings.note(
      "cut-range",
      "'\(key)', '\(node.text ?? node.kindName)', lies outside of what it can be in \(futures) of "
        + "100 futures and is cut off there",
      help: "for anything between two numbers, all alike: {dist: uniform, low: …, high: …}",
      at: node.location)
    return .truncated(cut)
  }
}
