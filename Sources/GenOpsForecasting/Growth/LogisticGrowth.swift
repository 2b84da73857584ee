import Foundation
public import GenOpsNumerics
public import GenOpsUnits

/// Growth towards a cap (Verhulst 1838): K / (1 + (K − 1)·exp(−r·t)), which is 1 at day 0.
///
/// Either `rate`, the growth per month a stream far below the cap would have (r = log(1 + rate)),
/// or `half_way`, the time after which half the cap is reached (r = log(K − 1) / time, for K above
/// 2). From a history: least squares on the logarithm of usage; K is not determined before the
/// inflection, half the cap.
public struct LogisticGrowth: ExpectedGrowth, Hashable {
  public static let name = "logistic"
  public static let summary = "fast first, then towards a cap"
  public static let example = """
    model: logistic
    cap: x3 to x5
    rate: 10% to 20% per month
    """

  public static let manual = KindManual(
    "K / (1 + (K - 1)·exp(-r·t)), r = log(1 + rate) per month",
    [
      "cap": "where it ends, as a multiple of today's level: x3",
      "rate": "growth far below the cap, % per month",
      "half_way": "instead of rate: the time until half the cap",
      "volatility": "how far each day strays, % per year (standard deviation of the logarithm)",
    ],
    source: "P.-F. Verhulst 1838",
    calibration: "fit: history; least squares on the logarithm of usage, Student intervals; the "
      + "cap is known from half the cap on, before that give it a range")

  public var saturation: Saturation

  /// The cap is a multiple of today's level.
  public init(_ saturation: Saturation) { self.saturation = saturation }

  public static func decode(_ node: Node, _ findings: inout Findings) -> LogisticGrowth? {
    Saturation.decode(node, "logistic growth", &findings).map { LogisticGrowth($0) }
  }

  public var parameters: [GrowthParameter] { saturation.parameters }
  public var isDeterministic: Bool { saturation.isDeterministic }
  public var strays: Bool { saturation.volatility.isGiven }

  /// The cap and r per day.
  private func drawn(_ draw: (UncertainValue) -> Double) -> (cap: Double, speed: Double) {
    saturation.drawn(
      draw, rate: { rate, _ in rate }, halfWay: { days, cap in log(cap - 1) / days })
  }

  public func path(into days: UnsafeMutableBufferPointer<Double>, generator: inout RandomGenerator)
  {
    let (k, r) = drawn { $0.value(&generator) }
    saturation.volatility.path(into: days, generator: &generator)
    let factor = exp(-r)
    var rest = k - 1
    for day in days.indices {
      days[day] *= k / (1 + rest)
      rest *= factor
    }
  }

  public func expectation(days count: Int) -> [Double]? {
    let (k, r) = drawn { $0.quantile(0.5) }
    return (0..<count).map { k / (1 + (k - 1) * exp(-r * Double($0))) }
  }
}
