import Foundation
import GenOpsHistory
import GenOpsMetering
import GenOpsNumerics
import GenOpsUnits
import Testing

@testable import GenOpsScenario
@testable import GenOpsSimulation

/// Runs over the registry: a new kind is tested by its line there, and gives its closed form here.
struct `A fault` {
  static let names = TrafficFaults.registry.names

  /// A quiet shop and its servers, in March.
  private static let shop = """
    period: 2027-03 to 2027-04
    traffic:
      - shop: {events: 100k per day, identified: 40%, noise: none}
      - servers: {flag_servers: 2, flag_polling: 300 s}

    """

  private func entry(_ name: String) throws -> String {
    let example = try #require(TrafficFaults.registry[name]).example
    return "faults:\n  - it:\n" + example.split(separator: "\n").map { "      \($0)\n" }.joined()
  }

  private func mean(_ low: Double, _ high: Double) throws -> Double {
    try UncertainValue.between(low, high).mean
  }

  /// Expected billed units over the whole fault, and duplicates, from the means of the example's
  /// independent inputs.
  private func closedForm(_ name: String) throws -> (billed: Double, duplicates: Double)? {
    switch name {
    case "bot-storm":
      let visits = try mean(50_000, 200_000) * mean(6, 48)
      return (visits * (try mean(2, 5) + 1.05), 0)
    case "leaked-key": return (try mean(500_000, 4_000_000) * mean(2, 10), 0)
    case "retry-storm":
      let copies = try 100_000 * mean(2, 12) / 24 * mean(0.2, 0.6) * mean(3, 9)
      let new = try mean(0.05, 0.15)
      return (copies * new, copies * (1 - new))
    case "poll-bug": return (try 2 * 288 * 10 * 9 * mean(3, 14), 0)
    case "clock-skew": return (try 100_000 * mean(14, 28) * mean(0.02, 0.1), 0)
    case "double-send":
      // The part sent twice is at most all: the mean of the distribution cut off there.
      let distribution = try UncertainValue.between(0.5, 0.9)
      let twice = (0..<2_000).reduce(0.0) {
        $0 + min(1, distribution.quantile((Double($1) + 0.5) / 2_000)) / 2_000
      }
      let copies = try 100_000 * twice * mean(1, 5)
      let other = try mean(0.2, 0.6)
      return (copies * other, copies * (1 - other))
    default: return nil
    }
  }

