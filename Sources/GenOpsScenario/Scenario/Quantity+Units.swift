import GenOpsHistory
package import GenOpsNumerics
package import GenOpsUnits

extension TimeUnit {
  /// Its mean length in days.
  package var days: Double {
    switch self {
    case .second: 1.0 / 86_400
    case .minute: 1.0 / 1_440
    case .hour: 1.0 / 24
    case .day: 1
    case .week: 7
    case .month: 365.25 / 12
    case .quarter: 365.25 / 4
    case .year: 365.25
    }
  }
}

extension Quantity {
  /// The period after "per", or a finding that shows the line with one.
  package func period(
    _ what: String, allowed: [TimeUnit] = TimeUnit.allCases, example: String,
    _ findings: inout Findings
  ) -> TimeUnit? {
    guard let per else {
      findings.error(
        "missing-period", "\(what) needs its period: '\(text)' per what?",
        help: "write: \(meant(example))", at: location)
      return nil
    }
    if let period = TimeUnit(per), allowed.contains(period) { return period }
    let near = nearestName(to: per, among: allowed.map(\.rawValue))
    let help =
      if let near, text.hasSuffix(per) {
        "write: \(text.dropLast(per.count))\(near)"
      } else if TimeUnit(per) != nil {
        // Converted and not renamed: 1 % per month is not 1 % per year.
        "say what it is per \(allowed.map(\.rawValue).joined(separator: ", "))"
      } else {
        "write: \(meant(example))"
      }
    findings.error(
      "wrong-period", "'per \(per)' is not a period for \(what)", help: help, at: location)
    return nil
  }

  /// An amount of money in `currency`, or a finding.
  package func amount(
    _ what: String, currency: String, example: String, _ findings: inout Findings
  ) -> Bool {
    if sign == .factor {
      findings.error(
        "wrong-unit", "\(what) is an amount, '\(text)' is a factor",
        help: "write an amount of \(currency), such as: \(example)", at: location)
      return false
    }
    switch unit {
    case let unit? where Figures.currency(unit) == currency: return true
    case nil:
      findings.error(
        "missing-unit", "\(what) needs its currency: '\(text)'", help: "write: \(meant(example))",
        at: location)
    case let other?:
      let isCurrency = Figures.currency(other) != nil
      // The number stays where only the name of the currency is wrong, as in `5000 dollars`.
      var own = try? Figures(text)
      own?.unit = nil
      findings.error(
        isCurrency ? "two-currencies" : "wrong-unit",
        isCurrency
          ? "\(what) is in \(other), the price book in \(currency); nothing is converted"
          : "'\(other)' is not a currency for \(what)",
        help: isCurrency
          ? "convert it to \(currency), or take a price book in \(other)"
          : "write: \(own?.put(into: example) ?? example)", at: location)
    }
    return false
  }

  /// Whether it has no period; a period that would be ignored is a finding, never dropped.
  package func isOnce(_ what: String, _ example: String, _ findings: inout Findings) -> Bool {
    guard let per else { return true }
    findings.error(
      "wrong-period", "\(what) is not 'per \(per)'", help: "write: \(example)", at: location)
    return false
  }

  /// A share between 0 and 1 from a percentage, or a finding.
  package static func share(
    _ node: Node, _ what: String, example: String, _ findings: inout Findings
  ) -> UncertainValue? {
    guard let quantity = read(node, what, example: example, &findings) else { return nil }
    guard quantity.unit == "%", quantity.sign != .factor else {
      findings.error(
        quantity.unit == nil ? "missing-unit" : "wrong-unit",
        "\(what) is a percentage, this is '\(quantity.text)'",
        help: "write: \(quantity.meant(example))",
        at: node.location)
      return nil
    }
    guard quantity.low >= 0, quantity.high <= 100, quantity.per == nil else {
      findings.error(
        "out-of-range", "\(what) lies between 0 % and 100 %, this is '\(quantity.text)'",
        help: quantity.per == nil
          ? "write a part from 0% to 100%" : "write the part alone: it has no period",
        at: node.location)
      return nil
    }
    return quantity.bounded(what, upTo: 1, &findings) { $0 / 100 }
  }

  /// Seconds from `300 s`, `5 min`, `1 h`; a finding for anything else or nothing.
  package static func seconds(
    _ node: Node, _ what: String, example: String, _ findings: inout Findings
  ) -> Double? {
    guard let quantity = read(node, what, example: example, &findings) else { return nil }
    guard let scale = quantity.unit.flatMap({ TimeUnit($0) })?.seconds, quantity.per == nil,
      !quantity.isRange, quantity.sign != .factor, quantity.low > 0
    else {
      findings.error(
        quantity.unit == nil ? "missing-unit" : "wrong-unit",
        "\(what) is a time span above zero, this is '\(quantity.text)'",
        help: "write: \(quantity.meant(example))", at: node.location)
      return nil
    }
    return quantity.low * Double(scale)
  }
}
