import Foundation
package import GenOpsUnits

/// Reads the parameters of growth models that are no rates: `x3 to x5`, `+20% to +40%`,
/// `6 to 10 months`, `4 per year`, `60%`, `40k`. Each may be `a to b` or a mapping with `dist`.
package enum ParameterText {
  package enum Kind {
    /// A multiple of today's level, above 0: `x3`.
    case factor
    /// A relative change above −100 %, as a fraction: `+20%`.
    case change
    /// A fraction of 0 to 1: `60%`.
    case share
    /// A time span above 0, in days: `6 months`.
    case span
    /// How often, at least 0, in times per day: `4 per year`.
    case frequency
    /// A plain number above 0: `2.5`, `40k`.
    case number

    var what: String {
      switch self {
      case .factor: "a multiple of today's level"
      case .change: "a relative change above -100%"
      case .share: "a percentage between 0% and 100%"
      case .span: "a time span above 0"
      case .frequency: "a number of times per month or year"
      case .number: "a number above 0"
      }
    }
  }

  /// The parameter under `key`; nil with findings when it cannot be read, nil without when the node
  /// is missing. `example` is the value that would be right.
  package static func read(
    _ node: Node?, key: String, as kind: Kind, example: String, _ findings: inout Findings
  ) -> UncertainValue? {
    guard let node else { return nil }
    if node.mapping != nil {
      return UncertainValue.decode(node, key: key, &findings) { node, name, findings in
        scalar(node, key: name, as: kind, example: example, &findings)
      }
    }
    return scalar(node, key: key, as: kind, example: example, &findings)
  }

  private static func scalar(
    _ node: Node, key: String, as kind: Kind, example: String, _ findings: inout Findings
  ) -> UncertainValue? {
    switch FormulaReading(node, &findings) {
    case .wrong: return nil
    case .measure(let measure):
      if let value = measured(measure, kind) { return value }
    case .plain: break
    }
    if let values = node.text.flatMap({ values($0, kind) }),
      let value = try? UncertainValue.between(values[0], values[values.count - 1])
    {
      return value
    }
    findings.error(
      "wrong-value", "'\(key)' is \(kind.what), the smaller one first",
      help: "\(key): \(example)", at: node.location)
    return nil
  }

  /// What a formula gives, in the unit of the kind; nil when it is something else, or outside.
  private static func measured(_ measure: Measure, _ kind: Kind) -> UncertainValue? {
    let value = measure.value
    let (low, high) = (value.quantile(0.05), value.quantile(0.95))
    let isPercent = measure.units == ["%"]
    let isBare = measure.units.isEmpty
    switch (kind, measure.sign, measure.per.count) {
    case (.factor, .factor, 0) where isBare && low > 0: return value
    case (.change, .factor, 0) where isBare && low > 0:
      return value.scaled(.affine(factor: 1, offset: -1))
    case (.change, .none, 0) where isPercent && low > -100,
      (.change, .change, 0) where isPercent && low > -100:
      return value.scaled(.times(0.01))
    case (.share, .none, 0) where isPercent && low >= 0 && high <= 100:
      return value.scaled(.times(0.01))
    case (.number, .none, 0) where isBare && low > 0: return value
    case (.span, .none, 0) where measure.units.count == 1 && low > 0:
      return days(measure.units[0]).map { value.scaled(.times($0)) }
    case (.frequency, .none, 1) where isBare && low >= 0,
      (.frequency, .none, 1) where measure.units == ["times"] && low >= 0:
      return days(measure.per[0]).map { value.scaled(.times(1 / $0)) }
    default: return nil
    }
  }

  private static func values(_ text: String, _ kind: Kind) -> [Double]? {
    let words = text.replacingOccurrences(of: "/", with: " per ").split(separator: " ")
    let per = words.firstIndex(of: "per")
    guard let interval = IntervalText(words[..<(per ?? words.count)].joined(separator: " "))
    else { return nil }
    let period = per.map { words[($0 + 1)...].joined(separator: " ") }
    guard (kind == .frequency) == (period != nil) else { return nil }
    let values = interval.values
    switch (kind, interval.isFactor, interval.unit) {
    case (.factor, true, "") where values.allSatisfy { $0 > 0 }: return values
    case (.change, true, "") where values.allSatisfy { $0 > 0 }: return values.map { $0 - 1 }
    case (.change, false, "%") where values.allSatisfy { $0 > -100 }:
      return values.map { $0 / 100 }
    case (.share, false, "%") where values.allSatisfy { (0...100).contains($0) }:
      return values.map { $0 / 100 }
    case (.number, false, "") where values.allSatisfy { $0 > 0 }: return values
    case (.span, false, let unit) where values.allSatisfy { $0 > 0 }:
      return days(unit).map { days in values.map { $0 * days } }
    case (.frequency, false, ""), (.frequency, false, "times"):
      guard values.allSatisfy({ $0 >= 0 }) else { return nil }
      return days(period ?? "").map { days in values.map { $0 / days } }
    default: return nil
    }
  }

  /// The days of a unit of time, singular or plural.
  private static func days(_ unit: String) -> Double? {
    let singular = unit.hasSuffix("s") ? String(unit.dropLast()) : unit
    if singular == "hour" { return 1 / 24.0 }
    return RateText.months.first { $0.name == singular }.map { $0.length * RateText.daysPerMonth }
  }
}