  @Test(arguments: names)
  func `runs as its example says, without findings, and makes what its closed form says`(
    name: String
  ) throws {
    let expected = try #require(try closedForm(name), "\(name) has no closed form here")
    // Long enough that no length is cut off by the period's end.
    let base =
      switch try #require(TrafficFaults.registry[name]).source {
      case .nothing: "- quiet: {exceptions: 1 per day, noise: none}"
      case .events: "- shop: {events: 100k per day, identified: 40%, noise: none}"
      case .polls: "- servers: {flag_servers: 2, flag_polling: 300 s}"
      }
    let text =
      "period: 2027-03 to 2027-05\ntraffic:\n  \(base)\n" + (try entry(name))
      + "budget: 900 USD per month\n"
    let plan = try TextScenario.plan(text, paths: 1)
    #expect(plan.findings.all.allSatisfy { $0.code == "stale-prices" }, "\(plan.findings.all)")
    let future = FuturePath(plan: plan)
    var billed: [Double] = []
    var duplicates: [Double] = []
    for path in 0..<20_000 {
      future.draw(path: path)
      var units: Int64 = 0
      for made in plan.faults[0].streams {
        let first = made.stream.index * future.dayCount
        units += future.units[first..<(first + future.dayCount)].reduce(0, +)
      }
      billed.append(Double(units))
      duplicates.append(Double(future.traces[0].duplicates))
    }
    #expect(billed.allSatisfy { $0 >= 0 })
    for (sample, mean) in [(billed, expected.billed), (duplicates, expected.duplicates)] {
      let error = Statistics.standardError(sample)
      // Rounding is half a unit on each day and stream.
      #expect(abs(Statistics.mean(sample) - mean) <= 4 * error + 30, "\(name)")
    }
    future.draw(path: 3)
    let again = FuturePath(plan: plan)
    again.draw(path: 3)
    #expect(again.units == future.units && again.identified == future.identified)
  }

  @Test(arguments: names)
  func `leaves every other stream and fault as it was`(name: String) throws {
    let head =
      Self.shop.replacing("noise: none", with: "growth: 1% to 9% per month")
      + "faults:\n  - bots: {fault: bot-storm, from: 2027-04-02 to 2027-04-20, lasts: 6 to 20 hours, "
      + "visits: 1k to 9k per hour, events: 2 to 5 per visit}\n"
    let alone = FuturePath(plan: try TextScenario.plan(head, paths: 1))
    let plan = try TextScenario.plan(
      head + (try entry(name)).replacing("faults:\n", with: ""), paths: 1)
    let crowded = FuturePath(plan: plan)
    for path in [0, 1, 77] {
      alone.draw(path: path)
      crowded.draw(path: path)
      // A skewed clock moves events: put back, they are what they were.
      let (units, identified) = crowded.without(fault: FaultID(1))
      #expect(Array(units.prefix(alone.units.count)) == alone.units)
      #expect(Array(identified.prefix(alone.units.count)) == alone.identified)
    }
  }

  @Test func `is the same to the nano-unit event by event and binned`() async throws {
    let text = """
      period: 2027-01 to 2027-02
      opening_usage: {events: 1M, flag_requests: 1M}
      traffic:
        - app: {events: 300 per day, identified: 30%, noise: none}
      budget: 1 USD per month
      options:
        - capped: {governance: {mode: enforced}}
      faults:
        - bots: {fault: bot-storm, from: 2027-01-10, lasts: 30 hours, visits: 1k per hour,
                 events: 2 per visit, flags: 1 per visit}
        - skew: {fault: clock-skew, from: 2027-02-03, lasts: 2 days, part: 20%, off: -10 days}
        - retries: {fault: retry-storm, from: 2027-01-20, lasts: 5 hours, fails: 50%,
                    resends: 4 per event, without_uuid: 50%}
      """
    let binned = try await TextScenario.simulate(text, paths: 1)
    let exact = try await TextScenario.simulate(text + "\ngrain: exact", paths: 1)
    for (a, b) in zip(binned.tables, exact.tables) {
      #expect(
        a.months == b.months && a.sums.refused == b.sums.refused
          && a.streamCosts == b.streamCosts)
    }
    #expect(binned.tables[1].sums.refused.reduce(0, +) > 0)
  }

  private func study(_ text: String, paths: Int = 40, jobs: Int = 1) async throws -> [FaultResult] {
    try await TextScenario.simulate(text, paths: paths, jobs: jobs).faults
  }

  @Test func `is the same for any number of threads`() async throws {
    let text = Self.shop + (try entry("bot-storm")) + "budget: 90 USD per month\n"
    let one = try await study(text, paths: 60, jobs: 1)
    let two = try await study(text, paths: 60, jobs: 3)
    #expect(one[0].cost == two[0].cost && one[0].notice?.probability == two[0].notice?.probability)
  }

  @Test func `happens in the part of futures whose date lies in the period`() async throws {
    let faults = try await study(
      Self.shop + """
        faults:
          - late: {fault: leaked-key, from: 2027-04-10 to 2027-05-20, lasts: 1 days,
                   events: 100k per day, identified: 0%}
        budget: 90 USD per month
        """, paths: 400)
    // The median date is 30 April, the last day of the period.
    #expect(abs(faults[0].probability - 0.52) < 0.1)
  }

  @Test func `says what is missing, unknown or matches nothing`() {
    let cases = [
      ("{from: 2027-03-05, lasts: 2 days}", "fault: bot-storm"),
      ("{fault: bot-strom, from: 2027-03-05, lasts: 2 days}", "did you mean 'bot-storm'"),
      (
        "{fault: leaked-key, from: 2027-03-05, events: 5 per day, identified: 0%}", "lasts: 6 to 48"
      ),
      ("{fault: leaked-key, from: 2027-03-05, lasts: 1 days, identified: 0%}", "events: 500k"),
      ("{fault: poll-bug, from: 2027-03-05, lasts: 1 days, times: 10}", "times: x10"),
      ("{fault: poll-bug, from: 2027-03-05, lasts: 1 days, times: x10, on: nobody}", "stream"),
      (
        "{fault: leaked-key, from: 2027-03-05, lasts: 1 days, events: 5 per day, identified: 0%, "
          + "on: shop}", "leave it out"
      ),
      (
        "{fault: leaked-key, from: 2029-03-05, lasts: 1 days, events: 5 per day, identified: 0%}",
        "the days are"
      ),
      (
        "{fault: clock-skew, from: 2027-03-05, lasts: 1 days, part: 5%, off: -5 days, on: llm_events}",
        "lists the streams"
      ),
    ]
    for (text, help) in cases {
      let findings = TextScenario.findings(Self.shop + "faults:\n  - it: \(text)\n")
      #expect(findings.contains { ($0.help ?? "").contains(help) }, "\(text): \(findings)")
    }
  }
}
