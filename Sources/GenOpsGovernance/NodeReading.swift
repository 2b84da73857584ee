import GenOpsMetering
import GenOpsUnits

/// Reads scalars of policies, with findings that show what would be right.
extension Node {
  /// A share: `10%`, `10 %` or `0.1`, as 0…1.
  func share(of what: String, _ findings: inout Findings) -> Double? {
    Figures.one(
      text, "share",
      "\(what) is not a share between 0 % and 100 %: \(text.map { "'\($0)'" } ?? kindName)",
      help: "write for example 10% or 0.1", at: location, &findings
    ) { figures in
      figures.fraction.flatMap { (0...1).contains($0) ? $0 : nil }
    }
  }

  /// A whole number in `range`; a percentage may say so.
  func whole(_ what: String, in range: ClosedRange<Int>, _ findings: inout Findings) -> Int? {
    Figures.one(
      text, "whole-number",
      "\(what) is not a whole number from \(range.lowerBound) to \(range.upperBound)",
      help: "write for example \(range.lowerBound)", at: location, &findings
    ) { figures in
      figures.whole(in: "%").flatMap { range.contains($0) ? $0 : nil }
    }
  }

  /// `true`, `yes`, `on` or their opposites.
  func flag(_ what: String, _ findings: inout Findings) -> Bool? {
    switch text?.lowercased() {
    case "true", "yes", "on": return true
    case "false", "no", "off": return false
    default:
      findings.error("flag", "\(what) is neither true nor false", help: "write true", at: location)
      return nil
    }
  }

  /// A meter by id or alias.
  func meter(_ findings: inout Findings) -> Meter? {
    Node.meter(named: text ?? "", at: location, &findings)
  }

  static func meter(named name: String, at location: SourceLocation?, _ findings: inout Findings)
    -> Meter?
  {
    if let meter = Meter(named: name) { return meter }
    findings.add(Meter.unknown(name, at: location))
    return nil
  }

  /// A mapping of dimension to value.
  func attribution(_ what: String, _ findings: inout Findings) -> Attribution {
    var result = Attribution.none
    if mapping == nil {
      findings.error(
        "wrong-type", "\(what) is a mapping of dimensions, this is \(kindName)",
        help: "write for example {team: growth}", at: location)
    }
    for entry in mapping ?? [] {
      if Attribution.dimensions.contains(entry.key) {
        result[entry.key] = entry.value.text
      } else {
        Node.reportDimension(entry.key, at: entry.keyLocation, &findings)
      }
    }
    return result
  }

  static func reportDimension(
    _ name: String, at location: SourceLocation?, _ findings: inout Findings
  ) {
    let near = nearestName(to: name, among: Attribution.dimensions)
    findings.error(
      "unknown-dimension", "there is no dimension '\(name)'",
      help: near.map { "did you mean '\($0)'?" }
        ?? "known: \(Attribution.dimensions.joined(separator: ", "))", at: location)
  }
}
