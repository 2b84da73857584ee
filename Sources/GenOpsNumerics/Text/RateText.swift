import Foundation
public import GenOpsUnits

/// Reads rates such as `2% to 6% per month`: a percentage or an interval of two, and the time it is
/// for. `a to b` means 90 % sure that it lies between.
///
/// Neither the unit nor the period is ever guessed: without one of them there is a finding that
/// shows the corrected line.
public struct RateText: Sendable, Hashable {
  /// How a rate for one span of time becomes a rate for another.
  public enum Kind: Sendable, Hashable {
    /// Growth on growth, read as a fraction per month: r per year is (1+r)^(1/12) − 1 per month.
    case compound
    /// A fraction of the starting level, read per month: r per year is r/12 per month.
    case proportional
    /// A fraction of what is there that leaves, read per month: r per year is 1 − (1−r)^(1/12).
    case loss
    /// The standard deviation of a random walk, read per √year: r per month is r·√12.
    case volatility

    /// What a rate of the kind can be at least and at most.
    var limits: (low: Double, high: Double) {
      switch self {
      // A fall of all is beyond the logarithm that growth is computed with.
      case .compound: (-0.999_999, .infinity)
      case .proportional: (-.infinity, .infinity)
      case .loss: (0, 1)
      case .volatility: (0, .infinity)
      }
    }
  }

  /// The spans a rate can be for, in months of 30.4375 days.
  static let months: [(unit: TimeUnit, length: Double)] = [
    (.day, 1 / daysPerMonth), (.week, 7 / daysPerMonth), (.month, 1), (.quarter, 3), (.year, 12),
  ]

  /// One of ``months``; nil for an hour and less.
  private static func span(_ unit: TimeUnit) -> (unit: TimeUnit, length: Double)? {
    months.first { $0.unit == unit }
  }

  /// Mean length of a month in days: 365.25 / 12.
  public static let daysPerMonth = 30.4375

  /// The rate under `key`, as a fraction in the unit of `kind`; nil with findings when it cannot be
  /// read. Takes text, or a mapping with `dist` (``UncertainValue/decode(_:key:_:amount:)``).
  public static func read(_ node: Node, key: String, as kind: Kind, _ findings: inout Findings)
    -> UncertainValue?
  {
    if node.mapping != nil {
      return UncertainValue.decode(node, key: key, &findings) { node, key, findings in
        scalar(node, key: key, as: kind, &findings)
      }
    }
    return scalar(node, key: key, as: kind, &findings)
  }

