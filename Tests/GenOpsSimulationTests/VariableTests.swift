import Foundation
import GenOpsGovernance
import GenOpsUnits
import Testing

@testable import GenOpsScenario
@testable import GenOpsSimulation
import GenOpsNumerics

/// `variables:`, `correlations:` and `points:` in whole scenarios.
@Suite struct VariableTests {
  private static func scenario(_ extra: String = "", users: String = "mau") -> String {
    """
    scenario: test
    period: 2027-03 to 2027-05
    variables:
      mau: 40k to 60k
      per_user: 30 to 50 per user per month
      pace: 2% to 6% per month
      uplift: +15% to +30%
    traffic:
      - web: {users: \(users), events: per_user, identified: 50%, noise: none}
      - app: {users: \(users), events: per_user, identified: 50%, noise: none}
    growth:
      web: {model: compound, rate: pace}
      app: {model: compound, rate: pace}
    changes:
      - launch: {from: 2027-04-10, events: uplift}
    budget: 1000 USD per month
    \(extra)
    """
  }

  private func findings(_ text: String) -> [String] {
    TextScenario.findings(text).filter { $0.severity == .error }.map(\.code)
  }

  @Test func aVariableUsedTwiceIsTheSameDraw() throws {
    let plan = try TextScenario.plan(Self.scenario())
    let future = FuturePath(plan: plan)
    var seen: Set<Int64> = []
    for path in 0..<20 {
      future.draw(path: path)
      // Two streams of the same variables are alike to the last event, in every future.
      let days = future.dayCount
      #expect(future.units[..<days] == future.units[days..<(2 * days)])
      seen.insert(future.units[0])
    }
    #expect(seen.count == 20)
    #expect(plan.inputs.names.prefix(4) == ["mau", "per_user", "pace", "uplift"])
  }

  @Test func arithmeticGivesWhatItSays() throws {
    let plain = try TextScenario.plan(Self.scenario())
    let half = try TextScenario.plan(
      Self.scenario(users: "0.5 * mau").replacingOccurrences(
        of: "events: per_user", with: "events: 2 * per_user"))
    let (a, b) = (FuturePath(plan: plain), FuturePath(plan: half))
    for path in 0..<5 {
      a.draw(path: path)
      b.draw(path: path)
      #expect(a.units == b.units)
    }
  }

  @Test func aScenarioWithoutVariablesMeetsTheSameFuturesAsBefore() throws {
    // A correlation, or another variable, moves only what it names.
    let plain = try TextScenario.plan(TextScenario.shop)
    let more = try TextScenario.plan(
      TextScenario.shop
        + """
        variables: {one: 1 to 2, other: 3 to 5}
        growth: {recordings: 1% to 5% per month}
        correlations:
          - {between: [one, growth.recordings.rate], rank: 0.7}
          - {between: [one, other], rank: 0.5}
        """)
    let (a, b) = (FuturePath(plan: plain), FuturePath(plan: more))
    for path in 0..<5 {
      a.draw(path: path)
      b.draw(path: path)
      #expect(a.units[0..<61] == b.units[0..<61])
    }
  }

  @Test(arguments: [
    ("web: {users: mua", "unknown-variable"), ("web: {users: 2 * uplift", "out-of-range"),
    ("web: {users: mau + per_user", "unit-mismatch"), ("web: {users: pace", "out-of-range"),
  ])
  func aWrongUseIsAFinding(use: String, code: String) {
    let text = Self.scenario().replacingOccurrences(of: "web: {users: mau", with: use)
    #expect(findings(text) == [code])
  }

