import Foundation
public import GenOpsNumerics
public import GenOpsUnits

/// Growth towards a cap that slows down from the first day (Gompertz 1825): K^(1 − exp(−b·t)),
/// which is 1 at day 0. Its inflection lies at K/e, before the logistic curve's K/2: fast starts,
/// long ends.
///
/// Either `rate`, the growth per month on day 0 (b = log(1 + rate) / log K; a rate that leads away
/// from the cap stays where it is), or `half_way`, the time after which half the cap is reached
/// (b = log(log K / log 2) / time, for K above 2). From a history: least squares on the logarithm
/// of usage.
public struct GompertzGrowth: ExpectedGrowth, Hashable {
  public static let name = "gompertz"
  public static let summary = "towards a cap, slower every day"
  public static let example = """
    model: gompertz
    cap: x3 to x5
    rate: 10% to 20% per month
    volatility: 10% per year
    """

  public static let manual = KindManual(
    "K^(1 - exp(-b·t)), b = log(1 + rate) / log K per month",
    [
      "cap": "where it ends, as a multiple of today's level: x3",
      "rate": "growth on day 0, % per month",
      "half_way": "instead of rate: the time until half the cap",
      "volatility": "how far each day strays, % per year (standard deviation of the logarithm)",
    ],
    source: "B. Gompertz 1825",
    calibration: "fit: history; least squares on the logarithm of usage, Student intervals")

  public var saturation: Saturation

  /// The cap is a multiple of today's level.
  public init(_ saturation: Saturation) { self.saturation = saturation }

  public static func decode(_ node: Node, _ findings: inout Findings) -> GompertzGrowth? {
    Saturation.decode(node, "Gompertz growth", &findings).map { GompertzGrowth($0) }
  }

  public var parameters: [GrowthParameter] { saturation.parameters }
  public var isDeterministic: Bool { saturation.isDeterministic }
  public var strays: Bool { saturation.volatility.isGiven }

  /// log K and b per day.
  private func drawn(_ draw: (UncertainValue) -> Double) -> (logCap: Double, speed: Double) {
    let (k, b) = saturation.drawn(
      draw,
      rate: { rate, cap in abs(log(cap)) < 1e-9 ? 0 : max(0, rate / log(cap)) },
      halfWay: { days, cap in log(log(cap) / log(2)) / days })
    return (log(k), b)
  }

  public func path(into days: UnsafeMutableBufferPointer<Double>, generator: inout RandomGenerator)
  {
    let (logCap, b) = drawn { $0.value(&generator) }
    saturation.volatility.path(into: days, generator: &generator)
    for day in days.indices { days[day] *= exp(-logCap * expm1(-b * Double(day))) }
  }

  public func expectation(days count: Int) -> [Double]? {
    let (logCap, b) = drawn { $0.quantile(0.5) }
    return (0..<count).map { exp(-logCap * expm1(-b * Double($0))) }
  }
}
