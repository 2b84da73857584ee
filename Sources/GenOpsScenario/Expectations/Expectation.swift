import Foundation
package import GenOpsUnits

/// A condition on a result, as `expect:` and `--fail-on` write it:
/// `metric[.quantile][(argument)] op value unit`.
///
/// `breach.probability(year) <= 5%`, `lost.critical == 0`, `cost.p95(2027-11) < 7000 USD`.
package struct Expectation: Sendable {
  package enum Comparison: String, Sendable, CaseIterable {
    case lessOrEqual = "<="
    case greaterOrEqual = ">="
    case equal = "=="
    case notEqual = "!="
    case less = "<"
    case greater = ">"

    /// What holds where this does not.
    package var negation: Comparison {
      switch self {
      case .lessOrEqual: .greater
      case .greaterOrEqual: .less
      case .equal: .notEqual
      case .notEqual: .equal
      case .less: .greaterOrEqual
      case .greater: .lessOrEqual
      }
    }

    /// Whether `a` compares so with `b`.
    package func holds(_ a: Double, _ b: Double) -> Bool {
      switch self {
      case .lessOrEqual: a <= b
      case .greaterOrEqual: a >= b
      case .equal: a == b
      case .notEqual: a != b
      case .less: a < b
      case .greater: a > b
      }
    }
  }

  package var metric: Metric
  /// `p95`, `mean`, …; nil where the metric has no distribution.
  package var quantile: Quantile?
  package var argument: String?
  package var comparison: Comparison
  package var bound: Double
  package var text: String

  /// The condition that has to hold so that this one does not.
  package var negated: String {
    guard let range = text.range(of: comparison.rawValue) else { return text }
    return text.replacingCharacters(in: range, with: comparison.negation.rawValue)
  }

  /// Reads one condition; what is wrong becomes findings with the corrected line.
  package static func read(
    _ text: String, currency: String, at location: SourceLocation?, _ findings: inout Findings
  ) -> Expectation? {
    guard !isOtherSign(text),
      let comparison = Comparison.allCases.first(where: { text.contains($0.rawValue) }),
      let range = text.range(of: comparison.rawValue)
    else {
      findings.error(
        "not-a-condition", "'\(text)' compares nothing", help: "write: \(meant(text, currency))",
        at: location)
      return nil
    }
    let subject = text[..<range.lowerBound].trimmingCharacters(in: .whitespaces)
    let boundText = text[range.upperBound...].trimmingCharacters(in: .whitespaces)
    var name = subject[...]
    var argument: String?
    if let open = subject.firstIndex(of: "("), subject.hasSuffix(")") {
      argument = subject[subject.index(after: open)...].dropLast()
        .trimmingCharacters(in: .whitespaces)
      name = subject[..<open]
    }
    let words = name.filter { $0 != " " }
    if let colon = subject.firstIndex(of: ":") {
      let own = subject[subject.index(after: colon)...].trimmingCharacters(in: .whitespaces)
      findings.error(
        "not-a-condition", "'\(text)' names an option, and conditions here are for \"as is\"",
        help:
          "write in the scenario: expect: {\(subject[..<colon]): [\(own) \(comparison.rawValue) "
          + "\(boundText)]}",
        at: location)
      return nil
    }
    guard let (metric, quantile) = Metric.find(words, at: location, &findings) else { return nil }
    let bound = bound(
      boundText, of: metric, (words, subject, comparison), currency, at: location, &findings)
    let isNamed = metric.accepts(argument, currency, at: location, &findings)
    guard let bound, isNamed else { return nil }
    return Expectation(
      metric: metric, quantile: quantile, argument: argument, comparison: comparison, bound: bound,
      text: text)
  }

  /// How other languages write comparisons; `=` alone comes last, as it is a part of others.
  private static let otherSigns: [(sign: String, meant: Comparison)] = [
    ("=<", .lessOrEqual), ("=>", .greaterOrEqual), ("<>", .notEqual), ("≤", .lessOrEqual),
    ("≥", .greaterOrEqual), ("≠", .notEqual), ("=", .equal),
  ]

  /// Whether a text compares with a sign that only other languages have.
  private static func isOtherSign(_ text: String) -> Bool {
    otherSigns.dropLast().contains { text.contains($0.sign) }
  }

  /// What a text that compares nothing was probably meant to be: with the sign that its own stands for, else
  /// a condition on what it names.
  private static func meant(_ text: String, _ currency: String) -> String {
    if let (sign, comparison) = otherSigns.first(where: { text.contains($0.sign) }),
      let range = text.range(of: sign)
    {
      return text.replacingCharacters(in: range, with: comparison.rawValue)
    }
    var unused = Findings()
    let name = text.prefix { $0 != " " && $0 != "(" }
    if let (metric, _) = Metric.find(String(name), at: nil, &unused) {
      return metric.example(currency)
    }
    return "breach.probability(year) <= 5%   or   cost.p95 < 70000 \(currency)"
  }

  /// The number that is compared with, in the metric's unit; a percentage as a fraction. A corrected line
  /// repeats what the user's `condition` says besides.
  private static func bound(
    _ text: String, of metric: Metric,
    _ condition: (name: String, subject: String, comparison: Comparison), _ currency: String,
    at location: SourceLocation?, _ findings: inout Findings
  ) -> Double? {
    let comparison = condition.comparison.rawValue
    let start = "write: \(condition.subject) \(comparison)"
    let help = "\(start) \(metric.exampleValue(currency))"
    guard
      let figures = Figures.one(
        text, "not-a-quantity", "'\(text)' is not a value for \(metric.name)", help: help,
        at: location, &findings, { $0.refusal == nil ? $0 : nil })
    else { return nil }
    let unit = metric.unit.text(currency)
    guard metric.unit.matches(figures.unit, currency) else {
      findings.error(
        figures.unit == nil ? "missing-unit" : "wrong-unit",
        "\(metric.name) is measured in \(unit ?? "plain numbers"), the value is '\(figures.text)'",
        help: figures.unit == nil
          ? "\(start) \(figures.written(unit: metric.unit.suffix(currency)))" : help, at: location)
      return nil
    }
    if let period = figures.period {
      // 100 USD a month and 100 USD for the year that is asked about are two things.
      findings.error(
        "wrong-unit", "\(metric.name) is not 'per \(period)': it is for the whole period",
        help: metric.id == .cost
          ? "write: \(condition.name)(2027-11) \(comparison) \(figures.written(unit: " " + currency)) for "
            + "one month, or an amount for all of them" : help, at: location)
      return nil
    }
    let number = figures.low.approximate
    return metric.unit == .percent ? number / 100 : number
  }
}

