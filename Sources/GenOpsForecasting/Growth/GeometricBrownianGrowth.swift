import Foundation
public import GenOpsNumerics
public import GenOpsUnits

/// Geometric Brownian motion in daily steps: growth that drifts and wanders.
///
/// S₀ = 1 and log S moves by (μ − σ²/2)·Δt + σ·√Δt·z, so that E[S_t] = exp(μ·t): `drift` is the
/// growth of the *expected* level, and the median grows slower by σ²/2. Closed form: log S_t is
/// normal with mean (μ − σ²/2)·t and variance σ²·t.
public struct GeometricBrownianGrowth: ExpectedGrowth, Hashable {
  public static let name = "geometric-brownian"
  public static let summary = "growth that wanders: every day's change is random"
  public static let example = """
    model: geometric-brownian
    drift: 2% to 6% per month
    volatility: 25% per year
    """

  public static let manual = KindManual(
    "d log S = (μ - σ²/2) dt + σ dW, so that E[S] = exp(μ·t)",
    [
      "drift": "growth of the expected level, % per month",
      "volatility": "standard deviation of the logarithm over a year, % per year",
    ],
    source: "P. Samuelson 1965",
    calibration: "fit: history; maximum likelihood of the daily changes, day noise apart")

  /// Growth of the expected level, fraction per month: μ = log(1 + drift) per 30.4375 days. A draw
  /// below −0.99 counts as −0.99.
  public var driftPerMonth: UncertainValue
  /// σ: standard deviation of the change of the logarithm over one year.
  public var volatility: UncertainValue

  /// The drift is a fraction per month, the volatility σ over one year.
  public init(driftPerMonth: UncertainValue, volatility: UncertainValue) {
    self.driftPerMonth = driftPerMonth
    self.volatility = volatility
  }

  public static func decode(_ node: Node, _ findings: inout Findings)
    -> GeometricBrownianGrowth?
  {
    var keys = MappingReader(node, "geometric Brownian growth", &findings)
    _ = keys.take("model")
    let drift = keys.required("drift", example: "drift: 2% to 6% per month", &findings)
    let sigma = keys.required("volatility", example: "volatility: 25% per year", &findings)
    keys.finish(&findings)
    let mu = drift.flatMap { RateText.read($0, key: "drift", as: .compound, &findings) }
    let s = sigma.flatMap { RateText.read($0, key: "volatility", as: .volatility, &findings) }
    guard let mu, let s else { return nil }
    return GeometricBrownianGrowth(driftPerMonth: mu, volatility: s)
  }

  public func path(into days: UnsafeMutableBufferPointer<Double>, generator: inout RandomGenerator)
  {
    let mu = DailyRate.log(perMonth: driftPerMonth.value(&generator))
    let sigma = max(0, volatility.value(&generator))
    Volatility.brownian(into: days, growthPerDay: mu, volatility: sigma, generator: &generator)
  }

  public func expectation(days count: Int) -> [Double]? {
    let mu = DailyRate.log(perMonth: driftPerMonth.quantile(0.5))
    return (0..<count).map { exp(mu * Double($0)) }
  }

  public var parameters: [GrowthParameter] {
    [GrowthParameter("drift", driftPerMonth), GrowthParameter("volatility", volatility)]
  }
  public var isDeterministic: Bool { driftPerMonth.isConstant && volatility == .constant(0) }
  public var strays: Bool { true }
}
