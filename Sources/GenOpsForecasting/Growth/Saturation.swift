import Foundation
public import GenOpsNumerics
import GenOpsUnits

/// What the growths towards a cap share: the cap, how fast, and the volatility around it.
public struct Saturation: Sendable, Hashable {
  /// How fast the cap is approached, in one of two ways to say it.
  public enum Speed: Sendable, Hashable {
    /// Growth as a fraction per month; what it is measured at is the model's.
    case rate(UncertainValue)
    /// Days until half the cap.
    case halfWay(UncertainValue)
  }

  /// The level it tends to, as a multiple of today's; a draw below 0.001 counts as 0.001.
  public var cap: UncertainValue
  public var speed: Speed
  public var volatility: Volatility

  /// `cap` is a multiple of today's level.
  public init(cap: UncertainValue, speed: Speed, volatility: Volatility = .none) {
    self.cap = cap
    self.speed = speed
    self.volatility = volatility
  }

  /// Reads `cap`, one of `rate` and `half_way`, and `volatility`.
  static func decode(_ node: Node, _ what: String, _ findings: inout Findings) -> Saturation? {
    var keys = MappingReader(node, what, &findings)
    _ = keys.take("model")
    let capNode = keys.required("cap", example: "cap: x3 to x5", &findings)
    let rate = keys.take("rate")
    let halfWay = keys.take("half_way")
    let volatility = Volatility.take(from: &keys, &findings)
    keys.finish(&findings)
    let cap = ParameterText.read(
      capNode, key: "cap", as: .factor, example: "x3 to x5", &findings)
    let speed: Speed?
    switch (rate, halfWay) {
    case (let node?, nil):
      speed = RateText.read(node, key: "rate", as: .compound, &findings).map { .rate($0) }
    case (nil, let node?): speed = halfWayValue(node, cap: cap, &findings).map { .halfWay($0) }
    default:
      findings.error(
        "missing-key", "\(what) needs one of 'rate' and 'half_way'",
        help: "add: rate: 10% to 20% per month", at: node.location)
      speed = nil
    }
    guard let cap, let speed else { return nil }
    return Saturation(cap: cap, speed: speed, volatility: volatility)
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
    return ParameterText.read(
      node, key: "half_way", as: .span, example: "6 to 10 months", &findings)
  }

  var parameters: [GrowthParameter] {
    let speed =
      switch speed {
      case .rate(let value): GrowthParameter("rate", value)
      case .halfWay(let value): GrowthParameter("half_way", value)
      }
    return [GrowthParameter("cap", cap), speed] + volatility.parameters
  }

  var isDeterministic: Bool {
    parameters.allSatisfy(\.distribution.isConstant) && volatility.isNone
  }

  /// The cap and the speed of one path. `draw` gives the value of each parameter in order; `rate`
  /// and `halfWay` make the model's speed per day of growth per month or of days, and the cap.
  func drawn(
    _ draw: (UncertainValue) -> Double, rate: (_ logPerDay: Double, _ cap: Double) -> Double,
    halfWay: (_ days: Double, _ cap: Double) -> Double
  ) -> (cap: Double, speed: Double) {
    let k = max(0.001, draw(cap))
    switch speed {
    case .rate(let value): return (k, rate(DailyRate.log(perMonth: draw(value)), k))
    // A cap drawn at 2 or below has no half-way point ahead: as slow as x2.001 would be.
    case .halfWay(let value): return (k, halfWay(max(0.3, draw(value)), max(2.001, k)))
    }
  }
}
