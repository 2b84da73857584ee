package import GenOpsNumerics
package import GenOpsUnits

/// A number as people write it in a scenario: `2% to 6% per month`, `2500 USD per month`, `300 s`,
/// `+12`, `x1.8 to x2.6`, `100 to 140 hours per month`.
///
/// `a to b` means 90 % sure that it lies between. A leading `+`/`-` marks a change, `x` a factor.
package struct Quantity: Sendable {
  package enum Sign: Sendable { case none, change, factor }

  package var low: Double
  /// Equal to ``low`` for a plain number.
  package var high: Double
  package var sign: Sign
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

  /// The law this stands for, after both ends went through `scale`.
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

  /// Reads a scalar; anything else becomes a finding.
  package static func read(
    _ node: Node, _ what: String, example: String, _ findings: inout Findings
  ) -> Quantity? {
    if node["dist"] != nil {
      let scope = node["dist"]?.scope as? VariableTable ?? .empty
      return Measure.law(node, key: what, scope: scope, &findings).map {
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
    guard let quantity = parse(text, at: node.location) else {
      findings.error(
        "not-a-quantity", "'\(text)' is not \(what)", help: "write: \(example)", at: node.location)
      return nil
    }
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

  private init(
    low: Double, high: Double, sign: Sign, unit: String?, per: String?, text: String,
    location: SourceLocation
  ) {
    self.low = low
    self.high = high
    self.sign = sign
    self.unit = unit
    self.per = per
    self.text = text
    self.location = location
  }

  static func parse(_ text: String, at location: SourceLocation) -> Quantity? {
    var words = text.split(whereSeparator: { $0 == " " || $0 == "\u{A0}" }).map(String.init)
    var per: String?
    if let index = words.firstIndex(of: "per"), index > 0 {
      let period = words[(index + 1)...].joined(separator: " ")
      guard !period.isEmpty else { return nil }
      per = period
      words.removeSubrange(index...)
    }
    let halves = words.split(separator: "to", omittingEmptySubsequences: false).map(Array.init)
    guard halves.count <= 2, let first = halves.first, let low = Term(first) else { return nil }
    var high = low
    if halves.count == 2 {
      guard let last = Term(halves[1]) else { return nil }
      high = last
    }
    guard low.unit == nil || high.unit == nil || low.unit == high.unit else { return nil }
    // "15 to +30 %" says a change once; "x2 to 3" a factor once.
    guard low.sign == high.sign || low.sign == .none || high.sign == .none else { return nil }
    return Quantity(
      low: low.value, high: high.value, sign: low.sign == .none ? high.sign : low.sign,
      unit: high.unit ?? low.unit, per: per, text: text, location: location)
  }

  /// One number with its sign and unit.
  private struct Term {
    var value: Double
    var sign: Sign = .none
    var unit: String?

    init?(_ words: [String]) {
      guard let head = words.first else { return nil }
      var number = head[...]
      if number.hasPrefix("x") || number.hasPrefix("×") {
        sign = .factor
        number = number.dropFirst()
      } else if number.hasPrefix("+") || number.hasPrefix("-") {
        sign = .change
      }
      let digits = number.prefix { "+-.,_0123456789".contains($0) }
      var rest = String(number.dropFirst(digits.count))
      // 1e6, but not "1e" of a unit.
      var mantissa = String(digits.filter { $0 != "," && $0 != "_" })
      if rest.hasPrefix("e") || rest.hasPrefix("E") {
        let exponent = rest.dropFirst().prefix { "+-0123456789".contains($0) }
        if Int(exponent) != nil {
          mantissa += "e" + exponent
          rest = String(rest.dropFirst(1 + exponent.count))
        }
      }
      guard !mantissa.isEmpty, var value = Double(mantissa), value.isFinite else { return nil }
      let scales: [Character: Double] = ["k": 1e3, "M": 1e6, "B": 1e9]
      if rest.count == 1, let letter = rest.first, let scale = scales[letter] {
        value *= scale
        rest = ""
      }
      var unitWords = words.dropFirst().map { $0 }
      if !rest.isEmpty { unitWords.insert(rest, at: 0) }
      guard value.isFinite, unitWords.count <= 2 else { return nil }
      self.value = value
      unit = unitWords.isEmpty ? nil : unitWords.joined(separator: " ")
    }
  }
}
