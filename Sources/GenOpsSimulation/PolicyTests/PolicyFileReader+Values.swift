import GenOpsGovernance
import GenOpsHistory
import GenOpsMetering
import GenOpsUnits

/// The scalars of policy files.
extension PolicyFileReader {
  mutating func entries(_ node: Node?) -> [(String, Node)] {
    guard let node else { return [] }
    guard let entries = node.mapping else {
      findings.error(
        "wrong-type", "this is a mapping of names, not \(node.kindName)",
        help: "write for example {day: 0.001 USD}", at: node.location)
      return []
    }
    return entries.map { ($0.key, $0.value) }
  }

  /// Units by meter; meters that are not named are at 0.
  mutating func opening(_ node: Node) -> OpeningBalance {
    var balance = OpeningBalance.nothing
    for (name, value) in entries(node) {
      guard let meter = Meter(named: name) else {
        findings.add(Meter.unknown(name, at: value.location))
        continue
      }
      if let units = try? QuantityText.parse(value.text ?? "") {
        balance.current[meter] = units
      } else {
        findings.error(
          "usage-text", "'\(value.text ?? value.kindName)' is not a number of units",
          help: "write for example 1.2M", at: value.location)
      }
    }
    return balance
  }

  mutating func attribution(_ node: Node) -> Attribution {
    var result = Attribution.none
    for entry in node.mapping ?? [] {
      if Attribution.dimensions.contains(entry.key) {
        result[entry.key] = entry.value.text
      } else {
        findings.error(
          "unknown-dimension", "there is no dimension '\(entry.key)'",
          help: "known: \(Attribution.dimensions.joined(separator: ", "))", at: entry.keyLocation)
      }
    }
    return result
  }

  mutating func flag(_ node: Node) -> Bool? {
    switch node.text {
    case "true", "yes": return true
    case "false", "no": return false
    default:
      findings.error(
        "wrong-type", "this is true or false", help: "true", at: node.location)
      return nil
    }
  }

  /// The most events of a test: a few seconds of work.
  static let mostEvents = 1_000_000

  mutating func whole(_ node: Node) -> Int? {
    if let units = try? QuantityText.parse(node.text ?? ""), units > 0,
      units <= PolicyFileReader.mostEvents
    {
      return Int(units)
    }
    findings.error(
      "whole-number", "'\(node.text ?? node.kindName)' is not a number of events",
      help: "write a whole number up to 1M", at: node.location)
    return nil
  }

  /// `90s`, `10 min`, `2h`, `1d`, with or without a space.
  mutating func seconds(_ node: Node) -> Double? {
    Figures.one(
      node.text, "duration", "'\(node.text ?? node.kindName)' is not a span of time",
      help: "write for example 90s, 10 min, 2h or 1d", at: node.location, &findings
    ) { figures in
      figures.seconds.flatMap { (0..<1e9).contains($0) ? $0 : nil }
    }
  }
}
