import Foundation
import GenOpsHistory
import GenOpsMetering
import GenOpsNumerics
import GenOpsUnits
import Testing

@testable import GenOpsScenario
@testable import GenOpsSimulation

struct `A simulation` {
  @Test func `is the same for one thread and for two, and for a second run`() async throws {
    let text = TextScenario.shop + "options: [{half: {scale: {events: 50%}}}]\n"
    let one = try await TextScenario.simulate(text, paths: 130, jobs: 1)
    let two = try await TextScenario.simulate(text, paths: 130, jobs: 2)
    #expect(one.tables == two.tables)
    #expect(one.values == two.values)
  }

  @Test func `draws a stream alike whatever stands beside it`() throws {
    let alone = FuturePath(plan: try TextScenario.plan(TextScenario.shop, paths: 1))
    let more = TextScenario.shop + "  - other: {users: 5k, exceptions: 3 per user per month}\n"
    let crowded = FuturePath(plan: try TextScenario.plan(more, paths: 1))
    for path in [0, 1, 77] {
      alone.draw(path: path)
      crowded.draw(path: path)
      #expect(Array(crowded.units.prefix(alone.units.count)) == alone.units)
    }
  }

  @Test func `lets every option meet the same futures`() async throws {
    let text = TextScenario.shop + "options: [{same: {scale: {events: 100%}}}]\n"
    let simulation = try await TextScenario.simulate(text, paths: 40)
    #expect(simulation.tables[0].months == simulation.tables[1].months)
  }

  /// 300,000 events a day are 9.3 and 9.0 million a month.
  @Test func `prices all usage times one number as that usage`() async throws {
    func text(_ daily: String, _ more: String = "") -> String {
      "scenario: t\nperiod: 2027-03 to 2027-04\ntraffic:\n"
        + "  - web: {events: \(daily) per day, identified: 0%, noise: none}\n" + more
    }
    let twice = try await TextScenario.run(
      text("100k", "options: [{three times: {usage: x3}}, {half more: {usage: +50%}}]"), paths: 1)
    let three = try await TextScenario.run(text("300k"), paths: 1)
    let half = try await TextScenario.run(text("150k"), paths: 1)
    #expect(abs(twice.result.options[1].cost.mean - three.result.year.cost.mean) < 1e-6)
    #expect(abs(twice.result.options[2].cost.mean - half.result.year.cost.mean) < 1e-6)
    #expect(twice.result.options[1].sideEffects == ["all usage x3"])
    #expect(twice.result.options[2].sideEffects == ["all usage x1.5"])
  }

  @Test func `never spends more under an enforced budget, path by path, and never over it`()
    async throws
  {
    let text =
      TextScenario.shop
      + "options: [{capped: {governance: {mode: enforced, budget: 60 USD per month}}}]\n"
    let simulation = try await TextScenario.simulate(text, paths: 60)
    let limit: Int64 = 60_000_000_000
    var refused = false
    for (free, capped) in zip(
      simulation.tables[0].months.values, simulation.tables[1].months.values)
    {
      #expect(capped <= free)
      #expect(capped <= limit)
      refused = refused || capped < free
    }
    #expect(refused)
  }

  @Test func `says what governance refuses`() async throws {
    let text =
      TextScenario.shop + """
        budget: 100 USD per month
        options:
          - enforced: {governance: {mode: enforced}}
          - capped:   {governance: {mode: enforced, budget: 5 USD per day}}
        """
    let options = try await TextScenario.run(text, paths: 4).result.options
    #expect(options[1].sideEffects == ["refuses events over budget"])
    // The scenario's own budget refuses with it.
    #expect(options[2].sideEffects == ["refuses events over the day and month budgets"])
  }

  @Test func `conserves what it is offered`() async throws {
    let text = TextScenario.shop + "options: [{sampled: {sample: {$pageview: 10%}}}]\n"
    let simulation = try await TextScenario.simulate(text, paths: 20)
    let base = simulation.tables[0].sums
    let sampled = simulation.tables[1].sums
    #expect(base.offered.reduce(0, +) == sampled.offered.reduce(0, +))
    #expect(base.refused.allSatisfy { $0 == 0 } && base.sampled.allSatisfy { $0 == 0 })
    let dropped = Double(sampled.sampled.reduce(0, +)) / Double(sampled.offered.reduce(0, +))
    // 90 % of the 40 % that are page views, of which events are nearly all.
    #expect(abs(dropped - 0.36) < 0.02)
  }

  @Test func `prices a certain scenario exactly`() async throws {
    let text = """
      period: 2027-01 to 2027-01
      traffic:
        - app: {events: 100000 per day, identified: 0%, noise: none}
      """
    let run = try await TextScenario.run(text, paths: 3)
    // 3.1 million events: 50.00 for the second million, 0.0000343 for each of the rest.
    #expect(run.result.year.cost.mean == 87.73)
    #expect(run.result.year.cost.sd == 0)
  }

