import Foundation
import GenOpsCosting
import GenOpsGovernance
import GenOpsIngestion
import GenOpsMetering
import GenOpsPostHog
import GenOpsTestSupport
import GenOpsUnits
import Testing

@testable import GenOpsScenario
@testable import GenOpsSimulation

struct `More or fewer users than were recorded` {
  private static func run(
    _ path: String, _ multiplier: EventMultiplier?,
    _ configuration: AdapterConfiguration = AdapterConfiguration(opening: .nothing),
    jobs: Int = 1, eventByEvent: Bool = false
  ) throws -> EventReplay {
    try EventReplay.run(
      [(path, "f")], configuration, jobs: jobs, terms: ReplayTerms(multiplier: multiplier),
      onDecision: eventByEvent ? { _ in } : nil)
  }

  private static func units(_ replay: EventReplay) -> [Meter: Int64] {
    Dictionary(uniqueKeysWithValues: replay.meters.map { ($0.meter, $0.total.units) })
  }

  @Test func `Three times the users use three times as much of everything, priced by its tiers`()
    throws
  {
    let traffic = try RecordedTraffic(perDay: 200)
    // What was used before brings the tiers near.
    let opening = OpeningBalance(
      current: Dictionary(uniqueKeysWithValues: Meter.allCases.map { ($0, 999_000) }))
    var configuration = AdapterConfiguration(opening: opening)
    configuration.billingAnchorDay = 1
    let one = try Self.run(traffic.path, nil, configuration)
    let three = try Self.run(traffic.path, EventMultiplier(scale: 3), configuration)
    #expect(Self.units(three) == Self.units(one).mapValues { 3 * $0 })
    #expect(Self.units(three).count >= 6)
    #expect(three.duplicates == 3 * one.duplicates && one.duplicates > 0)
    #expect(three.read == one.read)
    #expect(three.offered == 3 * Int64(one.read))
    for (meter, total) in three.meters {
      let table = try #require(configuration.calculator.table(for: meter))
      let before = try #require(table.cost(of: 999_000))
      let after = try #require(table.cost(of: 999_000 + total.units))
      #expect(total.cost == after.nanos - before.nanos, "\(meter)")
    }
    #expect(three.multiplied?.standardError == 0)
  }

  @Test(arguments: [0.4, 1, 2.5])
  func `Facts and events come to the same, with any number of threads`(scale: Double) throws {
    let traffic = try RecordedTraffic(perDay: 100)
    let multiplier = EventMultiplier(scale: scale, share: 0.7)
    let facts = try Self.run(traffic.path, multiplier)
    expectSame(try Self.run(traffic.path, multiplier, eventByEvent: true), facts)
    expectSame(try Self.run(traffic.path, multiplier, jobs: 3), facts)
    var sampled = AdapterConfiguration(opening: .nothing)
    sampled.plan = GovernancePlan(sampling: SamplingRates(standard: 0.5))
    expectSame(
      try Self.run(traffic.path, multiplier, sampled, eventByEvent: true),
      try Self.run(traffic.path, multiplier, sampled))
  }

  @Test func `A part of the users stands for all, each for as many`() throws {
    let traffic = try RecordedTraffic(perDay: 200)
    let half = try Self.run(traffic.path, EventMultiplier(share: 0.5))
    let multiplied = try #require(half.multiplied)
    // The events of those who are kept, by a count of our own.
    let maker = FactMaker(classifier: .standard, seed: 0)
    var counts: [String: Int64] = [:]
    for event in traffic.events
    where EventMultiplier(share: 0.5).copies(of: maker.person(event.distinctID)) != nil {
      counts[event.distinctID, default: 0] += 1
    }
    #expect(multiplied.users == counts.count)
    #expect((40...80).contains(counts.count))
    #expect(multiplied.made == 2 * counts.values.reduce(0, +))
    let squares = counts.values.reduce(0.0) { $0 + Double($1 * $1) }
    // (1 - P) / P² of each square.
    let expected = (2 * squares).squareRoot() / Double(multiplied.made)
    #expect(abs(multiplied.standardError / expected - 1) < 1e-12)
    // Whoever is kept of fewer is kept of more.
    for person in 0..<1_000 as Range<UInt64> {
      if EventMultiplier(share: 0.1).copies(of: person) != nil {
        #expect(EventMultiplier(share: 0.3).copies(of: person) != nil)
      }
    }
  }

  @Test(arguments: [(1, 0.1), (1, 0.37), (1.3, 1), (0.2, 0.6)])
  func `The standard error is the error that is made`(scale: Double, share: Double) throws {
    var generator = SeededGenerator(7 as UInt64)
    var squares = 0.0
    let trials = 600
    for _ in 0..<trials {
      var multiplied = MultipliedEvents(EventMultiplier(scale: scale, share: share))
      for _ in 0..<400 {
        let person = UInt64.random(in: 1...UInt64.max, using: &generator)
        for _ in 0..<(1 + generator.below(20)) { _ = multiplied.take(person) }
      }
      let error = Double(multiplied.made) / (scale * Double(multiplied.recorded)) - 1
      let relative =
        multiplied.standardError * Double(multiplied.made) / (scale * Double(multiplied.recorded))
      squares += error * error / (relative * relative)
    }
    // Chi-squared with as many degrees of freedom: its mean is good to 6 %.
    #expect(abs(squares / Double(trials) - 1) < 0.25)
  }

  @Test func `A budget refuses what twins would spend beyond it`() throws {
    let traffic = try RecordedTraffic(perDay: 200)
    var configuration = AdapterConfiguration(
      plan: GovernancePlan(
        mode: .enforced,
        budgets: [Budget(name: "day", limit: Money(nanos: 5_000_000), period: .day)]),
      opening: OpeningBalance(
        current: Dictionary(
          uniqueKeysWithValues: Meter.allCases.map { ($0, $0 == .events ? 1_000_000 : 0) })))
    configuration.billingAnchorDay = 1
    func refused(_ scale: Double) throws -> Int64 {
      try Self.run(traffic.path, EventMultiplier(scale: scale), configuration).usageClasses
        .reduce(0) { $0 + $1.tally.refused }
    }
    #expect(try refused(4) > 4 * refused(1))
  }
}
