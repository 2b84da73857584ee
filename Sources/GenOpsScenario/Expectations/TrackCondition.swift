import Foundation
package import GenOpsUnits

/// A condition on tracked months, as `genops track --fail-on` writes it: the grammar of ``Expectation``
/// with other metrics.
///
/// `landing.year > 60000 USD`, `miss(2026-11) > 10%`, `over_budget(2026-12) > 0%`, `coverage < 60%`.
package struct TrackCondition: Sendable {
  package enum Metric: String, Sendable, CaseIterable {
    /// Where a month or all of them end, in money.
    case landing
    /// What a month cost above what was said of it, as a part of that.
    case miss
    /// How far a landing is above the budget, as a part of it.
    case overBudget = "over_budget"
    /// The part of what was said that held.
    case coverage

    var unit: GenOpsScenario.Metric.Unit { self == .landing ? .money : .percent }
  }

  package enum Scope: Sendable, Hashable {
    /// All months of the period.
    case whole
    case month(CalendarMonth)
  }

  package var metric: Metric
  package var scope: Scope
  package var comparison: Expectation.Comparison
  /// A percentage as a fraction.
  package var bound: Double
  package var text: String

  /// The condition that has to hold so that this one does not.
  package var negated: String {
    guard let range = text.range(of: comparison.rawValue) else { return text }
    return text.replacingCharacters(in: range, with: comparison.negation.rawValue)
  }

  /// Whether `value` holds.
  package func holds(_ value: Double) -> Bool { comparison.holds(value, bound) }

  /// The value as text with its unit.
  package func describe(_ value: Double, _ currency: String) -> String {
    value.isInfinite
      ? "something where nothing was expected" : metric.unit.describe(value, currency)
  }

  /// Reads one condition; what is wrong becomes findings with the corrected line.
  package static func read(
    _ text: String, currency: String, months: [CalendarMonth], _ findings: inout Findings
  ) -> TrackCondition? {
    guard
      let comparison = Expectation.Comparison.allCases.first(where: { text.contains($0.rawValue) }),
      let range = text.range(of: comparison.rawValue)
    else {
      findings.error(
        "not-a-condition", "'\(text)' compares nothing",
        help: "write: landing.year > 60000 \(currency)   or   miss(\(example(months))) > 10%")
      return nil
    }
    let subject = text[..<range.lowerBound].trimmingCharacters(in: .whitespaces)
    let value = text[range.upperBound...].trimmingCharacters(in: .whitespaces)
    guard let (metric, argument) = subjectParts(subject, &findings) else { return nil }
    let scope = scope(argument, of: metric, months, &findings)
    let bound = bound(value, of: metric, "\(subject) \(comparison.rawValue)", currency, &findings)
    guard let scope, let bound else { return nil }
    return TrackCondition(
      metric: metric, scope: scope, comparison: comparison, bound: bound, text: text)
  }

  private static func example(_ months: [CalendarMonth]) -> String {
    months.first?.description ?? "2027-11"
  }

  /// `landing(2026-11)`, `landing.year` and `coverage` in their parts.
  private static func subjectParts(_ subject: String, _ findings: inout Findings) -> (
    Metric, String?
  )? {
    var name = subject
    var argument: String?
    if let open = subject.firstIndex(of: "("), subject.hasSuffix(")") {
      argument = subject[subject.index(after: open)...].dropLast()
        .trimmingCharacters(in: .whitespaces)
      name = subject[..<open].trimmingCharacters(in: .whitespaces)
    } else if let dot = subject.firstIndex(of: ".") {
      argument = String(subject[subject.index(after: dot)...])
      name = String(subject[..<dot])
    }
    if let metric = Metric(rawValue: name) { return (metric, argument) }
    let known = Metric.allCases.map(\.rawValue)
    findings.error(
      "unknown-metric", "track has no metric '\(name)'",
      help: nearestName(to: name, among: known).map { "did you mean '\($0)'?" }
        ?? "known: \(known.joined(separator: ", "))")
    return nil
  }

  private static func scope(
    _ argument: String?, of metric: Metric, _ months: [CalendarMonth], _ findings: inout Findings
  ) -> Scope? {
    let isWhole = argument.map { ["year", "total"].contains($0) } ?? true
    switch metric {
    case .coverage where argument == nil: return .whole
    case .coverage:
      findings.error(
        "metric-argument", "coverage is of everything that was said", help: "write: coverage < 60%")
      return nil
    case .landing, .overBudget:
      if isWhole { return .whole }
    case .miss: break
    }
    if let month = argument.flatMap({ CalendarMonth($0) }), months.contains(month) {
      return .month(month)
    }
    findings.error(
      "metric-argument",
      argument.map { "'\($0)' is not a month of the period" }
        ?? "\(metric.rawValue) is of one month",
      help: "write: \(metric.rawValue)(\(example(months)))")
    return nil
  }

  private static func bound(
    _ text: String, of metric: Metric, _ start: String, _ currency: String,
    _ findings: inout Findings
  ) -> Double? {
    let unit = metric.unit
    let example = metric == .landing ? "60000 \(currency)" : "10%"
    guard
      let figures = Figures.one(
        text, "not-a-quantity", "'\(text)' is not a value for \(metric.rawValue)",
        help: "write: \(start) \(example)", at: nil, &findings,
        { $0.refusal == nil ? $0 : nil })
    else { return nil }
    guard unit.matches(figures.unit, currency), figures.period == nil else {
      findings.error(
        figures.unit == nil ? "missing-unit" : "wrong-unit",
        "\(metric.rawValue) is measured in \(metric == .landing ? currency : "%"), the value is "
          + "'\(figures.text)'", help: "write: \(start) \(example)")
      return nil
    }
    let number = figures.low.approximate
    return unit == .percent ? number / 100 : number
  }
}