  @Test func limitsTakeKnownVariablesOnly() throws {
    let known = Self.scenario().replacingOccurrences(
      of: "budget: 1000 USD per month", with: "budget: 2 * cap"
    ).replacingOccurrences(
      of: "  mau:", with: "  cap: 700 USD per month\n  mau:")
    let plan = try TextScenario.plan(known)
    #expect(plan.scenario.governance.budgets[0].limit == Money(units: 1400))
    #expect(
      findings(known.replacingOccurrences(of: "cap: 700 USD", with: "cap: 700 to 900 USD"))
        == ["uncertain-limit"])
  }

  @Test func correlationsTieInputsOfEveryKind() throws {
    let plan = try TextScenario.plan(
      Self.scenario(
        """
        correlations:
          - {between: [mau, pace], rank: 0.8}
          - {between: [launch, value.funnels], rank: -0.6}
          - {between: [mau, per_user], rank: 0.3}
        value: {benefits: [funnels: {amount: 100 to 900 USD per month, kind: cash}]}
        """
      ).replacingOccurrences(of: "events: uplift", with: "events: +10% to +40%"),
      paths: 4000)
    let future = FuturePath(plan: plan)
    var columns = [[Double]](repeating: [], count: plan.draws.count)
    for path in 0..<4000 {
      future.draw(path: path)
      for index in columns.indices { columns[index].append(future.values[index]) }
    }
    func column(_ name: String) throws -> [Double] {
      columns[try #require(plan.draws.firstIndex { $0.name == name })]
    }
    func rank(_ a: String, _ b: String) throws -> Double {
      func places(_ values: [Double]) -> [Double] {
        var out = [Double](repeating: 0, count: values.count)
        for (place, index) in values.indices.sorted(by: { values[$0] < values[$1] }).enumerated() {
          out[index] = Double(place)
        }
        return out
      }
      let (x, y) = (places(try column(a)), places(try column(b)))
      let mean = Double(x.count - 1) / 2
      let cross = zip(x, y).reduce(0) { $0 + ($1.0 - mean) * ($1.1 - mean) }
      return cross / x.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    }
    #expect(abs(try rank("mau", "pace") - 0.8) < 0.03)
    #expect(abs(try rank("change.launch.0", "value.funnels") + 0.6) < 0.03)
    #expect(abs(try rank("mau", "per_user") - 0.3) < 0.04)
  }

  @Test func correlationsThatCannotHoldOfferTheNearest() throws {
    let text = Self.scenario(
      """
      correlations:
        - {between: [mau, pace], rank: 0.9}
        - {between: [pace, per_user], rank: 0.9}
        - {between: [mau, per_user], rank: -0.9}
      """)
    let finding = try #require(
      TextScenario.findings(text).first { $0.code == "impossible-correlations" })
    #expect(finding.help?.hasPrefix("the nearest that can: mau, per_user: ") ?? false)
    #expect(finding.location?.line == 18)
    #expect(
      findings(Self.scenario("correlations: [{between: [mua, pace], rank: 0.5}]"))
        == ["unknown-input"])
    #expect(findings(Self.scenario("points: sobel")) == ["unknown-kind"])
  }

  @Test func everyStreamHasTheMixThatItGives() throws {
    let plan = try TextScenario.plan(
      """
      period: 2027-03 to 2027-03
      traffic:
        - a: {events: 1M per month, identified: 50%}
        - b: {events: 1M per month, identified: 50%, mix: {$pageview: 55%}}
        - c: {events: 1M per month, identified: 50%, mix: {$pageview: 20%}}
      options:
        - sampled: {sample: {$pageview: 25%}}
      """)
    let shares = plan.streams.map { stream in
      stream.mix.first { $0.event == "$pageview" }.map { plan.draws[$0.share].distribution }
    }
    #expect(shares[0]?.isConstant == false)
    #expect(shares[1] == .constant(0.55))
    #expect(shares[2] == .constant(0.2))
  }

  @Test func optionsMeetTheSameFutures() async throws {
    let run = try await TextScenario.run(
      Self.scenario("points: sobol\noptions:\n  - same: {scale: {events: 100%}}"), paths: 64)
    #expect(run.result.options[0].cost == run.result.options[1].cost)
  }

  /// A month of one stream: small enough for 100 runs.
  private static let month = """
    scenario: month
    period: 2027-03 to 2027-03
    variables: {mau: 40k to 60k, per_user: 30 to 50 per user per month, pace: 2% to 20% per month}
    traffic: [web: {users: mau, events: per_user, identified: 50%, noise: none}]
    growth: {web: {model: compound, rate: pace}}
    changes: [launch: {from: 2027-03-10, events: +15% to +30%}]

    """

  /// Mean cost over seeds, and the standard errors that were reported.
  private func spread(_ points: String, seeds: Range<Int>, paths: Int) async throws
    -> (sd: Double, reported: Double)
  {
    var means: [Double] = []
    var errors: [Double] = []
    for seed in seeds {
      let run = try await TextScenario.run(
        Self.month + "points: \(points)\nseed: \(seed)", paths: paths)
      means.append(run.result.year.cost.mean)
      errors.append(run.result.year.cost.standardError)
    }
    let mean = means.reduce(0, +) / Double(means.count)
    let variance =
      means.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(means.count - 1)
    let squares = errors.reduce(0) { $0 + $1 * $1 } / Double(errors.count)
    return (variance.squareRoot(), squares.squareRoot())
  }

  @Test("on Sobol' points the error of the mean cost is five times smaller, over 50 seeds")
  func sobolPoints() async throws {
    let plain = try await spread("random", seeds: 1..<51, paths: 128)
    let sobol = try await spread("sobol", seeds: 1..<51, paths: 128)
    #expect(plain.sd / sobol.sd > 5, "\(plain.sd / sobol.sd)")
    // What is reported is what is so: 8 means know their spread to a fifth or so, 50 seeds to a
    // tenth.
    #expect((0.7...1.4).contains(sobol.reported / sobol.sd), "\(sobol.reported / sobol.sd)")
    #expect((0.75...1.33).contains(plain.reported / plain.sd), "\(plain.reported / plain.sd)")
  }
}
