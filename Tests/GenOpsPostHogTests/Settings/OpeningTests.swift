import Foundation
import GenOpsCosting
import GenOpsAdmission
import GenOpsGovernance
import GenOpsMetering
import GenOpsPostHogTesting
import GenOpsTestSupport
import GenOpsUnits
import Synchronization
import Testing

@testable import GenOpsPostHog

@Suite("The month so far")
struct OpeningTests {
  private let base = AdapterFixture()
  private let transport = RecordingTransport()

  /// PostHog's answer with so many events of the period that contains 2027-01-10.
  private func answer(_ events: String = "1200000", start: String = "2026-12-15") -> [UInt8] {
    let end = start == "2026-12-15" ? "2027-01-15" : "2026-12-15"
    return Array(
      """
      {"billing_period": {"current_period_start": "\(start)T00:00:00Z",
        "current_period_end": "\(end)T00:00:00Z", "interval": "month"},
       "usage_summary": {"events": {"usage": \(events), "limit": null},
         "recordings": {"usage": 10}, "surveys": {"usage": null},
         "teleportations": {"usage": 7}},
       "products": [{"type": "product_analytics", "current_usage": 1,
           "addons": [{"type": "enhanced_persons", "current_usage": 300000}]},
         {"type": "logs", "current_usage": 12.4}]}
      """.utf8)
  }

  private func read(_ environment: [String: String]) -> AdapterSettings {
    AdapterSettings.read(
      environment: environment.merging(["POSTHOG_API_KEY": "phc_x"]) { own, _ in own })
  }

  private func codes(_ findings: Findings) -> [String] {
    findings.all.filter { $0.severity != .note }.map(\.code)
  }

  // MARK: Without one

