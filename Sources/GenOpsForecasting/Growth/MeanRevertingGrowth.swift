import Foundation
public import GenOpsNumerics
public import GenOpsUnits

/// A growth rate that wanders and returns to its long-run mean: today's pace does not last. Where
/// geometric Brownian motion fans out for ever in its level *and* keeps its rate, here the rate
/// itself is an Ornstein–Uhlenbeck process (Uhlenbeck and Ornstein 1930; Vasicek 1977).
///
///     dg = κ(θ − g)dt + s·√(2κ)·dW,   log S_t = ∫ g
///
/// `now` and `long_run` are g₀ and θ; `half_life` is the time after which half of a deviation is
/// gone (κ = log 2 / half_life); `spread` s is the standard deviation of g around θ in the long
/// run, all per month. Walked without discretisation error: g and its integral over a day are drawn
/// together from their bivariate normal distribution. Closed form: log S_t is normal with mean θt +
/// (g₀ − θ)(1 − e)/κ and variance (2s²/κ)(t − 2(1 − e)/κ + (1 − e²)/2κ), e = exp(−κt). From a
/// history: exact likelihood by a Kalman filter.
public struct MeanRevertingGrowth: ExpectedGrowth, Hashable {
  public static let name = "mean-reverting"
  public static let summary = "today's pace returns to a long-run pace, with surprises"
  public static let example = """
    model: mean-reverting
    now: 8% per month
    long_run: 1% to 3% per month
    half_life: 3 to 6 months
    spread: 1% per month
    """

  public static let manual = KindManual(
    "dg = κ(θ - g)dt + s·√(2κ)·dW, log S = ∫ g; κ = log 2 / half_life",
    [
      "now": "g on day 0, % per month",
      "long_run": "θ, % per month",
      "half_life": "the time after which half of a deviation is gone",
      "spread": "s, standard deviation of g around θ in the long run, % per month",
    ],
    source:
      "G. Uhlenbeck and L. Ornstein 1930; O. Vasicek 1977; drawn without discretisation error",
    calibration:
      "fit: history; exact likelihood by a Kalman filter, bias of the half-life taken off")

  /// Fraction per month on day 0.
  public var nowPerMonth: UncertainValue
  /// Fraction per month in the long run.
  public var longRunPerMonth: UncertainValue
  /// Days; a draw below 1 counts as 1.
  public var halfLife: UncertainValue
  /// Standard deviation of the growth of the logarithm per month, not negative.
  public var spreadPerMonth: UncertainValue

  /// Rates and their spread are fractions per month, the half-life is in days.
  public init(
    nowPerMonth: UncertainValue, longRunPerMonth: UncertainValue, halfLife: UncertainValue,
    spreadPerMonth: UncertainValue
  ) {
    self.nowPerMonth = nowPerMonth
    self.longRunPerMonth = longRunPerMonth
    self.halfLife = halfLife
    self.spreadPerMonth = spreadPerMonth
  }

  public static func decode(_ node: Node, _ findings: inout Findings) -> MeanRevertingGrowth? {
    var keys = MappingReader(node, "mean-reverting growth", &findings)
    _ = keys.take("model")
    let nowNode = keys.required("now", example: "now: 8% per month", &findings)
    let longNode = keys.required(
      "long_run", example: "long_run: 1% to 3% per month", &findings)
    let lifeNode = keys.required("half_life", example: "half_life: 3 to 6 months", &findings)
    let spreadNode = keys.required("spread", example: "spread: 1% per month", &findings)
    keys.finish(&findings)
    let now = nowNode.flatMap { RateText.read($0, key: "now", as: .compound, &findings) }
    let long = longNode.flatMap { RateText.read($0, key: "long_run", as: .compound, &findings) }
    let life = ParameterText.read(
      lifeNode, key: "half_life", as: .span, example: "3 to 6 months", &findings)
    let spread = spreadNode.flatMap {
      RateText.read($0, key: "spread", as: .proportional, &findings)
    }
    guard let now, let long, let life, let spread else { return nil }
    return MeanRevertingGrowth(
      nowPerMonth: now, longRunPerMonth: long, halfLife: life, spreadPerMonth: spread)
  }

  public var parameters: [GrowthParameter] {
    [
      GrowthParameter("now", nowPerMonth), GrowthParameter("long_run", longRunPerMonth),
      GrowthParameter("half_life", halfLife), GrowthParameter("spread", spreadPerMonth),
    ]
  }
  public var strays: Bool { true }
  public var isDeterministic: Bool {
    parameters.allSatisfy(\.distribution.isConstant) && spreadPerMonth == .constant(0)
  }

  private func process(_ draw: (UncertainValue) -> Double) -> OrnsteinUhlenbeck {
    let now = DailyRate.log(perMonth: draw(nowPerMonth))
    let mean = DailyRate.log(perMonth: draw(longRunPerMonth))
    let kappa = log(2) / max(1, draw(halfLife))
    return OrnsteinUhlenbeck(
      start: now, mean: mean, kappa: kappa,
      spread: max(0, draw(spreadPerMonth)) / RateText.daysPerMonth)
  }

  public func path(into days: UnsafeMutableBufferPointer<Double>, generator: inout RandomGenerator)
  {
    let process = process { $0.value(&generator) }
    let step = process.dailyStep
    var (rate, level) = (process.start, 0.0)
    for day in days.indices {
      days[day] = level
      var (first, second) = (0.0, 0.0)
      if process.spread > 0 {
        first = generator.normal()
        second = generator.normal()
      }
      let off = rate - process.mean
      level += process.mean + off * step.reach + step.shared * first + step.own * second
      rate = process.mean + off * step.decay + step.rate * first
    }
    Exponential.apply(days)
  }

  public func expectation(days count: Int) -> [Double]? {
    let process = process { $0.quantile(0.5) }
    return (0..<count).map {
      exp(process.logMean(Double($0)) + process.logVariance(Double($0)) / 2)
    }
  }
}

/// The process of a growth rate, in days.
struct OrnsteinUhlenbeck: Sendable {
  /// Growth of the logarithm per day on day 0, and in the long run.
  var start: Double
  var mean: Double
  /// Per day, above 0.
  var kappa: Double
  /// Standard deviation of the rate in the long run.
  var spread: Double

  /// The exact distribution of one day: rate' − mean = off·decay + rate·z₁ and
  /// ∫ rate = mean + off·reach + shared·z₁ + own·z₂.
  var dailyStep: (decay: Double, reach: Double, rate: Double, shared: Double, own: Double) {
    let decay = exp(-kappa)
    let reach = -expm1(-kappa) / kappa
    let rate = spread * (-expm1(-2 * kappa)).squareRoot()
    let covariance = spread * spread * kappa * reach * reach
    let shared = rate > 0 ? covariance / rate : 0
    let own = max(0, logVariance(1) - shared * shared).squareRoot()
    return (decay, reach, rate, shared, own)
  }

  /// Mean and variance of the logarithm after `t` days.
  func logMean(_ t: Double) -> Double { mean * t - (start - mean) * expm1(-kappa * t) / kappa }

  func logVariance(_ t: Double) -> Double {
    let (one, two) = (-expm1(-kappa * t), -expm1(-2 * kappa * t))
    return max(0, 2 * spread * spread / kappa * (t - 2 * one / kappa + two / (2 * kappa)))
  }
}
