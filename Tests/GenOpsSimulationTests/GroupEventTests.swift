import GenOpsMetering
import GenOpsNumerics
import Testing

@testable import GenOpsScenario
@testable import GenOpsSimulation

/// Events with groups are events: what a rule or an option does to an event, it does to both meters
/// (`EventMeter`: an event that is not sent is on neither, and one without a profile has no groups).
struct `Events with groups` {
  private static let shop = """
    period: 2027-01 to 2027-02
    add_ons: [group_analytics]
    traffic:
      - shop: {events: 20M per month, group_events: 10M per month, identified: 100%, noise: none}
    mix: {$pageview: 50%, signup_completed: 10%}

    """

  /// Units of events and of events with groups under an option, of the first futures together.
  private static func usage(
    _ plan: Plan, _ option: Int
  ) throws -> (events: Double, groups: Double) {
    let future = FuturePath(plan: plan)
    let runner = try OptionRunner(plan: plan, option: plan.options[option])
    var sums: [Meter: Int64] = [:]
    for path in 0..<20 {
      future.draw(path: path)
      runner.run(future, path: path)
      for (place, units) in runner.outcome.meterUnits.enumerated() {
        sums[runner.meters[place % runner.meters.count], default: 0] += units
      }
    }
    return (Double(sums[.events] ?? 0), Double(sums[.groupEvents] ?? 0))
  }

  @Test func `are kept of the users whose events are kept`() throws {
    let plan = try TextScenario.plan(
      `Events with groups`.shop + "options: [tenth: {sample: {all: 10%}}]\n")
    let all = try `Events with groups`.usage(plan, 0)
    let kept = try `Events with groups`.usage(plan, 1)
    // A tenth of nine tenths, and the critical tenth whole; a day is rounded.
    #expect(abs(kept.events / all.events - 0.19) < 0.002)
    #expect(abs(kept.groups / kept.events - 0.5) < 1e-4)
    #expect(plan.options[1].assumptions.isEmpty)
  }

  /// They are lost once, as events.
  @Test func `are no loss beside that of events`() async throws {
    let options = "options: [tenth: {sample: {all: 10%}}]\n"
    let with = try await TextScenario.run(`Events with groups`.shop + options, paths: 20)
    let without = try await TextScenario.run(
      `Events with groups`.shop.replacing("group_events: 10M per month, ", with: "") + options,
      paths: 20)
    #expect(with.result.options[1].lost == without.result.options[1].lost)
    #expect(with.result.options[1].lost.total > 0)
  }

  @Test func `without a profile have no groups`() throws {
    let plan = try TextScenario.plan(
      `Events with groups`.shop
        + "options: [all: {anonymous: {events: [all], new_people: 100%}}]\n")
    let (before, after) = (
      try `Events with groups`.usage(plan, 0), try `Events with groups`.usage(plan, 1)
    )
    #expect(before.events == after.events)
    #expect(before.groups > 0)
    #expect(after.groups == 0)
  }

  /// Which kinds have groups is in no export: a saving on one kind begins at what the events alone save.
  @Test func `of one kind are assumed`() async throws {
    let options = "options: [views: {sample: {$pageview: 10%}}]\n"
    let with = try await TextScenario.run(`Events with groups`.shop + options, paths: 200)
    let without = try await TextScenario.run(
      `Events with groups`.shop.replacing("group_events: 10M per month, ", with: "") + options,
      paths: 200)
    let option = with.result.options[1]
    #expect(option.assumptions == ["$pageview share of events with groups 0-100 %"])
    #expect(option.saves.mean > without.result.options[1].saves.mean * 1.02)
    #expect(abs(option.shownSaving / without.result.options[1].saves.mean - 1) < 0.01)
  }
}