  private static func scalar(
    _ node: Node, key: String, as kind: Kind, _ findings: inout Findings
  ) -> UncertainValue? {
    let usual = kind == .volatility ? "year" : "month"
    switch FormulaReading(node, &findings) {
    case .plain: break
    case .wrong: return nil
    case .measure(let measure): return measured(measure, node, key: key, as: kind, &findings)
    }
    guard let text = node.text else {
      findings.error(
        "wrong-type", "'\(key)' is a rate, this is \(node.kindName)",
        help: "\(key): 2% to 6% per \(usual)", at: node.location)
      return nil
    }
    let read = Figures.read(
      text, "rate", "'\(text)' is not a rate", help: "\(key): 2% to 6% per \(usual)",
      at: node.location, &findings
    ) { figures in
      let isRate = [nil, "%"].contains(figures.unit) && figures.per.count <= 1
      return isRate && figures.sign != .factor ? figures : nil
    }
    guard let figures = read else { return nil }
    let span = figures.per.first.flatMap { TimeUnit($0) }.flatMap(RateText.span)
    if let period = figures.per.first, span == nil {
      let near = nearestName(to: period, among: months.map(\.unit.rawValue)) ?? usual
      findings.error(
        "rate-period", "there is no rate per '\(period)'",
        help: "\(key): \(figures.written(unit: "%")) per \(near)", at: node.location)
      return nil
    }
    if figures.unit == nil {
      findings.error(
        "rate-unit", "'\(text)' has no unit: is it percent?",
        help: "\(key): \(figures.written(unit: "%")) per \(span?.unit.rawValue ?? usual)",
        at: node.location)
      return nil
    }
    // Nothing per anything is nothing.
    if figures.low.isZero, figures.high.isZero { return .constant(0) }
    guard let span else {
      findings.error(
        "rate-period", "'\(text)' does not say for what time",
        help: "\(key): \(figures.written(unit: "%")) per \(usual)", at: node.location)
      return nil
    }
    let fractions = [figures.low, figures.high].map { $0.approximate / 100 }
    if kind == .loss, !fractions.allSatisfy({ (0..<1).contains($0) }) {
      findings.error(
        "rate", "'\(text)' is not a part that leaves",
        help: "it lies from 0% to below 100% per \(span.unit.rawValue)", at: node.location)
      return nil
    }
    if kind == .compound, fractions.contains(where: { $0 <= -1 }) {
      findings.error(
        "rate", "'\(text)' would leave nothing", help: "a fall is above -100%",
        at: node.location)
      return nil
    }
    if kind == .volatility, fractions.contains(where: { $0 < 0 }) {
      findings.error(
        "rate", "'\(text)' is negative, a volatility is not",
        help: "\(key): 20% per year", at: node.location)
      return nil
    }
    let converted = fractions.map { convert($0, from: span.length, kind) }
    do throws(UncertainValueError) {
      return try UncertainValue.between(converted[0], converted[1])
        .limited(to: kind.limits.low, kind.limits.high, key: key, node, &findings)
    } catch {
      findings.error(
        "interval", "'\(text)' runs from the larger to the smaller",
        help: "\(key): \(figures.swapped.written(unit: "%")) per \(span.unit.rawValue)",
        at: node.location)
      return nil
    }
  }

  /// A rate that a formula gives: percent for one span of time.
  private static func measured(
    _ measure: Measure, _ node: Node, key: String, as kind: Kind, _ findings: inout Findings
  ) -> UncertainValue? {
    let span = measure.per.count == 1 ? TimeUnit(measure.per[0]).flatMap(RateText.span) : nil
    guard let span, measure.units == ["%"], measure.sign != .factor else {
      findings.error(
        span == nil ? "rate-period" : "rate-unit",
        "'\(node.text ?? "")' is \(measure.unitText), a rate is a percentage for some time",
        help: "give its variables a rate: 2% to 6% per \(kind == .volatility ? "year" : "month")",
        at: node.location)
      return nil
    }
    let fraction = measure.value.scaled(.times(0.01))
    let least = fraction.isConstant ? fraction.mean : fraction.quantile(0.05)
    let isWrong =
      switch kind {
      case .loss: !(0..<1).contains(least) || fraction.quantile(0.95) >= 1
      case .compound: least <= -1
      case .volatility: least < 0
      case .proportional: false
      }
    if isWrong {
      findings.error(
        "rate", "'\(node.text ?? "")' comes to a rate that cannot be", help: "\(key): 3% per month",
        at: node.location)
      return nil
    }
    return switch kind {
    case .compound: span.length == 1 ? fraction : fraction.scaled(.compound(months: span.length))
    case .loss: span.length == 1 ? fraction : fraction.scaled(.loss(months: span.length))
    case .proportional: fraction.scaled(.times(1 / span.length))
    case .volatility: fraction.scaled(.times((12 / span.length).squareRoot()))
    }
  }

  private static func convert(_ rate: Double, from months: Double, _ kind: Kind) -> Double {
    switch kind {
    case .compound: months == 1 ? rate : expm1(log1p(rate) / months)
    case .proportional: rate / months
    case .loss: months == 1 ? rate : -expm1(log1p(-rate) / months)
    case .volatility: rate * (12 / months).squareRoot()
    }
  }
}
