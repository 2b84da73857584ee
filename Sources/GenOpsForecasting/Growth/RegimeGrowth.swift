import Foundation
public import GenOpsNumerics
public import GenOpsUnits

/// Two paces that take turns: a phase of growth, a plateau, growth again (Hamilton 1989).
///
/// On each day the level grows by the rate of the state it is in; then the state ends with
/// probability 1 / lasts, `lasts` being its mean duration in days (geometric). `now` is the state
/// on day 0. The volatility goes on in both. E[S] follows from the 2 × 2 matrix of the chain. From
/// a history: likelihood by Hamilton's filter.
public struct RegimeGrowth: ExpectedGrowth, Hashable {
  public static let name = "regimes"
  public static let summary = "two paces that take turns, such as growth and plateau"
  public static let example = """
    model: regimes
    fast: 6% to 10% per month
    slow: 0% per month
    fast_lasts: 4 to 8 months
    slow_lasts: 9 months
    now: fast
    volatility: 10% per year
    """

  public static let manual = KindManual(
    "the level grows by the rate of its state; a state ends on a day with probability 1/lasts",
    [
      "fast": "rate of the fast state, % per month",
      "slow": "rate of the slow state, % per month",
      "fast_lasts": "mean duration, a time span",
      "slow_lasts": "mean duration, a time span",
      "now": "the state on day 0: fast or slow",
      "volatility": "how far each day strays, % per year (standard deviation of the logarithm)",
    ],
    source: "J. Hamilton 1989",
    calibration: "fit: history; likelihood by Hamilton's filter, from about ten changes of state on"
  )

  /// One of the two states: its pace and how long it lasts.
  public struct Regime: Sendable, Hashable {
    /// Fraction per month.
    public var ratePerMonth: UncertainValue
    /// Mean duration in days; a draw below 1 counts as 1.
    public var lasts: UncertainValue

    /// The rate is a fraction per month, `lasts` the mean duration in days.
    public init(ratePerMonth: UncertainValue, lasts: UncertainValue) {
      self.ratePerMonth = ratePerMonth
      self.lasts = lasts
    }
  }

  public var fast: Regime
  public var slow: Regime
  public var startsFast: Bool
  public var volatility: Volatility

  /// `startsFast` says in which of the two day 0 is.
  public init(fast: Regime, slow: Regime, startsFast: Bool, volatility: Volatility = .none) {
    self.fast = fast
    self.slow = slow
    self.startsFast = startsFast
    self.volatility = volatility
  }

  public static func decode(_ node: Node, _ findings: inout Findings) -> RegimeGrowth? {
    var keys = MappingReader(node, "growth with regimes", &findings)
    _ = keys.take("model")
    let fast = regime("fast", "8% per month", "6 months", &keys, &findings)
    let slow = regime("slow", "0% per month", "9 months", &keys, &findings)
    let now = keys.required("now", example: "now: fast", &findings)
    let volatility = Volatility.take(from: &keys, &findings)
    keys.finish(&findings)
    if let now, now.text != "fast", now.text != "slow" {
      findings.error(
        "wrong-value", "'now' is 'fast' or 'slow'", help: "now: fast", at: now.location)
      return nil
    }
    guard let fast, let slow, let now else { return nil }
    return RegimeGrowth(
      fast: fast, slow: slow, startsFast: now.text == "fast", volatility: volatility)
  }

  private static func regime(
    _ name: String, _ rate: String, _ span: String, _ keys: inout MappingReader,
    _ findings: inout Findings
  ) -> Regime? {
    let rateNode = keys.required(name, example: "\(name): \(rate)", &findings)
    let lastsNode = keys.required("\(name)_lasts", example: "\(name)_lasts: \(span)", &findings)
    let value = rateNode.flatMap { RateText.read($0, key: name, as: .compound, &findings) }
    let lasts = ParameterText.read(
      lastsNode, key: "\(name)_lasts", as: .span, example: span, &findings)
    guard let value, let lasts else { return nil }
    return Regime(ratePerMonth: value, lasts: lasts)
  }

  public var parameters: [GrowthParameter] {
    [
      GrowthParameter("fast", fast.ratePerMonth), GrowthParameter("slow", slow.ratePerMonth),
      GrowthParameter("fast_lasts", fast.lasts), GrowthParameter("slow_lasts", slow.lasts),
    ] + volatility.parameters
  }
  public var isDeterministic: Bool { false }
  public var strays: Bool { true }

  /// Growth of the logarithm per day in each state, and the chance that the state ends after a day.
  private struct Chain {
    var rates: [Double]
    var ends: [Double]
  }

  private func chain(_ draw: (UncertainValue) -> Double) -> Chain {
    let rates = [fast, slow].map { DailyRate.log(perMonth: draw($0.ratePerMonth)) }
    return Chain(rates: rates, ends: [fast, slow].map { 1 / max(1, draw($0.lasts)) })
  }

  public func path(into days: UnsafeMutableBufferPointer<Double>, generator: inout RandomGenerator)
  {
    let chain = chain { $0.value(&generator) }
    var walk = Volatility.Walk(volatility: volatility.drawn(&generator))
    var state = startsFast ? 0 : 1
    var level = 0.0
    var around = 1.0
    for day in days.indices {
      days[day] = Exponential.value(level) * around
      level += chain.rates[state]
      around = walk.next(&generator)
      if generator.uniform() < chain.ends[state] { state = 1 - state }
    }
  }

  public func expectation(days count: Int) -> [Double]? {
    let chain = chain { $0.quantile(0.5) }
    let factors = chain.rates.map { exp($0) }
    // The expectation of the level on the part of the paths that is in each state.
    var parts = startsFast ? [1.0, 0.0] : [0.0, 1.0]
    return (0..<count).map { _ in
      let sum = parts[0] + parts[1]
      let grown = [parts[0] * factors[0], parts[1] * factors[1]]
      parts = [
        grown[0] * (1 - chain.ends[0]) + grown[1] * chain.ends[1],
        grown[1] * (1 - chain.ends[1]) + grown[0] * chain.ends[0],
      ]
      return sum
    }
  }
}
