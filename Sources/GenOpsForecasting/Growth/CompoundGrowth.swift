import Foundation
public import GenOpsNumerics
public import GenOpsUnits

/// The same percentage every month, on what is there: (1 + r)^(d / 30.4375) on day d.
public struct CompoundGrowth: ExpectedGrowth, Hashable {
  public static let name = "compound"
  public static let summary = "the same percentage every month; what a bare rate means"
  public static let example = """
    model: compound
    rate: 2% to 6% per month
    volatility: 15% per year
    """

  public static let manual = KindManual(
    "(1 + rate)^(d / 30.4375) on day d",
    [
      "rate": "growth on growth, % per month (or per day, week, quarter, year)",
      "volatility": "how far each day strays, % per year (standard deviation of the logarithm)",
    ],
    calibration: "without a growth, a stream follows the robust trend of its own history")

  /// Fraction per month; a draw below −0.99 counts as −0.99.
  public var ratePerMonth: UncertainValue
  public var volatility: Volatility

  /// `ratePerMonth` is a fraction: 0.05 for 5 %.
  public init(ratePerMonth: UncertainValue, volatility: Volatility = .none) {
    self.ratePerMonth = ratePerMonth
    self.volatility = volatility
  }

  public static func decode(_ node: Node, _ findings: inout Findings) -> CompoundGrowth? {
    var keys = MappingReader(node, "compound growth", &findings)
    _ = keys.take("model")
    let rate = keys.required("rate", example: "rate: 2% to 6% per month", &findings)
    let volatility = Volatility.take(from: &keys, &findings)
    keys.finish(&findings)
    guard let rate, let value = RateText.read(rate, key: "rate", as: .compound, &findings) else {
      return nil
    }
    return CompoundGrowth(ratePerMonth: value, volatility: volatility)
  }

  public func path(into days: UnsafeMutableBufferPointer<Double>, generator: inout RandomGenerator)
  {
    let factor = exp(DailyRate.log(perMonth: ratePerMonth.value(&generator)))
    volatility.path(into: days, generator: &generator)
    var level = 1.0
    for day in days.indices {
      days[day] *= level
      level *= factor
    }
  }

  public func expectation(days count: Int) -> [Double]? {
    let speed = DailyRate.log(perMonth: ratePerMonth.quantile(0.5))
    return (0..<count).map { exp(speed * Double($0)) }
  }

  public var parameters: [GrowthParameter] {
    [GrowthParameter("rate", ratePerMonth)] + volatility.parameters
  }
  public var strays: Bool { volatility.isGiven }
  public var isDeterministic: Bool { ratePerMonth.isConstant && volatility.isNone }
}