  @Test("Advisory sends and knows no price")
  func advisory() throws {
    let adapter = try base.adapter { $0.opening = .unknown }
    #expect(adapter.capture(base.event(1)) == .sent(cost: nil))
    #expect(
      adapter.findings().all.map { "\($0.severity) \($0.code)" } == [
        "note opening-unknown", "warning price-unknown",
      ])
  }

  @Test("Enforced judges each unit at its meter's first paid price: a free million is none")
  func enforced() throws {
    let plan = GovernancePlan(mode: .enforced, budgets: [base.dayBudget(50_000 * 3)])
    let adapter = try base.adapter(plan) { $0.opening = .unknown }
    for number in 0..<3 { #expect(adapter.capture(base.event(number)) == .sent(cost: nil)) }
    #expect(!adapter.capture(base.event(4)).wasSent)
    #expect(adapter.standing(ofBudget: "day")?.spent == Money(nanos: 150_000))
    let finding = adapter.findings().all.first { $0.code == "opening-unknown" }
    #expect(finding?.message.contains("judge each unit at its first paid price") == true)
    // In the next billing period everything is known.
    base.clock.set(try #require(Timestamp("2027-02-01T00:00:00Z")))
    #expect(adapter.capture(base.event(5)) == .sent(cost: .zero))
    #expect(!adapter.findings().all.contains { $0.code == "opening-unknown" })
  }

  @Test("The judged price never falls, however many units come")
  func flat() throws {
    let adapter = try base.adapter(
      GovernancePlan(mode: .enforced, budgets: [base.dayBudget(1 << 60)])
    ) {
      $0.opening = .unknown
    }
    // Beyond two million an event costs less by the book.
    let outcome = adapter.record(Usage(.events), count: 20_000_000)
    #expect(outcome.sent == 20_000_000 && outcome.cost == nil)
    #expect(adapter.standing(ofBudget: "day")?.spent == Money(units: 1000))
  }

  @Test("Strict refuses what depends on it")
  func strict() throws {
    let adapter = try base.adapter(GovernancePlan(mode: .strict)) { $0.opening = .unknown }
    #expect(adapter.capture(base.event(1)) == .refused(Refusal(.monthToDateUnknown)))
    #expect(adapter.findings().all.contains { $0.code == "opening-unknown" })
  }

  @Test("It is said when the adapter is made")
  func said() throws {
    for (mode, expected) in [
      (GovernanceMode.advisory, []), (.enforced, ["opening-unknown"]),
      (.strict, ["opening-unknown"]),
    ] as [(GovernanceMode, [String])] {
      let told = Told()
      _ = try PostHogAdapter(
        read(["GENOPS_GOVERNANCE_POLICY": mode.rawValue]), transport: transport, clock: base.clock
      ) { $0.onFinding = told.add }
      #expect(told.codes == expected, "\(mode)")
    }
    let told = Told()
    _ = try PostHogAdapter(
      read(["GENOPS_GOVERNANCE_POLICY": "strict"]), transport: transport, opening: .nothing,
      clock: base.clock
    ) { $0.onFinding = told.add }
    #expect(told.codes.isEmpty)
  }

  @Test("What becomes known later is taken up, and prices are known from then on")
  func learned() throws {
    let adapter = try base.adapter(
      GovernancePlan(mode: .strict, budgets: [base.dayBudget(1 << 50)])
    ) { $0.opening = .unknown }
    #expect(adapter.capture(base.event(1)) == .refused(Refusal(.monthToDateUnknown)))
    adapter.learn(OpeningBalance(current: [.events: 1_000_000]))
    #expect(adapter.capture(base.event(2)) == .sent(cost: Money(nanos: 50_000)))
    #expect(adapter.snapshot().totals[Meter.events.index].units == 1)
    // What is known stays as it is.
    adapter.learn(OpeningBalance(current: [.events: 3_000_000]))
    #expect(adapter.capture(base.event(3)) == .sent(cost: Money(nanos: 50_000)))
  }

  // MARK: From settings

  @Test("Units by meter, in a variable and in a file")
  func usage() throws {
    let settings = read([
      "GENOPS_OPENING_USAGE": "events=1,000,000, feature_flags=40k; recordings=5e3",
      "GENOPS_OPENING_SPENT": "daily=3.20",
    ])
    #expect(
      settings.openingUsage == [
        .events: 1_000_000, .featureFlagRequests: 40_000, .sessionRecordings: 5000,
      ])
    let configuration = try settings.configuration(at: base.clock.now())
    #expect(configuration.opening.current == settings.openingUsage)
    #expect(configuration.opening.spent == ["daily": Money(nanos: 3_200_000_000)])
    var findings = Findings()
    let node = try JSONParser.parse(
      Array(#"{"opening_usage": {"events": 7}, "opening_spent": {"monthly": "1.5"}}"#.utf8),
      file: "s.json")
    let layer = SettingsLayer(node, &findings)
    #expect(layer.openingUsage == [.events: 7] && findings.all.isEmpty)
    #expect(layer.openingSpent == ["monthly": Money(nanos: 1_500_000_000)])
    #expect(
      try read(["GENOPS_OPENING_USAGE": "nothing"]).configuration().opening == .nothing)
    // These and nothing else: no meter is unknown.
    let told = Told()
    let whole = read([
      "GENOPS_OPENING_USAGE": "events=1200000, others=0", "GENOPS_GOVERNANCE_POLICY": "strict",
    ])
    _ = try PostHogAdapter(whole, transport: transport, clock: base.clock) {
      $0.onFinding = told.add
    }
    #expect(told.codes.isEmpty && whole.openingUsage.count == Meter.allCases.count)
    #expect(whole.openingUsage[.events] == 1_200_000)
    let adapter = try PostHogAdapter(settings, transport: transport, clock: base.clock)
    let unknown = adapter.findings().all.first { $0.code == "opening-unknown" }?.message
    #expect(
      unknown?.contains(
        "on identified_events, mobile_recordings, survey_responses, exceptions, llm_events and 11 more: "
      ) == true)
    #expect(adapter.capture("search").outcome == .sent(cost: Money(nanos: 50_000)))
    #expect(adapter.standing(ofBudget: "daily")?.spent == Money(nanos: 3_200_050_000))
  }

  @Test(
    "What cannot be read is an error, never 0",
    arguments: [
      ("events=0,5", "setting-units"), ("events=1, others=2", "setting-units"),
      ("events=1 000", "setting-units"),
      ("events=NaN", "setting-units"), ("events=-1", "setting-units"),
      ("events=1.5", "setting-units"), ("evnts=1", "unknown-meter"), ("events", "setting-entries"),
      ("1200000", "setting-entries"), (",", "setting-entries"), ("events=", "setting-units"),
      ("events=1, events=2", "setting-entries"),
      ("feature_flags=1; feature_flag_requests=1", "setting-entries"),
    ])
  func wrong(_ text: String, _ code: String) {
    let settings = read(["GENOPS_OPENING_USAGE": text])
    #expect(settings.findings.all.filter { $0.severity == .error }.map(\.code) == [code])
  }

  @Test(
    "An unknown meter is told with its place in the variable, and the name that begins as it does")
  func place() {
    let settings = read(["GENOPS_OPENING_USAGE": "events=1.5M, idents=3"])
    #expect(
      settings.findings.all.filter { $0.code == "unknown-meter" }.map(\.description) == [
        "GENOPS_OPENING_USAGE:1:14: error: GENOPS_OPENING_USAGE: there is no meter 'idents' "
          + "[unknown-meter]; did you mean 'identified_events'?"
      ])
  }

  @Test("A budget that does not exist has spent nothing")
  func unknownBudget() {
    let settings = read(["GENOPS_OPENING_SPENT": "dayly=3"])
    let error = #expect(throws: FindingsError.self) { try settings.configuration() }
    #expect(error?.findings.all.map(\.code).contains("opening-budget") == true)
    #expect(error?.findings.all.contains { $0.help == "did you mean 'daily'?" } == true)
  }

  // MARK: From PostHog's own count

  @Test("A billing answer gives usage, its period and what it does not know")
  func billing() throws {
    var findings = Findings()
    let usage = try #require(BillingUsage(answer(), &findings))
    #expect(
      usage.units == [
        .events: 1_200_000, .sessionRecordings: 10, .identifiedEvents: 300_000, .logsMB: 13,
      ])
    #expect(usage.anchorDay == 15 && usage.silent.contains(.surveyResponses))
    #expect(findings.all.map(\.code) == ["unknown-series"])
    let opening = OpeningBalance(usage, at: base.clock.now(), &findings)
    #expect(opening?.current == usage.units && opening?.previous == [:])
  }

  @Test("One of another period is told and not used")
  func stale() throws {
    var findings = Findings()
    let usage = try #require(BillingUsage(answer(start: "2026-11-15"), &findings))
    #expect(OpeningBalance(usage, at: base.clock.now(), &findings) == nil)
    #expect(findings.all.map(\.code).contains("opening-stale"))
  }

  @Test(
    "What is not such an answer is an error",
    arguments: ["", "[]", "{}", #"{"usage_summary": {"events": {"usage": 1}}}"#, "{"])
  func notBilling(_ text: String) {
    var findings = Findings()
    #expect(BillingUsage(Array(text.utf8), &findings) == nil && findings.hasErrors)
  }

  @Test("Its file is a setting: the one line starts where PostHog stands")
  func file() throws {
    let file = FileManager.default.temporaryDirectory
      .appendingPathComponent("genops-billing-\(UInt64.random(in: 0 ... .max)).json")
    defer { try? FileManager.default.removeItem(at: file) }
    try Data(answer()).write(to: file)
    let settings = read([
      "GENOPS_BILLING_ANSWER": file.path, "GENOPS_GOVERNANCE_POLICY": "strict",
    ])
    let configuration = try settings.configuration(at: base.clock.now())
    #expect(configuration.billingAnchorDay == 15)
    let told = Told()
    let adapter = try PostHogAdapter(settings, transport: transport, clock: base.clock) {
      $0.onFinding = told.add
    }
    #expect(adapter.capture("search").outcome == .sent(cost: Money(nanos: 50_000)))
    // Surveys are not in the answer, so they stay unknown.
    #expect(told.codes == ["opening-unknown"])
    // A number that is written wins.
    let written = read(["GENOPS_BILLING_ANSWER": file.path, "GENOPS_OPENING_USAGE": "events=5"])
    #expect(try written.configuration(at: base.clock.now()).opening.current[.events] == 5)
    #expect(read(["GENOPS_BILLING_ANSWER": file.path + "x"]).findings.hasErrors)
    // Weeks later it says nothing any more.
    base.clock.set(try #require(Timestamp("2027-03-01T00:00:00Z")))
    let late = Told()
    _ = try PostHogAdapter(settings, transport: transport, clock: base.clock) {
      $0.onFinding = late.add
    }
    #expect(late.codes == ["opening-stale", "opening-unknown"])
  }

  /// What an adapter said when it was made.
  private final class Told: Sendable {
    private let findings = Mutex<[Finding]>([])
    func add(_ finding: Finding) { findings.withLock { $0.append(finding) } }
    var codes: [String] { findings.withLock { $0.map(\.code) } }
  }
}
