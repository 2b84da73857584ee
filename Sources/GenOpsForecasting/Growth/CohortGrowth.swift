import Foundation
public import GenOpsNumerics
public import GenOpsUnits

/// Users in cohorts: each day's new users stay as a retention curve says, and so do today's.
///
///     base(t) = Σ_a S(a + t) / Σ_a S(a),  a over the days of `age`
///     multiplier(t) = base(t) + Σ_{s=1…t} n·(1 + g)^s · S(t − s)
///
/// `new` n per month as a part of today's users, `new_growth` g of that inflow; S passes through
/// the parts kept after 1 and after 12 months (``RetentionCurve``); today's users arrived evenly
/// over `age`. From a history: likelihood on a table of cohorts (``RetentionFit``).
public struct CohortGrowth: ExpectedGrowth, Hashable {
  public static let name = "cohorts"
  public static let summary = "cohorts of users that stay as a retention curve says"
  public static let example = """
    model: cohorts
    new: 15% to 25% per month
    month_1: 50% to 60%
    month_12: 20% to 30%
    curve: beta-geometric
    age: 24 months
    """

  public static let manual = KindManual(
    "base(t) + Σ s=1…t n·(1 + g)^s · S(t - s), S through month_1 and month_12",
    [
      "new": "n, new users as a part of today's, % per month",
      "new_growth": "g, how that inflow grows, % per month",
      "month_1": "part of a cohort still there after a month, %",
      "month_12": "part still there after a year, %",
      "curve": "beta-geometric or power",
      "age": "the time over which today's users arrived",
      "volatility": "how far each day strays, % per year (standard deviation of the logarithm)",
    ],
    source: "P. Fader and B. Hardie 2007 (shifted beta-geometric)",
    calibration: "likelihood on a table of cohorts (RetentionFit)")

  public var newPerMonth: UncertainValue
  public var newGrowthPerMonth: UncertainValue
  /// Parts of a cohort still there after 1 and 12 months.
  public var month1: UncertainValue
  public var month12: UncertainValue
  public var curve: RetentionCurve.Kind
  /// Days over which today's users arrived; a draw counts from 1 to 3650.
  public var age: UncertainValue
  public var volatility: Volatility

  public static func decode(_ node: Node, _ findings: inout Findings) -> CohortGrowth? {
    var keys = MappingReader(node, "growth by cohorts", &findings)
    _ = keys.take("model")
    let newNode = keys.required("new", example: "new: 15% to 25% per month", &findings)
    let growthNode = keys.take("new_growth")
    let firstNode = keys.required("month_1", example: "month_1: 50% to 60%", &findings)
    let lastNode = keys.required("month_12", example: "month_12: 20% to 30%", &findings)
    let curveNode = keys.take("curve")
    let ageNode = keys.required("age", example: "age: 24 months", &findings)
    let volatility = Volatility.take(from: &keys, &findings)
    keys.finish(&findings)
    let new = newNode.flatMap { RateText.read($0, key: "new", as: .proportional, &findings) }
    let growth =
      growthNode == nil
      ? .constant(0)
      : growthNode.flatMap { RateText.read($0, key: "new_growth", as: .compound, &findings) }
    let first = ParameterText.read(
      firstNode, key: "month_1", as: .share, example: "50% to 60%", &findings)
    let last = ParameterText.read(
      lastNode, key: "month_12", as: .share, example: "20% to 30%", &findings)
    let age = ParameterText.read(ageNode, key: "age", as: .span, example: "24 months", &findings)
    let curve = curveNode.map { RetentionCurve.Kind(rawValue: $0.text ?? "") } ?? .betaGeometric
    if curve == nil, let curveNode {
      findings.error(
        "wrong-value", "there is no retention curve '\(curveNode.text ?? curveNode.kindName)'",
        help: "known: \(RetentionCurve.Kind.allCases.map(\.rawValue).joined(separator: ", "))",
        at: curveNode.location)
    }
    if let first, let last, let lastNode,
      last.quantile(0.5) >= first.quantile(0.5)
        || last.quantile(0.5) <= pow(first.quantile(0.5), 12)
    {
      findings.error(
        "wrong-value",
        "a cohort keeps less after 12 months than after 1, and more than a constant churn would",
        help:
          "between \(NumberText.shown((pow(first.quantile(0.5), 12) * 1000).rounded(.up) / 10))% and \(NumberText.shown((first.quantile(0.5) * 1000).rounded() / 10))%",
        at: lastNode.location)
      return nil
    }
    guard let new, let growth, let first, let last, let age, let curve else { return nil }
    return CohortGrowth(
      newPerMonth: new, newGrowthPerMonth: growth, month1: first, month12: last, curve: curve,
      age: age, volatility: volatility)
  }

  public var parameters: [GrowthParameter] {
    [
      GrowthParameter("new", newPerMonth), GrowthParameter("new_growth", newGrowthPerMonth),
      GrowthParameter("month_1", month1), GrowthParameter("month_12", month12),
      GrowthParameter("age", age),
    ] + volatility.parameters
  }
  public var strays: Bool { volatility.isGiven }
  public var isDeterministic: Bool {
    parameters.allSatisfy(\.distribution.isConstant) && volatility.isNone
  }

  /// Multiplies `days` by the path of these parameters.
  private func apply(
    to days: UnsafeMutableBufferPointer<Double>, _ draw: (UncertainValue) -> Double
  ) {
    let new = max(0, draw(newPerMonth)) / RateText.daysPerMonth
    let growth = DailyRate.log(perMonth: draw(newGrowthPerMonth))
    let (first, last) = (draw(month1), draw(month12))
    let curve = RetentionCurve(curve, month1: first, month12: last)
    let age = Int(min(3650, max(1, draw(age))))
    // kept[d] after d days; before[d] = Σ kept over the days before d.
    let kept = (0..<age + days.count).map { curve.kept(Double($0) / RateText.daysPerMonth) }
    var before = [0.0]
    for part in kept { before.append(before[before.count - 1] + part) }
    let arrived = days.indices.map { new * exp(growth * Double($0)) }
    for day in days.indices {
      var level = (before[day + age] - before[day]) / before[age]
      for index in 0..<day { level += arrived[day - index] * kept[index] }
      days[day] *= level
    }
  }

  public func path(into days: UnsafeMutableBufferPointer<Double>, generator: inout RandomGenerator)
  {
    days.update(repeating: 1)
    apply(to: days) { $0.value(&generator) }
    if volatility.isNone { return }
    var walk = Volatility.Walk(volatility: volatility.drawn(&generator))
    for day in days.indices where day > 0 { days[day] *= walk.next(&generator) }
  }

  public func expectation(days count: Int) -> [Double]? {
    var levels = [Double](repeating: 1, count: count)
    levels.withUnsafeMutableBufferPointer { apply(to: $0) { $0.quantile(0.5) } }
    return levels
  }
}
