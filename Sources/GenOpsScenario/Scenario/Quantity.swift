package import GenOpsNumerics
package import GenOpsUnits

/// A number as people write it in a scenario: `2% to 6% per month`, `2500 USD per month`, `300 s`,
/// `+12`, `x1.8 to x2.6`, `100 to 140 hours per month`.
///
/// `a to b` means 90 % sure that it lies between. A leading `+`/`-` marks a change, `x` a factor.
package struct Quantity: Sendable {
  package var low: Double
  /// Equal to ``low`` for a plain number.
  package var high: Double
  package var sign: Figures.Sign
  /// `%`, `USD`, `s`, `hours`, …; nil when none is written.
  package var unit: String?
  /// `month` in `per month`; nil when none is written.
  package var per: String?
  /// The text as written, for findings.
  package var text: String
  package var location: SourceLocation
  /// What a formula or a distribution gives; ``low`` and ``high`` are then its 5 % and 95 % points.
  var value: UncertainValue? = nil

  package var isRange: Bool { low != high }

  /// The distribution this stands for, after both ends went through `scale`.
  ///
  /// `scale` is a change of unit, x ↦ a·x + b.
  package func uncertain(_ scale: (Double) -> Double = { $0 }) throws -> UncertainValue {
    if let value {
      let offset = scale(0)
      return value.scaled(.affine(factor: scale(1) - offset, offset: offset))
    }
    let ends = [scale(low), scale(high)].sorted()
    return ends[0] == ends[1] ? .constant(ends[0]) : try .between(ends[0], ends[1])
  }

  /// The distribution of something that lies between 0 and `most`. What a wide interval says beyond
  /// is taken as the end that it passes, and a note says in how many futures: `0 to 6M` is 90 % sure,
  /// so a normal distribution lies below 0 in 5 of 100. Fewer than 2 of 100 are not worth a word.
  package func bounded(
    _ what: String, upTo most: Double = .infinity, _ findings: inout Findings,
    _ scale: (Double) -> Double = { $0 }
  ) -> UncertainValue? {
    guard let value = try? uncertain(scale) else { return nil }
    for (end, isBeyond, part) in [
      (0, value.quantile(0.02) < 0, value.probability(atMost: 0)),
      (most, value.quantile(0.98) > most, 1 - value.probability(atMost: most)),
    ] where isBeyond && !value.isConstant {
      let bound = end == 0 ? "0" : unit == "%" ? "100 %" : "\(end)"
      // A probability, so that it fits.
      let futures = max(1, Int((part * 100).rounded()))
      findings.note(
        "cut-range",
        "\(what), '\(text)', lies \(end == 0 ? "below" : "above") \(bound) in \(futures) of 100 "
          + "futures, which take it as \(bound)",
        help: "for anything between two numbers, all alike: {dist: uniform, low: …, high: …}",
        at: location)
    }
    return value
  }

  /// Reads a scalar; anything else becomes a finding.
  package static func read(
    _ node: Node, _ what: String, example: String, _ findings: inout Findings
  ) -> Quantity? {
    if node["dist"] != nil {
      let scope = node["dist"]?.scope as? VariableTable ?? .empty
      return Measure.distribution(node, key: what, scope: scope, &findings).map {
        Quantity($0, text: "a distribution", at: node.location)
      }
    }
    switch FormulaReading(node, &findings) {
    case .plain: break
    case .wrong: return nil
    case .measure(let measure):
      return Quantity(measure, text: node.text ?? "", at: node.location)
    }
    guard let text = node.text else {
      findings.error(
        "wrong-type", "\(what) is a number with its unit, this is \(node.kindName)",
        help: "write: \(example)", at: node.location)
      return nil
    }
    guard
      let quantity = Figures.read(
        text, "not-a-quantity", "'\(text)' is not \(what)", help: "write: \(example)",
        at: node.location, &findings, { Quantity($0, at: node.location) })
    else { return nil }
    if quantity.low > quantity.high {
      findings.error(
        "reversed-range", "'\(text)' runs from the larger to the smaller number",
        help: "write the smaller one first: \(example)", at: node.location)
      return nil
    }
    return quantity
  }

  private init(_ measure: Measure, text: String, at location: SourceLocation) {
    low = measure.value.quantile(0.05)
    high = measure.value.quantile(0.95)
    switch measure.sign {
    case .none: sign = .none
    case .change: sign = .change
    case .factor: sign = .factor
    }
    unit = measure.units.isEmpty ? nil : measure.units.joined(separator: " ")
    per = measure.per.isEmpty ? nil : measure.per.joined(separator: " per ")
    self.text = text
    self.location = location
    value = measure.value
  }

  private init(_ figures: Figures, at location: SourceLocation) {
    low = figures.low.approximate
    high = figures.high.approximate
    sign = figures.sign
    unit = figures.unit
    per = figures.period
    text = figures.text
    self.location = location
  }
}