extension ScenarioReader {
  /// `expect:` is a list of conditions for "as is", or a mapping from option to such lists.
  mutating func readExpectations(_ node: Node, currency: String, options: [String])
    -> [Scenario.ExpectEntry]
  {
    if let items = node.sequence { return readConditions(items, option: nil, currency) }
    guard let entries = node.mapping else {
      wrongType(node, "the expectations", "expect: [breach.probability(year) <= 5%]")
      return []
    }
    return entries.flatMap { entry -> [Scenario.ExpectEntry] in
      let known = options + ["as is"]
      if !known.contains(entry.key) {
        let near = nearestName(to: entry.key, among: known)
        findings.error(
          "unknown-option", "there is no option '\(entry.key)'",
          help: near.map { "did you mean '\($0)'?" } ?? "known: \(known.joined(separator: ", "))",
          at: entry.keyLocation)
      }
      let option = entry.key == "as is" ? nil : entry.key
      return readConditions(entry.value.sequence ?? [entry.value], option: option, currency)
    }
  }

  private mutating func readConditions(_ items: [Node], option: String?, _ currency: String)
    -> [Scenario.ExpectEntry]
  {
    items.compactMap { item in
      guard let text = item.text else {
        if let name = item.mapping?.first?.key, option == nil {
          findings.error(
            "wrong-type", "a condition of '\(name)' does not stand in a list of conditions",
            help:
              "write: expect: {as is: [breach.probability <= 5%], \(name): [lost.critical == 0]}",
            at: item.location)
          return nil
        }
        wrongType(item, "a condition", "lost.critical == 0")
        return nil
      }
      return Expectation.read(text, currency: currency, at: item.location, &findings).map {
        Scenario.ExpectEntry(option: option, expression: $0, location: item.location)
      }
    }
  }
}