  /// 10 events a day are 3, 4 and 3 of three kinds. Half of each, rounded by itself, would be 2, 2 and 2.
  @Test func `sums the scaled kinds of a day to the scaled day`() async throws {
    let simulation = try await TextScenario.simulate(
      """
      period: 2027-01 to 2027-01
      traffic:
        - app: {events: 10 per day, identified: 0%, mix: {a: 33.4%, b: 33.3%}, noise: none}
      options: [{half: {scale: {events: 50%}}}]
      """, paths: 1)
    let events = simulation.tables.map { $0.sums.offered.reduce(0, +) }
    #expect(events == [310, 155])
  }

  @Test func `is the same to the nano-unit event by event and binned, where nothing is uncertain`()
    async throws
  {
    let text = """
      period: 2027-01 to 2027-01
      traffic:
        - app: {events: 50000 per day, identified: 30%, exceptions: 20 per day, noise: none}
        - flags: {flag_servers: 1, flag_polling: 300 s}
      options:
        - capped: {governance: {mode: enforced, budget: 3 USD per week}}
        - limit: {posthog_limit: {product_analytics: 2 USD per month}}
      mix: {signup_completed: 2%}
      """
    let binned = try await TextScenario.simulate(text, paths: 1)
    let exact = try await TextScenario.simulate(text + "\ngrain: exact", paths: 1)
    for (a, b) in zip(binned.tables, exact.tables) {
      #expect(a.months == b.months)
      #expect(a.sums.refused == b.sums.refused)
      #expect(a.streamCosts == b.streamCosts)
      #expect(a.firstBreach == b.firstBreach)
      #expect(a.overshoot == b.overshoot)
    }
    #expect(binned.tables[1].sums.refused.reduce(0, +) > 0)
  }

  @Test func `multiplies the quarters by the factors that are given`() throws {
    let text = """
      period: 2027-01 to 2027-12
      traffic:
        - app: {exceptions: 125500 per day, noise: none}
      changes:
        - Q1: {from: 2027-01-01, to: 2027-03-31, exceptions: x0.9}
        - Q2: {from: 2027-04-01, to: 2027-06-30, exceptions: x1.1}
        - Q3: {from: 2027-07-01, to: 2027-09-30, exceptions: x0.95}
        - Q4: {from: 2027-10-01, to: 2027-12-31, exceptions: x1.25}
      """
    let future = FuturePath(plan: try TextScenario.plan(text, paths: 1))
    future.draw(path: 0)
    let quarters: [Int64] = [112_950, 138_050, 119_225, 156_875]
    let days = zip(quarters, [90, 91, 92, 92]).flatMap { [Int64](repeating: $0, count: $1) }
    #expect(future.units == days)
  }

  @Test func `attributes the customers' usage, and the parts add up`() async throws {
    let text = """
      period: 2027-01 to 2027-01
      traffic:
        - a: {customer: a, events: 100000 per day, identified: 0%, noise: none}
        - b: {customer: b, events: 25000 per day, identified: 0%, noise: none}
        - c: {customer: c, events: 5000 per day, identified: 0%, noise: none}
        - d: {customer: d, events: 50000 per day, identified: 0%, noise: none}
      """
    let run = try await TextScenario.run(text, paths: 2)
    #expect(
      run.result.attribution.map(\.attribution.customer).sorted { $0 ?? "" < $1 ?? "" }
        == ["a", "b", "c", "d"])
    let parts = run.result.attribution.reduce(0) { $0 + $1.cost.mean }
    // 5,580,000 events: 50.00 for the second million, 0.0000343 for each of the rest.
    #expect(abs(parts - 172.794) < 1e-6 && abs(run.result.year.cost.mean - 172.794) < 1e-6)
  }

  /// Compound growth with a normal rate has a closed form only through its quantiles: the units of
  /// day d are monotone in the rate, so their quantiles are those of the rate.
  @Test func `meets the quantiles of an uncertain growth`() async throws {
    let text = """
      period: 2027-01 to 2027-12
      traffic:
        - app: {exceptions: 1M per day, noise: none, growth: 2% to 6% per month}
      """
    let plan = try TextScenario.plan(text, paths: 4_000)
    let future = FuturePath(plan: plan)
    var last: [Double] = []
    for path in 0..<4_000 {
      future.draw(path: path)
      last.append(Double(future.units[364]))
    }
    last.sort()
    for (p, rate) in [(0.05, 1.02), (0.95, 1.06)] {
      let exact = 1e6 * pow(rate, 364 / 30.4375)
      // Four standard errors of a quantile are about 4·sqrt(p(1−p)/n)/density: 2.5 % here.
      #expect(abs(Statistics.quantile(ofSorted: last, at: p) / exact - 1) < 0.025)
    }
  }
}
