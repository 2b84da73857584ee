import GenOpsCosting
import GenOpsGovernance
import GenOpsMetering
import GenOpsPostHog
import GenOpsTestSupport
import GenOpsUnits
import Testing

@testable import GenOpsIngestion
@testable import GenOpsSimulation

/// A recording through the facts of its events, and event by event through the adapter: what was counted, priced,
/// refused and found is the same.
struct `Facts of events` {
  private static let names = [
    "$pageview", "$autocapture", "signup_completed", "purchase", "$identify", "$create_alias",
    "$merge_dangerously", "$groupidentify", "$set", "$snapshot", "survey sent", "$ai_generation",
    "$exception", "$feature_flag_called", "$$heatmap", "caf\\u00e9", "plan \\\"pro\\\"", "名前",
    String(repeating: "long", count: 90),
  ]
  private static let people = [
    "u1", "u2", "u3", "anna@example.com", "a\\tb", "\\u0041nna", "undefined", "名",
    String(repeating: "x", count: 200), String(repeating: "x", count: 260),
    String(repeating: "é", count: 130), "0191d6b0-0000-7000-8000-00000000000a",
  ]
  private static let properties = [
    #""$process_person_profile":false"#, #""$process_person_profile":true"#,
    #""$process_person_profile":"false""#, #""$groups":{"company":"a"}"#,
    #""$groups":{"company":""}"#,
    #""$group_0":"a""#, #""$session_id":"s1""#, #""$session_id":"s2""#, #""$session_id":"""#,
    #""$snapshot_source":"mobile""#, #""$survey_id":"v""#, #""$survey_submission_id":"n1""#,
    #""$survey_submission_id":"n2""#, #""$product_tour_id":"t""#, #""$anon_distinct_id":"u3""#,
    #""$anon_distinct_id":"undefined""#, #""alias":"u2""#, #""alias":12"#, #""alias":1e999"#,
    #""plan":"pro""#, #""deep":{"a":[1,2,{"b":null}]}"#, #""token":"phc_x""#,
  ]

  /// A line of a recording; `second` is when it happened.
  private func line(_ random: inout SeededGenerator, second: Int) -> String {
    if random.chance(2) {
      return random.pick(["", "no JSON", "{\"event\":\"x\"}", "[1]", "{} {}"])
    }
    let instant = Timestamp(startOf: CalendarDay(number: 20_863)).advanced(
      bySeconds: Double(second))
    var parts = [
      #""event":"\#(random.pick(Self.names))""#, #""distinct_id":"\#(random.pick(Self.people))""#,
    ]
    var chosen: [String] = []
    for _ in 0..<random.below(5) { chosen.append(random.pick(Self.properties)) }
    parts.append("\"properties\":{" + chosen.joined(separator: ",") + "}")
    if random.chance(80) {
      // Few of them, so that there are copies.
      parts.append(#""uuid":"00000000-0000-4000-8000-0000000000\#(10 + random.below(40))""#)
    }
    if random.chance(97) { parts.append("\"timestamp\":\"\(instant)\"") }
    if random.chance(10) {
      parts.append(
        "\"person_mode\":\"" + random.pick(["propertyless", "full", "force_upgrade", "other"])
          + "\"")
    }
    if random.chance(5) { parts.append(#""session_id":"s3""#) }
    return "{" + random.shuffled(parts).joined(separator: ",") + "}"
  }

  private func configuration(_ random: inout SeededGenerator) -> AdapterConfiguration {
    var plan = GovernancePlan(mode: random.pick([.advisory, .enforced]))
    if random.chance(70) {
      plan.budgets = [
        Budget(name: "day", limit: Money(nanos: random.pick([1_000_000, 9_000_000])), period: .day)
      ]
    }
    if random.chance(50) {
      plan.sampling = SamplingRates(standard: random.pick([0.2, 0.7]))
    }
    return AdapterConfiguration(
      plan: plan,
      opening: OpeningBalance(
        current: Dictionary(
          uniqueKeysWithValues: Meter.allCases.map { ($0, $0 == .events ? 1_000_000 : 0) })))
  }

  @Test(arguments: 0..<40) func `come to the same as the events`(seed: Int) throws {
    var random = SeededGenerator(seed)
    let isOrdered = random.chance(40)
    var second = 0
    let parts = (0...random.below(2)).map { _ in
      (0..<150).map { _ in
        second += random.pick([0, 1, 60, 4000, 30_000])
        return line(
          &random, second: isOrdered || random.chance(80) ? second : random.below(second + 1))
      }
    }
    let files = try parts.map { try TemporaryFile($0) }
    let named = files.enumerated().map { (path: $1.path, name: "part-\($0).jsonl") }
    let configuration = configuration(&random)
    let dropsCopies = random.chance(80)
    let held = try EventReplay.run(
      named, configuration, dropsCopies: dropsCopies, onDecision: { _ in })
    if !dropsCopies { #expect(held.duplicates == 0) }
    for (jobs, blockSize) in [(1, 1 << 19), (1, 300), (3, 300), (2, 5_000)] {
      let stream = EventStream(
        files: named, columns: [:], maxErrors: nil, isLight: true,
        window: random.pick([3, 65_536]), jobs: jobs, dropsCopies: dropsCopies,
        blockSize: blockSize, runSize: random.pick([7, 262_144]))
      guard let passed = stream.replay(configuration) else {
        // Only where copies in another file cannot be told.
        #expect(named.count > 1 && dropsCopies)
        continue
      }
      expectSame(passed, held)
    }
  }
}
