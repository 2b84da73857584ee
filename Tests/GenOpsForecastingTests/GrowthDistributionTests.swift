import GenOpsTestSupport
import Foundation
import GenOpsUnits
import Testing

@testable import GenOpsForecasting
@testable import GenOpsNumerics

@Suite("Growth models: distributions of their paths")
struct GrowthDistributionTests {
  func model(_ text: String) throws -> any GrowthModel {
    var findings = Findings()
    let model = GrowthModels.decode(mapping(text), key: "events", &findings)
    #expect(findings.all.isEmpty)
    return try #require(model)
  }

  /// The multipliers of `day` on `count` paths.
  func sample(_ model: any GrowthModel, day: Int, count: Int) -> [Double] {
    let key = RandomSource(seed: 11).key("distributions", purpose: "growth")
    var generator = RandomGenerator()
    var buffer = [Double](repeating: 0, count: day + 1)
    return (0..<count).map { path in
      generator.seek(key, path: path)
      buffer.withUnsafeMutableBufferPointer { model.path(into: $0, generator: &generator) }
      return buffer[day]
    }
  }

  func single(_ text: String, days: Int) throws -> [Double] {
    var generator = RandomGenerator(RandomKey(bits: 1))
    var out = [Double](repeating: 0, count: days)
    let model = try model(text)
    out.withUnsafeMutableBufferPointer { model.path(into: $0, generator: &generator) }
    return out
  }

  /// Mean and variance of a sample lie within 4 standard errors of those of a distribution; the
  /// variance's own error is the sample's.
  func expect(_ sample: [Double], mean: Double, variance: Double) {
    let n = Double(sample.count)
    #expect(abs(Statistics.mean(sample) - mean) < 4 * (variance / n).squareRoot())
    let squares = sample.map { ($0 - mean) * ($0 - mean) }
    #expect(abs(Statistics.mean(squares) - variance) < 4 * Statistics.standardError(squares))
  }

  @Test("a mean-reverting rate's level is lognormal with the known mean and variance")
  func meanReverting() throws {
    let model = try model(
      "model: mean-reverting\nnow: 10% per month\nlong_run: 1% per month\nhalf_life: 2 months\nspread: 3% per month"
    )
    let (now, long) = (log(1.1) / 30.4375, log(1.01) / 30.4375)
    let (kappa, s, t) = (log(2) / (2 * 30.4375), 0.03 / 30.4375, 90.0)
    let e = exp(-kappa * t)
    let mean = long * t + (now - long) * (1 - e) / kappa
    let variance =
      2 * s * s / kappa * (t - 2 * (1 - e) / kappa + (1 - e * e) / (2 * kappa))
    expect(sample(model, day: 90, count: 8000).map { log($0) }, mean: mean, variance: variance)
  }

  @Test("one exact step of a day and many small ones agree")
  func exactStep() {
    // The same process by Euler's method in 2,000 steps of a half-life: variance of the integral.
    let distribution = OrnsteinUhlenbeck(start: 0, mean: 0, kappa: 0.7, spread: 0.2)
    let step = distribution.dailyStep
    let h = 1.0 / 2000
    var (rate, both, level) = (0.0, 0.0, 0.0)
    for _ in 0..<2000 {
      level += 2 * both * h
      both += (rate - distribution.kappa * both) * h
      rate += (2 * distribution.kappa * 0.04 - 2 * distribution.kappa * rate) * h
    }
    #expect(abs(step.rate * step.rate / rate - 1) < 2e-3)
    #expect(abs(step.rate * step.shared / both - 1) < 2e-3)
    #expect(abs((step.shared * step.shared + step.own * step.own) / level - 1) < 2e-3)
  }

  @Test("jumps add λt(m² + v²) to the variance of the logarithm")
  func jumps() throws {
    let model = try model(
      "model: jumps\ndrift: 2% per month\nvolatility: 20% per year\njumps: 6 per year\nsize: -20% to +60%"
    )
    let jump = try #require(model as? JumpGrowth)
    let t = 300.0
    let lambda = 6 / 365.25
    let (m, v) = (jump.jumpMean, jump.jumpSD)
    #expect(abs(m - (log(0.8) + log(1.6)) / 2) < 1e-12)
    let drift =
      log(1.02) / 30.4375 - 0.04 / 365.25 / 2 - lambda * (exp(m + v * v / 2) - 1)
    expect(
      sample(model, day: 300, count: 8000).map { log($0) }, mean: (drift + lambda * m) * t,
      variance: (0.04 / 365.25 + lambda * (m * m + v * v)) * t)
  }

  @Test("Bass diffusion solves its differential equation")
  func bass() throws {
    let path = try single(
      "model: bass\nadopted: 5%\ninnovation: 3% per year\nimitation: 60% per year", days: 1001)
    var f = 0.05
    let (p, q) = (0.03 / 365.25, 0.6 / 365.25)
    // Runge and Kutta's fourth order, a day at a time.
    func slope(_ f: Double) -> Double { (p + q * f) * (1 - f) }
    for day in 0..<1000 {
      let a = slope(f)
      let b = slope(f + a / 2)
      let c = slope(f + b / 2)
      f += (a + 2 * b + 2 * c + slope(f + c)) / 6
      #expect(abs(path[day + 1] - f / 0.05) < 1e-9)
    }
  }

  @Test("Gompertz growth passes half its cap when it says, and begins at its rate")
  func gompertz() throws {
    let halfWay = try single("model: gompertz\ncap: x4\nhalf_way: 10 days", days: 2000)
    #expect(abs(halfWay[10] - 2) < 1e-12)
    let rate = try single("model: gompertz\ncap: x1000\nrate: 10% per month", days: 2000)
    #expect(abs(log(rate[1]) - log(1.1) / 30.4375) < 2e-6)
    #expect(try single("model: gompertz\ncap: x1\nrate: 10% per month", days: 9)[8] == 1)
  }

