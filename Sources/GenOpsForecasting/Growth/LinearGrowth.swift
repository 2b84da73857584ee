public import GenOpsNumerics
public import GenOpsUnits

/// The same amount every month: 1 + c · d / 30.4375 on day d, c a fraction of the starting level;
/// never below 0.
public struct LinearGrowth: ExpectedGrowth, Hashable {
  public static let name = "linear"
  public static let summary = "the same amount every month, as a share of today's level"
  public static let example = """
    model: linear
    change: 1% to 3% per month
    """

  public static let manual = KindManual(
    "1 + change · d / 30.4375 on day d, never below 0",
    [
      "change": "share of today's level, % per month",
      "volatility": "how far each day strays, % per year (standard deviation of the logarithm)",
    ])

  /// Share of the starting level per month.
  public var changePerMonth: UncertainValue
  public var volatility: Volatility

  /// `changePerMonth` is a fraction of the level of day 0.
  public init(changePerMonth: UncertainValue, volatility: Volatility = .none) {
    self.changePerMonth = changePerMonth
    self.volatility = volatility
  }

  public static func decode(_ node: Node, _ findings: inout Findings) -> LinearGrowth? {
    var keys = MappingReader(node, "linear growth", &findings)
    _ = keys.take("model")
    let change = keys.required("change", example: "change: 1% to 3% per month", &findings)
    let volatility = Volatility.take(from: &keys, &findings)
    keys.finish(&findings)
    guard let change,
      let value = RateText.read(change, key: "change", as: .proportional, &findings)
    else { return nil }
    return LinearGrowth(changePerMonth: value, volatility: volatility)
  }

  public func path(into days: UnsafeMutableBufferPointer<Double>, generator: inout RandomGenerator)
  {
    let change = changePerMonth.value(&generator) / RateText.daysPerMonth
    volatility.path(into: days, generator: &generator)
    for day in days.indices { days[day] *= max(0, 1 + change * Double(day)) }
  }

  public func expectation(days count: Int) -> [Double]? {
    let change = changePerMonth.quantile(0.5) / RateText.daysPerMonth
    return (0..<count).map { max(0, 1 + change * Double($0)) }
  }

  public var parameters: [GrowthParameter] {
    [GrowthParameter("change", changePerMonth)] + volatility.parameters
  }
  public var strays: Bool { volatility.isGiven }
  public var isDeterministic: Bool { changePerMonth.isConstant && volatility.isNone }
}
