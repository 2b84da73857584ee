import Foundation
public import GenOpsNumerics
public import GenOpsUnits

/// Growth that wanders and sometimes jumps: viral posts, floods of bots, a big customer that comes
/// or goes (Merton 1976). Jumps last.
///
///     log S_t = (μ − σ²/2 − λk)·t + σ·W_t + Σ J_i,   k = exp(m + v²/2) − 1
///
/// Jumps come at random `jumps` times per time (λ, a Poisson process); each multiplies the level by
/// exp(J), J normal with mean m and standard deviation v, so that `size` is what 90 of 100 jumps
/// lie between. `drift` is the growth of the *expected* level, jumps included: E[S_t] = exp(μt).
/// From a history: likelihood of the mixture of normals that one day's change is.
public struct JumpGrowth: ExpectedGrowth, Hashable {
  public static let name = "jumps"
  public static let summary = "growth that wanders, with jumps that last"
  public static let example = """
    model: jumps
    drift: 2% to 4% per month
    volatility: 20% per year
    jumps: 3 to 6 per year
    size: -20% to +60%
    """

  public static let manual = KindManual(
    "log S = (μ - σ²/2 - λk)·t + σ·W + Σ J, k = exp(m + v²/2) - 1",
    [
      "drift": "growth of the expected level, jumps included, % per month",
      "volatility": "between the jumps, % per year",
      "jumps": "λ, how often: 3 to 6 per year",
      "size": "what 90 of 100 jumps lie between: -20% to +60%",
    ],
    source: "R. Merton 1976",
    calibration: "fit: history; likelihood of the mixture of normals that a day's change is")

  /// Growth of the expected level, fraction per month.
  public var driftPerMonth: UncertainValue
  /// σ over one year, between the jumps.
  public var volatility: UncertainValue
  /// λ, jumps per day; a draw counts from 0 to 24.
  public var jumpsPerDay: UncertainValue
  /// m and v: mean and standard deviation of a jump of the logarithm.
  public var jumpMean: Double
  public var jumpSD: Double

  /// Drift per month, volatility per year, jumps per day; mean and spread are those of a jump of
  /// the logarithm.
  public init(
    driftPerMonth: UncertainValue, volatility: UncertainValue, jumpsPerDay: UncertainValue,
    jumpMean: Double, jumpSD: Double
  ) {
    self.driftPerMonth = driftPerMonth
    self.volatility = volatility
    self.jumpsPerDay = jumpsPerDay
    self.jumpMean = jumpMean
    self.jumpSD = jumpSD
  }

  public static func decode(_ node: Node, _ findings: inout Findings) -> JumpGrowth? {
    var keys = MappingReader(node, "growth with jumps", &findings)
    _ = keys.take("model")
    let driftNode = keys.required("drift", example: "drift: 2% to 4% per month", &findings)
    let sigmaNode = keys.required("volatility", example: "volatility: 20% per year", &findings)
    let jumpsNode = keys.required("jumps", example: "jumps: 3 to 6 per year", &findings)
    let sizeNode = keys.required("size", example: "size: -20% to +60%", &findings)
    keys.finish(&findings)
    let drift = driftNode.flatMap { RateText.read($0, key: "drift", as: .compound, &findings) }
    let sigma = sigmaNode.flatMap {
      RateText.read($0, key: "volatility", as: .volatility, &findings)
    }
    let jumps = ParameterText.read(
      jumpsNode, key: "jumps", as: .frequency, example: "3 to 6 per year", &findings)
    let size = ParameterText.read(
      sizeNode, key: "size", as: .change, example: "-20% to +60%", &findings)
    guard let drift, let sigma, let jumps, let size else { return nil }
    let low = log1p(max(-0.999, size.quantile(0.05)))
    let high = log1p(max(-0.999, size.quantile(0.95)))
    return JumpGrowth(
      driftPerMonth: drift, volatility: sigma, jumpsPerDay: jumps, jumpMean: (low + high) / 2,
      jumpSD: (high - low) / (2 * NormalDistribution.z95))
  }

  public var parameters: [GrowthParameter] {
    [
      GrowthParameter("drift", driftPerMonth), GrowthParameter("volatility", volatility),
      GrowthParameter("jumps", jumpsPerDay),
    ]
  }
  public var strays: Bool { true }
  public var isDeterministic: Bool {
    parameters.allSatisfy(\.distribution.isConstant) && volatility == .constant(0)
      && jumpsPerDay == .constant(0)
  }

  public func path(into days: UnsafeMutableBufferPointer<Double>, generator: inout RandomGenerator)
  {
    let mu = DailyRate.log(perMonth: driftPerMonth.value(&generator))
    let s = max(0, volatility.value(&generator)) / 365.25.squareRoot()
    let lambda = min(24, max(0, jumpsPerDay.value(&generator)))
    let drift = mu - s * s / 2 - lambda * expm1(jumpMean + jumpSD * jumpSD / 2)
    var next = lambda > 0 ? generator.exponential(mean: 1 / lambda) : .infinity
    var level = 0.0
    for day in days.indices {
      if day > 0 {
        level += drift
        if s > 0 { level += s * generator.normal() }
        while next <= Double(day) {
          level += jumpMean + jumpSD * generator.normal()
          next += generator.exponential(mean: 1 / lambda)
        }
      }
      days[day] = level
    }
    Exponential.apply(days)
  }

  public func expectation(days count: Int) -> [Double]? {
    let mu = DailyRate.log(perMonth: driftPerMonth.quantile(0.5))
    return (0..<count).map { exp(mu * Double($0)) }
  }
}
