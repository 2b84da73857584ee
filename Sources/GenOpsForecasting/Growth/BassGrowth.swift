import Foundation
public import GenOpsNumerics
public import GenOpsUnits

/// Adoption in a market of fixed size (Bass 1969): dF/dt = (p + q·F)(1 − F), F the part of the
/// market that uses the product. Usage follows its users: F(t₀ + t) / F(t₀), which is 1 at day 0.
///
///     F(t) = (1 − exp(−(p + q)·t)) / (1 + q/p · exp(−(p + q)·t))
///
/// `innovation` p: the part of those left who come by themselves; `imitation` q: the part who come
/// because all others are there; both per time. `adopted`: F on day 0. New consumer goods had p
/// around 3 % and q around 38 % per year in the mean (Sultan, Farley and Lehmann 1990). From a
/// history: least squares on the logarithm of usage.
public struct BassGrowth: ExpectedGrowth, Hashable {
  public static let name = "bass"
  public static let summary = "adoption in a market: innovators first, then imitators"
  public static let example = """
    model: bass
    adopted: 10% to 20%
    innovation: 2% to 4% per year
    imitation: 30% to 50% per year
    """

  public static let manual = KindManual(
    "F(t0 + t) / F(t0), F(t) = (1 - exp(-(p+q)·t)) / (1 + q/p · exp(-(p+q)·t))",
    [
      "adopted": "F on day 0, the part of the market that uses it, %",
      "innovation": "p, the part of those left who come by themselves, % per time",
      "imitation": "q, the part who come because all others are there, % per time",
      "volatility": "how far each day strays, % per year (standard deviation of the logarithm)",
    ],
    source: "F. Bass 1969; usual values: F. Sultan, J. Farley and D. Lehmann 1990",
    calibration: "fit: history; least squares on the logarithm of usage; innovation needs a "
      + "history from the beginning, or a range")

  /// Part of the market on day 0; a draw counts from 0.0001 to 0.9999.
  public var adopted: UncertainValue
  /// p, per month; a draw below 10⁻⁹ counts as that.
  public var innovationPerMonth: UncertainValue
  /// q, per month, not negative.
  public var imitationPerMonth: UncertainValue
  public var volatility: Volatility

  /// `adopted` is today's part of the market, 0…1; the two rates are fractions per month.
  public init(
    adopted: UncertainValue, innovationPerMonth: UncertainValue,
    imitationPerMonth: UncertainValue, volatility: Volatility = .none
  ) {
    self.adopted = adopted
    self.innovationPerMonth = innovationPerMonth
    self.imitationPerMonth = imitationPerMonth
    self.volatility = volatility
  }

  public static func decode(_ node: Node, _ findings: inout Findings) -> BassGrowth? {
    var keys = MappingReader(node, "Bass diffusion", &findings)
    _ = keys.take("model")
    let adopted = keys.required("adopted", example: "adopted: 10% to 20%", &findings)
    let p = keys.required("innovation", example: "innovation: 2% to 4% per year", &findings)
    let q = keys.required("imitation", example: "imitation: 30% to 50% per year", &findings)
    let volatility = Volatility.take(from: &keys, &findings)
    keys.finish(&findings)
    let share = ParameterText.read(
      adopted, key: "adopted", as: .share, example: "10% to 20%", &findings)
    let innovation = p.flatMap {
      RateText.read($0, key: "innovation", as: .proportional, &findings)
    }
    let imitation = q.flatMap {
      RateText.read($0, key: "imitation", as: .proportional, &findings)
    }
    guard let share, let innovation, let imitation else { return nil }
    return BassGrowth(
      adopted: share, innovationPerMonth: innovation, imitationPerMonth: imitation,
      volatility: volatility)
  }

  public var parameters: [GrowthParameter] {
    [
      GrowthParameter("adopted", adopted), GrowthParameter("innovation", innovationPerMonth),
      GrowthParameter("imitation", imitationPerMonth),
    ] + volatility.parameters
  }
  public var strays: Bool { volatility.isGiven }
  public var isDeterministic: Bool {
    parameters.allSatisfy(\.distribution.isConstant) && volatility.isNone
  }

  /// The curve through F₀ today; p and q per day.
  ///
  /// With u = exp(−(p + q)·t): (1 − F(t)) = (1 − F₀)·(1 + q/p) · u / (1 + q/p·F₀ + q/p·(1 − F₀)·u),
  /// from F at t₀ where exp(−(p + q)·t₀) = (1 − F₀) / (1 + q/p·F₀).
  struct Curve {
    let start: Double
    let p: Double
    let q: Double

    /// F(t₀ + t) / F(t₀), t in days.
    func multiplier(_ t: Double) -> Double {
      let u = exp(-(p + q) * t)
      let left = (1 - start) * (p + q) * u / (p + q * start + q * (1 - start) * u)
      return (1 - left) / start
    }
  }

  private func curve(_ draw: (UncertainValue) -> Double) -> Curve {
    let start = min(0.9999, max(0.0001, draw(adopted)))
    let p = max(1e-9, draw(innovationPerMonth)) / RateText.daysPerMonth
    let q = max(0, draw(imitationPerMonth)) / RateText.daysPerMonth
    return Curve(start: start, p: p, q: q)
  }

  public func path(into days: UnsafeMutableBufferPointer<Double>, generator: inout RandomGenerator)
  {
    let curve = curve { $0.value(&generator) }
    volatility.path(into: days, generator: &generator)
    for day in days.indices where day > 0 { days[day] *= curve.multiplier(Double(day)) }
  }

  public func expectation(days count: Int) -> [Double]? {
    let curve = curve { $0.quantile(0.5) }
    return (0..<count).map { curve.multiplier(Double($0)) }
  }
}
