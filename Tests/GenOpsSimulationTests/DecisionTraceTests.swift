import Foundation
import GenOpsCosting
import GenOpsGovernance
import GenOpsHistory
import GenOpsLedger
import GenOpsMetering
import GenOpsUnits
import Synchronization
import Testing

@testable import GenOpsPostHog
@testable import GenOpsScenario
@testable import GenOpsSimulation
import GenOpsAdmission

/// One recording, three ways: the production adapter with a ledger on disk, an exact run of the
/// scenario, a replay. The same decisions, costs and sums.
@Suite struct DecisionTraceTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var name: String
    var governance: String
    var testDescription: String { name }
  }

  static let cases = [
    Case(name: "advisory", governance: "{mode: advisory, budget: 0.03 USD per week}"),
    Case(name: "enforced", governance: "{mode: enforced, budget: 0.03 USD per week}"),
    Case(
      name: "enforced with sampling",
      governance: "{mode: enforced, budget: 0.02 USD per week, "
        + "sampling: {page_view: 30%, click: 20%, default: 60%}}"),
    Case(
      name: "strict",
      governance: "{mode: strict, budget: 0.03 USD per week, required_attribution: [team]}"),
  ]

  private func plan(_ traffic: RecordedTraffic, _ governance: String) throws -> Plan {
    try TextScenario.plan(
      """
      period: 2027-01 to 2027-01
      history: \(traffic.path)
      team: growth
      grain: exact
      opening_usage: {events: 1000000, identified_events: 1000000, exceptions: 100000}
      governance: \(governance)
      """, paths: 2)
  }

  @Test("decides, prices and counts the same", arguments: cases)
  func sameTrace(_ example: Case) throws {
    let traffic = try RecordedTraffic(perDay: 60)
    let plan = try plan(traffic, example.governance)
    #expect(!plan.findings.all.contains { $0.code == "recording-binned" })
    let exact = try plan.decisions()
    #expect(exact.map(\.event.uuid) == traffic.events.map(\.uuid))
    let runner = try OptionRunner(plan: plan, option: plan.options[0])
    let future = FuturePath(plan: plan)
    future.draw(path: 1)
    runner.run(future, path: 1)
    let simulated = runner.snapshot()

    // Production: its own events, its own clock, and a ledger that it shares.
    let production = try Production(plan)
    defer { production.remove() }
    var differences = 0
    for (number, event) in traffic.events.enumerated() {
      let outcome = production.capture(event)
      if outcome != exact[number].outcome {
        differences += 1
        if differences < 5 {
          Issue.record("event \(number): \(outcome), exact: \(exact[number].outcome)")
        }
      }
    }
    #expect(differences == 0)
    try production.adapter.releaseLeases()

    // The ledger holds what the run says.
    let (first, last) = (plan.period.start, plan.period.end.advanced(by: -1))
    let units = try production.account.units(from: first, to: last)
    let rows = try production.account.usage(from: first, to: last)
    for meter in Meter.allCases {
      #expect(units[meter] == simulated.totals[meter.index].units, "\(meter.id)")
    }
    for (day, cost) in runner.outcome.days.enumerated() {
      let date = first.advanced(by: day)
      let inLedger = rows.filter { $0.day == date }.reduce(Int64(0)) { $0 + $1.cost.nanos }
      #expect(inLedger == cost, "\(date)")
    }
    #expect(runner.outcome.months == [simulated.totals.reduce(Int64(0)) { $0 + $1.cost }])
    for window in simulated.closedWindows {
      let name = plan.options[0].governance.budgets[window.budget].name
      let standing = try production.account.standing(ofBudget: name, window: window.start)
      #expect(standing.spent == window.spent, "\(name) from \(window.start)")
    }
    let refusedByBudget = exact.count { $0.outcome.id == RefusalReason.budget.id }
    #expect(
      rows.filter { $0.eventClass == RefusalReason.budget.id }.reduce(0) { $0 + $1.refused }
        == refusedByBudget)

    // The trace holds every kind of outcome that its governance can make.
    let kinds = Set(exact.map(\.outcome.id))
    #expect(kinds.isSuperset(of: ["sent", "duplicate"]))
    #expect(kinds.contains("sampled") == example.name.contains("sampling"))
    #expect((refusedByBudget > 0) == (example.name != "advisory"))
    #expect(runner.outcome.refused.reduce(0, +) == Int64(refusedByBudget))
  }

  @Test("A replay with the scenario's governance writes the same trace", arguments: cases)
  func replay(_ example: Case) throws {
    let traffic = try RecordedTraffic(perDay: 60)
    let plan = try plan(traffic, example.governance)
    var replayed: [RecordedDecision] = []
    let replay = try EventReplay.run(
      [(traffic.path, "events.jsonl")], Production.configuration(plan)
    ) { replayed.append($0) }
    #expect(RecordedDecision.text(replayed) == RecordedDecision.text(try plan.decisions()))
    #expect(replay.duplicates > 20)
  }

  @Test("A visitor who signs in is one person in a replay as in production")
  func identify() throws {
    let file = NSTemporaryDirectory() + "genops-\(UUID().uuidString).jsonl"
    defer { try? FileManager.default.removeItem(atPath: file) }
    let lines = [
      #"{"uuid":"00000000-0000-4000-8000-000000000001","event":"$identify","distinct_id":"ann","#
        + #""properties":{"$anon_distinct_id":"visitor"},"timestamp":"2027-01-05T10:00:00Z"}"#,
      #"{"uuid":"00000000-0000-4000-8000-000000000002","event":"$pageview","#
        + #""distinct_id":"visitor","properties":{"$process_person_profile":false},"#
        + #""timestamp":"2027-01-05T10:00:01Z"}"#,
    ]
    try Data(lines.joined(separator: "\n").utf8).write(to: URL(fileURLWithPath: file))
    let replay = try EventReplay.run([(file, "x")], AdapterConfiguration(opening: .nothing))
    #expect(replay.days[0].usage[.identifiedEvents] == 2)
  }

  @Test("Options that govern otherwise meet the same recorded events")
  func options() throws {
    let traffic = try RecordedTraffic(perDay: 30)
    let plan = try TextScenario.plan(
      """
      period: 2027-01 to 2027-01
      history: \(traffic.path)
      grain: exact
      opening_usage: {events: 1000000, identified_events: 1000000}
      governance: {mode: advisory, budget: 0.01 USD per week}
      options:
        - views sampled: {sample: {$pageview: 20%}}
        - enforced: {governance: {mode: enforced}}
      """, paths: 1)
    let future = FuturePath(plan: plan)
    future.draw(path: 0)
    let outcomes = try plan.options.map { option in
      let runner = try OptionRunner(plan: plan, option: option)
      runner.run(future, path: 0)
      return runner.outcome
    }
    let offered = outcomes.map { $0.offered.reduce(0, +) }
    // A copy of an event that was sampled or refused is not a duplicate, so more may be offered.
    #expect(plan.recording != nil && offered.min() == offered[0])
    #expect(offered.allSatisfy { $0 <= Int64(traffic.events.count) })
    #expect(outcomes[0].refused.reduce(0, +) == 0 && outcomes[0].sampled.reduce(0, +) == 0)
    #expect(outcomes[1].sampled.reduce(0, +) > 0 && outcomes[1].refused.reduce(0, +) == 0)
    #expect(outcomes[2].refused.reduce(0, +) > 0 && outcomes[2].darkDays > 0)
    #expect(outcomes[0].firstBreach[0] == outcomes[2].firstBreach[0])
    #expect(outcomes[0].overshoot[0] > 0)
    for outcome in outcomes { #expect(outcome.streamCosts.reduce(0, +) == outcome.months[0]) }
  }

  @Test("What is not recorded is said, and the days are counted as before")
  func obstacles() throws {
    let traffic = try RecordedTraffic(perDay: 10)
    func findings(_ more: String, period: String = "2027-01 to 2027-01") throws -> [String] {
      let plan = try TextScenario.plan(
        "period: \(period)\nhistory: \(traffic.path)\ngrain: exact\n\(more)\n", paths: 2)
      return plan.findings.all.filter { $0.code == "recording-binned" }.map(\.message)
    }
    #expect(try findings("") == [])
    #expect(
      try findings("", period: "2027-01 to 2027-02").first?.contains(
        "they end on 2027-01-31, and the period on 2027-02-28") == true)
    let option = "options:\n  - less: {anonymous: 50%}"
    #expect(try findings(option).first?.contains("'less'") == true)
    #expect(throws: FindingsError.self) {
      try TextScenario.plan("period: 2027-01 to 2027-01\nhistory: \(traffic.path)\n").decisions()
    }
  }
}

