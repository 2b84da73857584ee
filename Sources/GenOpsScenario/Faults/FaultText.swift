import GenOpsHistory
import GenOpsNumerics
import GenOpsUnits

/// Reads what faults have in common.
enum FaultText {
  /// A number of at least 0 per period, as a number per day.
  static func perDay(_ node: Node, _ what: String, example: String, _ findings: inout Findings)
    -> UncertainValue?
  {
    guard let quantity = Quantity.read(node, what, example: example, &findings) else { return nil }
    guard quantity.sign == .none, quantity.unit == nil, quantity.low >= 0 else {
      findings.error(
        "wrong-unit", "\(what) is a number per hour or day, this is '\(quantity.text)'",
        help: "write: \(example)", at: node.location)
      return nil
    }
    guard let period = quantity.period(what, example: example, &findings) else { return nil }
    guard quantity.high / period.days <= 1e12 else {
      findings.error(
        "out-of-range", "more than 10^12 a day is beyond what can be simulated",
        help: "write: \(example)", at: node.location)
      return nil
    }
    return quantity.bounded(what, &findings) { $0 / period.days }
  }

  /// A number of days, negative in the past.
  static func days(_ node: Node, _ what: String, example: String, _ findings: inout Findings)
    -> UncertainValue?
  {
    guard let quantity = Quantity.read(node, what, example: example, &findings) else { return nil }
    guard quantity.sign != .factor, quantity.unit.flatMap({ TimeUnit($0) }) == .day,
      quantity.per == nil,
      abs(quantity.low) <= 3_650, abs(quantity.high) <= 3_650
    else {
      findings.error(
        quantity.unit == nil ? "missing-unit" : "wrong-unit",
        "\(what) is a number of days up to ten years, this is '\(quantity.text)'",
        help: "write: \(example)", at: node.location)
      return nil
    }
    return try? quantity.uncertain()
  }
}
