import GenOpsUnits

/// A number a condition can name. A new one is a case of ``ID``, an entry of ``all`` and, where
/// results are known, how it is read; the compiler asks for the last.
package struct Metric: Sendable {
  /// Every metric; how each is read from a result is one case of a `switch` over them.
  package enum ID: Sendable, CaseIterable {
    case cost, saves, breachProbability, overshoot, askFor
    case lostEvents, lostRefused, lostSampled, lostCritical, lostShare
    case usage, npv, roi, payback, lossProbability
  }

  /// What the argument in brackets names.
  package enum Argument: Sendable {
    /// A month of the period, or `year` for the whole of one.
    case month
    /// A budget by its period or name, or a month of the period.
    case budget
    /// A meter, by any of its names.
    case meter

    /// As a condition writes it.
    package var example: String {
      switch self {
      case .month: "2027-11"
      case .budget: "year"
      case .meter: "events"
      }
    }
  }

  package enum Unit: Sendable, Equatable {
    case money, percent, count, months

    /// The unit as a condition writes it.
    func text(_ currency: String) -> String? {
      switch self {
      case .money: currency
      case .percent: "%"
      case .count: nil
      case .months: "months"
      }
    }

    /// The unit as it stands behind a number.
    func suffix(_ currency: String) -> String {
      text(currency).map { self == .percent ? $0 : " \($0)" } ?? ""
    }

    /// The value as text; months without end are "never".
    package func describe(_ value: Double, _ currency: String) -> String {
      switch self {
      case .months where value == .infinity: "never"
      case .money:
        (Money(approximately: value)?.text(decimals: abs(value) < 100 ? 2 : 0, grouping: true)
          ?? "\(value)") + " \(currency)"
      case .percent: "\((value * 1000).rounded() / 10) %"
      case .count: groupedDigits(String(Int64(max(-9e17, min(9e17, value.rounded())))))
      case .months: "\((value * 10).rounded() / 10) months"
      }
    }
  }

  /// Which it is.
  package var id: ID
  /// As written, without quantile.
  package var name: String
  package var unit: Unit
  package var hasQuantiles: Bool
  /// What the argument in brackets names; nil when there is none.
  package var argument: Argument?
  package var summary: String

  /// A condition with it.
  package func example(_ currency: String) -> String {
    let subject = name + (hasQuantiles ? ".p90" : "") + (argument.map { "(\($0.example))" } ?? "")
    let comparison =
      switch unit {
      case .money, .months: "<"
      case .percent: "<="
      case .count: "=="
      }
    return "\(subject) \(comparison) \(exampleValue(currency))"
  }

  /// A value as it is compared with.
  func exampleValue(_ currency: String) -> String {
    switch unit {
    case .money: "70000 \(currency)"
    case .percent: "5%"
    case .count: "0"
    case .months: "12 months"
    }
  }

  /// The metric and quantile of `cost.p95` or `lost.critical`.
  static func find(_ name: String, at location: SourceLocation?, _ findings: inout Findings) -> (
    Metric, Quantile?
  )? {
    if let metric = all.first(where: { $0.name == name }) {
      return (metric, metric.hasQuantiles ? .mean : nil)
    }
    if let dot = name.lastIndex(of: ".") {
      if let metric = all.first(where: { $0.name == name[..<dot] }), metric.hasQuantiles,
        let quantile = Quantile(rawValue: String(name[name.index(after: dot)...]))
      {
        return (metric, quantile)
      }
    }
    let names = all.flatMap { metric in
      metric.hasQuantiles
        ? [metric.name] + ["p10", "p50", "p90", "p95"].map { metric.name + "." + $0 }
        : [metric.name]
    }
    // `breach` is the beginning of one, `lost` of five.
    let begun = all.map(\.name).filter { $0.hasPrefix(name + ".") }
    let near = nearestName(to: name, among: names).map { [$0] } ?? begun
    findings.error(
      "unknown-metric", "there is no metric '\(name)'",
      help: near.first.map { _ in
        "did you mean \(near.map { "'\($0)'" }.joined(separator: " or "))?"
      }
        ?? "'genops run SCENARIO --metrics' lists them all", at: location)
    return nil
  }

  /// The list; a metric is one entry.
  package static let all: [Metric] = [
    Metric(
      id: .cost, name: "cost", unit: .money, hasQuantiles: true, argument: .month,
      summary: "the bill of the whole period, or of one month"),
    Metric(
      id: .saves, name: "saves", unit: .money, hasQuantiles: true,
      summary: "what the option saves against as is, path by path"),
    Metric(
      id: .breachProbability, name: "breach.probability", unit: .percent, hasQuantiles: false,
      argument: .budget,
      summary:
        "the part of futures over the budget of that period or name, or by the end of that month"),
    Metric(
      id: .overshoot, name: "overshoot", unit: .money, hasQuantiles: false,
      summary: "offered spend beyond the first budget, in the futures that breach it"),
    Metric(
      id: .askFor, name: "ask_for", unit: .money, hasQuantiles: false,
      summary: "the budget that is kept in 8 of 10 futures"),
    Metric(
      id: .lostEvents, name: "lost.events", unit: .count, hasQuantiles: false,
      summary: "refused and sampled units, mean"),
    Metric(
      id: .lostRefused, name: "lost.refused", unit: .count, hasQuantiles: false,
      summary: "refused units, mean"),
    Metric(
      id: .lostSampled, name: "lost.sampled", unit: .count, hasQuantiles: false,
      summary: "sampled-out units, mean"),
    Metric(
      id: .lostCritical, name: "lost.critical", unit: .count, hasQuantiles: false,
      summary: "lost units of critical classes, mean"),
    Metric(
      id: .lostShare, name: "lost.share", unit: .percent, hasQuantiles: false, argument: .meter,
      summary:
        "lost units as a part of all offered on a meter; without one, on that which loses the largest part"
    ),
    Metric(
      id: .usage, name: "usage", unit: .count, hasQuantiles: true, argument: .meter,
      summary: "units of a meter over the whole period"),
    Metric(
      id: .npv, name: "npv", unit: .money, hasQuantiles: true, summary: "net present value"),
    Metric(
      id: .roi, name: "roi", unit: .percent, hasQuantiles: true,
      summary: "(benefits − costs) / costs, at present value"),
    Metric(
      id: .payback, name: "payback", unit: .months, hasQuantiles: true,
      summary: "months until cumulative value stays at 0 or above; never where it does not"),
    Metric(
      id: .lossProbability, name: "loss.probability", unit: .percent, hasQuantiles: false,
      summary: "the part of futures with a negative net present value"),
  ]
}