/// An application's adapter with a ledger in a file.
private struct Production {
  let folder: URL
  let account: LedgerAccount
  let adapter: PostHogAdapter
  let clock = SteppingClock()

  static func configuration(_ plan: Plan) -> AdapterConfiguration {
    AdapterConfiguration(
      attribution: Attribution(team: "growth"), plan: plan.options[0].governance,
      calculator: CostCalculator(book: plan.scenario.book, addOns: plan.scenario.addOns),
      opening: plan.opening)
  }

  init(_ plan: Plan) throws {
    folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("genops-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    clock.set(Timestamp(startOf: plan.period.start))
    let ledger = try Ledger(path: folder.appendingPathComponent("test.ledger").path)
    account = try ledger.account("main", at: clock.now())
    var configuration = Production.configuration(plan)
    configuration.use(account)
    configuration.renewsLeasesByItself = false
    adapter = try PostHogAdapter(configuration, transport: CountingTransport(), clock: clock)
  }

  /// Renewed by hand, so that no decision waits for the queue: a share that is too small for an
  /// event is asked for again, as the next event would.
  func capture(_ event: UsageEvent) -> CaptureOutcome {
    clock.set(event.timestamp)
    for _ in 0..<3 {
      adapter.account.renewLeases()
      let outcome = adapter.capture(event)
      if outcome.id != "lease-exhausted" { return outcome }
    }
    return .refused(Refusal(.leaseExhausted))
  }

  func remove() { try? FileManager.default.removeItem(at: folder) }
}

private final class SteppingClock: WallClock {
  private let instant = Mutex(Timestamp(microseconds: 0))

  func now() -> Timestamp { instant.withLock { $0 } }

  func set(_ now: Timestamp) { instant.withLock { $0 = now } }
}
