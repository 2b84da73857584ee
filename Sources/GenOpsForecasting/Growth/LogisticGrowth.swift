import Foundation
public import GenOpsUnits

/// Growth towards a cap (Verhulst 1838): K / (1 + (K − 1)·exp(−r·t)), which is 1 at day 0.
///
/// Either `rate`, the growth per month a stream far below the cap would have (r = log(1 + rate)), or
/// `half_way`, the time after which half the cap is reached (r = log(K − 1) / time, for K above 2).
public struct LogisticGrowth: GrowthModel, Hashable {
  public static let name = "logistic"
  public static let summary = "fast first, then towards a cap"
  public static let example = """
    model: logistic
    cap: x3 to x5
    rate: 10% to 20% per month
    """

  public enum Speed: Sendable, Hashable {
    /// Fraction per month, far below the cap.
    case rate(UncertainValue)
    /// Months until half the cap.
    case halfWay(UncertainValue)
  }

  /// The level it tends to, as a multiple of today's; a draw below 0.001 counts as 0.001.
  public var cap: UncertainValue
  public var speed: Speed
  public var wobble: Wobble

  public init(cap: UncertainValue, speed: Speed, wobble: Wobble = .none) {
    self.cap = cap
    self.speed = speed
    self.wobble = wobble
  }

  public static func decode(_ node: Node, _ findings: inout Findings) -> LogisticGrowth? {
    var keys = MappingReader(node, "logistic growth", &findings)
    _ = keys.take("model")
    let capNode = keys.required("cap", example: "cap: x3 to x5", &findings)
    let rate = keys.take("rate")
    let halfWay = keys.take("half_way")
    let wobble = Wobble.take(from: &keys, &findings)
    keys.finish(&findings)
    let cap = capNode.flatMap { capValue($0, &findings) }
    let speed: Speed?
    switch (rate, halfWay) {
    case (let node?, nil):
      speed = RateText.read(node, key: "rate", as: .compound, &findings).map { .rate($0) }
    case (nil, let node?): speed = halfWayValue(node, cap: cap, &findings).map { .halfWay($0) }
    default:
      findings.error(
        "missing-key", "logistic growth needs one of 'rate' and 'half_way'",
        help: "add: rate: 10% to 20% per month", at: node.location)
      speed = nil
    }
    guard let cap, let speed else { return nil }
    return LogisticGrowth(cap: cap, speed: speed, wobble: wobble)
  }

  private static func capValue(_ node: Node, _ findings: inout Findings) -> UncertainValue? {
    if let interval = node.text.flatMap({ IntervalText($0) }), interval.isFactor,
      interval.unit.isEmpty, interval.values.allSatisfy({ $0 > 0 }),
      let value = try? UncertainValue.between(
        interval.values[0], interval.values[interval.values.count - 1])
    {
      return value
    }
    findings.error(
      "wrong-value", "'cap' is a multiple of today's level, the smaller one first",
      help: "cap: x3 to x5", at: node.location)
    return nil
  }

  private static func halfWayValue(
    _ node: Node, cap: UncertainValue?, _ findings: inout Findings
  ) -> UncertainValue? {
    if let cap, cap.quantile(0.001) <= 2 {
      findings.error(
        "wrong-value", "half of a cap of x2 or less is behind us on day 0",
        help: "give 'rate', or a cap that is surely above x2", at: node.location)
      return nil
    }
    if let interval = node.text.flatMap({ IntervalText($0) }), !interval.isFactor,
      ["month", "months"].contains(interval.unit), interval.values.allSatisfy({ $0 > 0 }),
      let value = try? UncertainValue.between(
        interval.values[0], interval.values[interval.values.count - 1])
    {
      return value
    }
    findings.error(
      "wrong-value", "'half_way' is a number of months, the smaller one first",
      help: "half_way: 6 to 10 months", at: node.location)
    return nil
  }

  public func path(into days: UnsafeMutableBufferPointer<Double>, stream: inout RandomStream) {
    let k = max(0.001, cap.value(&stream))
    let perMonth: Double
    switch speed {
    case .rate(let rate): perMonth = log1p(max(-0.99, rate.value(&stream)))
    case .halfWay(let months):
      // A cap drawn at 2 or below has no half-way point ahead: as slow as x2.001 would be.
      perMonth = log(max(1.001, k - 1)) / max(0.01, months.value(&stream))
    }
    wobble.path(into: days, stream: &stream)
    let factor = exp(-perMonth / RateText.daysPerMonth)
    var rest = k - 1
    for day in days.indices {
      days[day] *= k / (1 + rest)
      rest *= factor
    }
  }

  public var isDeterministic: Bool {
    let speedIsConstant =
      switch speed {
      case .rate(let value), .halfWay(let value): value.isConstant
      }
    return cap.isConstant && speedIsConstant && wobble.isNone
  }
}
