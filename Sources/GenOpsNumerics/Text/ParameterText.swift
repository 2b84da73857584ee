package import GenOpsUnits

/// Reads the parameters of growth models that are not rates: `x3 to x5`, `+20% to +40%`,
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

    /// What it can be at most and at least.
    var limits: (low: Double, high: Double) {
      switch self {
      case .change: (-1, .infinity)
      case .share: (0, 1)
      case .factor, .span, .frequency, .number: (0, .infinity)
      }
    }

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
      if let value = measured(measure, kind) {
        return value.limited(
          to: kind.limits.low, kind.limits.high, key: key, node, &findings)
      }
    case .plain: break
    }
    // `2` could be twice as much or 2 % more: neither is more likely, and one of them is far dearer.
    if kind == .change, let both = node.text.flatMap({ try? Figures($0) })?.asChange {
      findings.error(
        "wrong-value", "'\(key)' is \(kind.what), the smaller one first",
        help: "\(key): \(both)", at: node.location)
      return nil
    }
    let value = Figures.read(
      node.text, "wrong-value", "'\(key)' is \(kind.what), the smaller one first",
      help: "\(key): \(example)", at: node.location, &findings
    ) { figures in
      ends(figures, kind).flatMap { try? UncertainValue.between($0, $1) }
    }
    return value?.limited(to: kind.limits.low, kind.limits.high, key: key, node, &findings)
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
      return TimeUnit(measure.units[0]).map { value.scaled(.times(days($0))) }
    case (.frequency, .none, 1) where isBare && low >= 0,
      (.frequency, .none, 1) where measure.units == ["times"] && low >= 0:
      return TimeUnit(measure.per[0]).map { value.scaled(.times(1 / days($0))) }
    default: return nil
    }
  }

  /// The two ends in the unit of the kind, equal for one number; nil when they are something else,
  /// or outside.
  private static func ends(_ figures: Figures, _ kind: Kind) -> (Double, Double)? {
    let (low, high) = (figures.low.approximate, figures.high.approximate)
    let period = figures.period.flatMap { TimeUnit($0) }
    guard (kind == .frequency) == (figures.period != nil) else { return nil }
    switch (kind, figures.sign == .factor, figures.unit) {
    case (.factor, true, nil) where min(low, high) > 0: return (low, high)
    case (.change, true, nil) where min(low, high) > 0: return (low - 1, high - 1)
    case (.change, false, "%") where min(low, high) > -100: return (low / 100, high / 100)
    case (.share, false, "%") where min(low, high) >= 0 && max(low, high) <= 100:
      return (low / 100, high / 100)
    case (.number, false, nil) where min(low, high) > 0: return (low, high)
    case (.span, false, let unit?) where min(low, high) > 0:
      return TimeUnit(unit).map { (low * days($0), high * days($0)) }
    case (.frequency, false, nil) where min(low, high) >= 0,
      (.frequency, false, "times") where min(low, high) >= 0:
      return period.map { (low / days($0), high / days($0)) }
    default: return nil
    }
  }

  /// The mean length of a unit of time.
  private static func days(_ unit: TimeUnit) -> Double {
    switch unit {
    case .second: 1 / 86_400.0
    case .minute: 1 / 1_440.0
    case .hour: 1 / 24.0
    case .day, .week, .month, .quarter, .year:
      (RateText.months.first { $0.unit == unit }?.length ?? 0) * RateText.daysPerMonth
    }
  }
}
