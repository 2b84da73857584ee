import GenOpsAdmission
import GenOpsGovernance
import GenOpsMetering
import GenOpsPostHog
import GenOpsScenario
package import GenOpsUnits
import Synchronization

/// What a ``PolicyTest`` found when its events went through the production adapter.
package struct PolicyTestResult: Sendable {
  package var name: String
  package var location: SourceLocation
  /// Empty when it passed.
  package var failures: [Failure]
  /// How many events it captured.
  package var events: Int

  package var passed: Bool { failures.isEmpty }

  /// One thing that came out otherwise.
  package struct Failure: Sendable, Hashable {
    package var what: String
    package var expected: String
    package var actual: String
    package var location: SourceLocation
  }
}

extension PolicyFile {
  /// Runs every test, each on an adapter of its own.
  package func run() throws(FindingsError) -> [PolicyTestResult] {
    var results: [PolicyTestResult] = []
    for test in tests { results.append(try run(test)) }
    return results
  }

  private func run(_ test: PolicyTest) throws(FindingsError) -> PolicyTestResult {
    let clock = SimulatedClock(test.start)
    let log = TestLog()
    var configuration = configuration
    if let opening = test.opening { configuration.opening = opening }
    // A test says itself what it expects.
    configuration.onFinding = { _ in }
    configuration.onAlert = { alert, budget in log.add(alert: "\(budget.name) \(alert.percent)") }
    configuration.onNotice = { notice in log.add(notice: notice.message) }
    let adapter = try PostHogAdapter(configuration, transport: CountingTransport(), clock: clock)
    var tallies = [[String: Int]](repeating: [:], count: test.steps.count)
    var failures: [PolicyTestResult.Failure] = []
    var checks = test.checks.sorted { ($0.at ?? .infinity) < ($1.at ?? .infinity) }[...]
    func look(before instant: Double) {
      while let check = checks.first, (check.at ?? .infinity) < instant {
        if let at = check.at { clock.set(test.start.advanced(bySeconds: at)) }
        failures += check.failures(adapter, tallies, log)
        checks.removeFirst()
      }
    }
    let events = test.occurrences
    for (number, event) in events.enumerated() {
      look(before: event.at)
      clock.set(test.start.advanced(bySeconds: event.at))
      let step = test.steps[event.step]
      let outcome = adapter.capture(
        step, number: number, attribution: step.attribution, at: clock.now())
      tallies[event.step][outcome.id, default: 0] += 1
    }
    look(before: .infinity)
    for check in checks { failures += check.failures(adapter, tallies, log) }
    for (step, tally) in zip(test.steps, tallies) { failures += step.failures(tally) }
    return PolicyTestResult(
      name: test.name, location: test.location,
      failures: failures.sorted { $0.location.line < $1.location.line }, events: events.count)
  }
}

extension PolicyTest {
  /// Every event with its instant, in the order of time; at one instant in the order of the file.
  fileprivate var occurrences: [(at: Double, step: Int)] {
    var all: [(at: Double, step: Int)] = []
    for (index, step) in steps.enumerated() {
      for number in 0..<step.count { all.append((step.at + Double(number) * step.every, index)) }
    }
    return all.enumerated()
      .sorted { ($0.element.at, $0.offset) < ($1.element.at, $1.offset) }.map(\.element)
  }
}

extension PolicyTest.Step {
  /// What was expected of its events and did not come.
  fileprivate func failures(_ tally: [String: Int]) -> [PolicyTestResult.Failure] {
    guard let expected else { return [] }
    let refused = tally.filter { !["sent", "sampled", "duplicate"].contains($0.key) }
    let holds = expected.allSatisfy { count, outcome in
      let actual =
        outcome == "refused" ? refused.values.reduce(0, +) : tally[outcome, default: 0]
      return actual == (count ?? self.count)
    }
    if holds { return [] }
    let actual = tally.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
      .map { "\($0.value) \($0.key)" }.joined(separator: ", ")
    let wanted = expected.map { "\($0.count ?? count) \($0.outcome)" }.joined(separator: ", ")
    return [.init(what: event, expected: wanted, actual: actual, location: location)]
  }
}

extension PolicyTest.Check {
  fileprivate func failures(
    _ adapter: PostHogAdapter, _ tallies: [[String: Int]], _ log: TestLog
  ) -> [PolicyTestResult.Failure] {
    expectations.compactMap { what, text, location in
      let actual = what.value(adapter, tallies, log)
      if actual == text { return nil }
      return .init(what: what.name, expected: text, actual: actual, location: location)
    }
  }
}

extension PolicyTest.Quantity {
  fileprivate var name: String {
    switch self {
    case .cost: "cost"
    case .sent: "sent"
    case .refused: "refused"
    case .sampled: "sampled"
    case .duplicates: "duplicates"
    case .alerts: "alerts"
    case .notices: "notices"
    case .spent(let budget): "spent of '\(budget)'"
    case .usage(let meter): "usage of \(meter.id)"
    }
  }

  fileprivate func value(_ adapter: PostHogAdapter, _ tallies: [[String: Int]], _ log: TestLog)
    -> String
  {
    func count(_ isCounted: (String) -> Bool) -> String {
      "\(tallies.reduce(0) { $0 + $1.filter { isCounted($0.key) }.values.reduce(0, +) })"
    }
    switch self {
    case .cost:
      let nanos = adapter.snapshot().totals.reduce(Int64(0)) { $0.addingClamped($1.cost) }
      return Money(nanos: nanos).description
    case .sent: return count { $0 == "sent" }
    case .sampled: return count { $0 == "sampled" }
    case .duplicates: return count { $0 == "duplicate" }
    case .refused: return count { !["sent", "sampled", "duplicate"].contains($0) }
    case .alerts: return log.alerts.joined(separator: "; ")
    case .notices: return log.notices.joined(separator: "; ")
    case .spent(let name): return adapter.standing(ofBudget: name)?.spent.description ?? "no budget"
    case .usage(let meter): return "\(adapter.snapshot().totals[meter.index].units)"
    }
  }
}

extension PostHogAdapter {
  /// Captures the `number`th event of a test.
  fileprivate func capture(
    _ step: PolicyTest.Step, number: Int, attribution: Attribution, at instant: Timestamp
  ) -> CaptureOutcome {
    let view = attribution == .none ? self : self.view(attribution)
    var members: [JSONValue.Member] = []
    if case .object(let own) = step.properties { members = own }
    if !step.isIdentified { members.append(.init("$process_person_profile", false)) }
    return view.capture(
      UsageEvent(
        name: step.event, distinctID: step.user ?? "user-\(number + 1)",
        uuid: EventUUID(high: 1, low: UInt64(number + 1)), timestamp: instant,
        properties: .object(members)), consent: step.consent)
  }
}

/// What the adapter told a test.
private final class TestLog: Sendable {
  private let texts = Mutex<(alerts: [String], notices: [String])>(([], []))

  func add(alert: String) { texts.withLock { $0.alerts.append(alert) } }
  func add(notice: String) { texts.withLock { $0.notices.append(notice) } }
  var alerts: [String] { texts.withLock { $0.alerts } }
  var notices: [String] { texts.withLock { $0.notices } }
}

/// The time of a test.
private final class SimulatedClock: WallClock {
  private let instant: Mutex<Timestamp>

  init(_ start: Timestamp) { instant = Mutex(start) }

  func now() -> Timestamp { instant.withLock { $0 } }
  func set(_ now: Timestamp) { instant.withLock { $0 = now } }
}
