import GenOpsMetering
import GenOpsNumerics
import GenOpsPostHog
import GenOpsUnits
import Testing

@testable import GenOpsScenario
@testable import GenOpsSimulation

/// What a run says of recorded events is what the events say one by one.
struct `Recorded events` {
  private static func scenario(_ traffic: RecordedTraffic, _ more: String) -> String {
    """
    period: 2027-01 to 2027-01
    history: \(traffic.path)
    \(more)

    """
  }

  @Test func `are lost by the class and the meter that each of them has`() async throws {
    let traffic = try RecordedTraffic(perDay: 60)
    let text = `Recorded events`.scenario(
      traffic,
      """
      grain: exact
      opening_usage: {events: 1000000, identified_events: 1000000, exceptions: 100000, session_recordings: 100000}
      governance: {mode: enforced, budget: 0.02 USD per week}
      options: [tighter: {governance: {mode: enforced, budget: {name: tight, limit: 0.001 USD per day}}}]
      """)
    let run = try await TextScenario.run(text, paths: 2)
    let classes = EventClassifier.standard
    // A copy of an event that was refused is refused too, and is no second loss.
    var seen: Set<String> = []
    let refused = try run.plan.decisions().filter { decision in
      let event = decision.event
      return decision.outcome.id == "budget"
        && seen.insert("\(event.uuid?.description ?? "") \(event.timestamp.day)").inserted
    }.map(\.event.name)
    let critical = refused.count { classes.isCritical(classes.classify($0)) }
    let lost = run.result.options[0].lost
    #expect(critical > 0 && lost.critical == Double(critical))
    #expect(lost.refused == run.result.months.reduce(0) { $0 + $1.lost.refused })
    #expect(lost.critical == run.result.months.reduce(0) { $0 + $1.lost.critical })
    #expect(
      lost.byMeter.first { $0.meter == .exceptions }?.lost
        == Double(refused.count { $0 == "$exception" }))
    #expect(
      lost.byClass.first { $0.name == "page_view" }?.lost
        == Double(refused.count { $0 == "$pageview" }))
    // Of a session that is lost one recording is, however many snapshots it had: 8 sessions a day.
    let recordings = lost.byMeter.first { $0.meter == .sessionRecordings }?.lost ?? 0
    #expect(recordings > 0 && recordings <= Double(8 * 31))
    #expect(recordings < Double(refused.count { $0 == "$snapshot" }))
    // The option's own budget refuses, whatever the scenario's does.
    let tighter = run.result.options[1]
    #expect(tighter.refuses && tighter.breachProbability == 1 && tighter.lost.total > lost.total)
  }

  /// What PostHog gives away or counts on another meter is no part of the events.
  @Test func `of one name are a part of those that are billed as events`() throws {
    let traffic = try RecordedTraffic(perDay: 60)
    let plan = try TextScenario.plan(
      `Recorded events`.scenario(traffic, "options: [views: {sample: {$pageview: 10%}}]"))
    var seen: Set<String> = []
    let names = traffic.events.filter { event in
      seen.insert("\(event.uuid?.description ?? "") \(event.timestamp.day)").inserted
    }.map(\.name)
    let others = [
      "$exception", "$feature_flag_called", "$ai_generation", "survey sent", "$snapshot",
    ]
    let share =
      Double(names.count { $0 == "$pageview" }) / Double(names.count { !others.contains($0) })
    let stream = try #require(plan.streams.first { $0.meter == .events })
    let part = try #require(stream.mix.first { $0.event == "$pageview" })
    #expect(abs(plan.draws[part.share].distribution.mean - share) < 1e-12)
  }
}