  @Test("pieces and steps are what they say on their days")
  func piecesAndSteps() throws {
    let pieces = try single(
      "model: piecewise\npieces: [{rate: 10% per month, for: 60 days}, {rate: -5% per month}]",
      days: 100)
    #expect(abs(pieces[60] - pow(1.1, 60 / 30.4375)) < 1e-12)
    #expect(abs(pieces[90] / pieces[60] - pow(0.95, 30 / 30.4375)) < 1e-12)
    let steps = try single(
      "model: steps\nsteps: [{after: 10 days, by: +50%, over: 4 days}, {after: 30 days, by: -20%}]",
      days: 40)
    #expect([0, 10, 12, 14, 29, 30].map { steps[$0] } == [1, 1, 1.25, 1.5, 1.5, 1.5 * 0.8])
  }

  @Test("a regime lasts as long as it says")
  func regimes() throws {
    let model = try model(
      "model: regimes\nfast: 100% per day\nslow: 0% per month\nfast_lasts: 20 days\nslow_lasts: 100000 days\nnow: fast"
    )
    // The level doubles on each day of the first phase: its logarithm counts them.
    let days = sample(model, day: 900, count: 4000).map { log2($0) }
    expect(days, mean: 20, variance: 20 * 19)
  }

  @Test("without invitations a viral loop adds its organic users; below k = 1 it multiplies them")
  func viral() throws {
    let none = try single(
      "model: viral\nk: 0.000001\ncycle: 2 weeks\ninviting: 0%\norganic: 3% per month", days: 366)
    #expect(abs(none[365] - (1 + 0.03 * 365 / 30.4375)) < 1e-6)
    let loop = try single(
      "model: viral\nk: 0.5\ncycle: 5 days\ninviting: 0%\norganic: 3% per month", days: 366)
    #expect(abs((loop[365] - loop[364]) / (0.03 / 30.4375) - 2) < 1e-6)
    let full = try single(
      "model: viral\nk: 5\ncycle: 5 days\ninviting: 20%\norganic: 3% per month\nmarket: x7",
      days: 900)
    #expect(abs(full[899] - 7) < 1e-6)
  }

  @Test("users reach the level at which as many come as leave")
  func userFlow() throws {
    let path = try single(
      "model: users\nnew: 8% per month\nchurn: 4% per month", days: 6000)
    let daily = 1 - pow(0.96, 1 / 30.4375)
    #expect(abs(path[5999] - 0.08 / 30.4375 / daily) < 1e-3)
  }

  @Test("a retention curve passes through its two points", arguments: RetentionCurve.Kind.allCases)
  func retention(kind: RetentionCurve.Kind) {
    for (first, last) in [(0.6, 0.25), (0.9, 0.85), (0.5, 0.01), (0.95, 0.56)] {
      let curve = RetentionCurve(kind, month1: first, month12: last)
      #expect(abs(curve.kept(1) - first) < 1e-9)
      #expect(abs(curve.kept(12) - last) < 1e-4)
      #expect(curve.kept(0) == 1)
    }
  }

  @Test("the beta-geometric curve is Fader and Hardie's: S(t) by their recursion")
  func betaGeometric() {
    // "How to Project Customer Retention" (2007), α = 0.668, β = 3.806:
    // S(1) = β/(α + β), S(t) = S(t − 1)·(β + t − 1)/(α + β + t − 1).
    var kept = 1.0
    let curve = RetentionCurve.betaGeometric(alpha: 0.668, beta: 3.806)
    for month in 1...36 {
      kept *= (3.806 + Double(month) - 1) / (0.668 + 3.806 + Double(month) - 1)
      #expect(abs(curve.kept(Double(month)) - kept) < 1e-12)
    }
  }

  @Test("new cohorts in the place of what leaves keep the level")
  func cohorts() throws {
    // A cohort that loses next to nothing: growth is what comes in.
    let path = try single(
      "model: cohorts\nnew: 10% per month\nmonth_1: 99.9%\nmonth_12: 99.8%\nage: 12 months",
      days: 31)
    #expect(abs(path[30] - (1 + 0.1 * 30 / 30.4375)) < 2e-3)
  }

  @Test(
    "what is missing or wrong is said at once",
    arguments: [
      ("model: bass\nadopted: 10%", ["missing-key", "missing-key"]),
      (
        "model: jumps\ndrift: 2% per month\nvolatility: 20%\njumps: 3\nsize: big",
        ["rate-period", "wrong-value", "wrong-value"]
      ),
      (
        "model: regimes\nfast: 3% per month\nslow: 0%\nfast_lasts: long\nslow_lasts: 2 months\nnow: up",
        ["wrong-value", "wrong-value"]
      ),
      (
        "model: steps\nsteps: [{after: 3, by: 20%}, {by: +10%, chance: 2}]",
        ["wrong-value", "missing-key", "wrong-value"]
      ),
      ("model: piecewise\npieces: [{rate: 2% per month}, {rate: 3% per month}]", ["missing-key"]),
      (
        "model: cohorts\nnew: 5% per month\nmonth_1: 50%\nmonth_12: 60%\nage: 2 years",
        ["wrong-value"]
      ),
      ("model: users\nnew: 5% per month\nchurn: 3% per month\nusers: many", ["wrong-value"]),
    ] as [(String, [String])])
  func refused(text: String, codes: [String]) {
    var findings = Findings()
    #expect(GrowthModels.decode(mapping(text), key: "events", &findings) == nil)
    #expect(findings.all.map(\.code) == codes, "\(findings.all.map(\.message))")
  }
}
