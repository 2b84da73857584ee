import GenOpsMetering
import GenOpsUnits
import Testing

@testable import GenOpsPostHog

@Suite("Quotas in answers to a batch, with events recorded from posthog-python 7.91.1")
struct QuotaTests {
  /// Events of the samples by name, and three surveys that no sample holds.
  private func events() throws -> [(name: String, event: OutgoingEvent)] {
    var events: [(String, OutgoingEvent)] = []
    for sample in [
      "57_batch_200_quota_limited_body", "09_exception", "11_ai_generation_via_capture",
      "10_pageview", "20_feature_enabled_remote",
    ] {
      for request in try Sample.read(sample) where request.path == "/batch/" {
        for event in request.body["batch"]?.items ?? [] {
          let uuid = try #require(EventUUID(event["uuid"]?.string ?? ""))
          events.append(
            (event["event"]?.string ?? "", OutgoingEvent(uuid: uuid, json: event.description)))
        }
      }
    }
    for (number, properties) in ["{}", "{}", #"{"$product_tour_id":"t"}"#].enumerated() {
      let name = number == 0 ? "survey shown" : "survey sent"
      events.append(
        (
          number == 2 ? "tour" : name,
          OutgoingEvent(
            uuid: EventUUID(high: 9, low: UInt64(number)),
            json: #"{"event":"\#(name)","properties":\#(properties)}"#)
        ))
    }
    events.append(("garbage", OutgoingEvent(uuid: EventUUID(high: 9, low: 9), json: "{")))
    return events
  }

  @Test(
    "Only the events of the limited product are lost",
    arguments: [
      (["events"], ["e1", "e2", "$pageview", "$feature_flag_called", "tour", "garbage"]),
      (["exceptions"], ["$exception"]),
      (["llm_events"], ["$ai_generation"]),
      (["surveys"], ["survey shown", "survey sent"]),
      (["recordings"], []),
      (["feature_flags", "something_new"], []),
      (["llm_events", "exceptions"], ["$exception", "$ai_generation"]),
    ])
  func products(_ words: [String], _ lost: [String]) throws {
    let offered = try events()
    var driver = QueueFixture.Driver { $0.flushCount = offered.count }
    for (_, event) in offered { _ = driver.queue.offer(event, at: .zero) }
    let batch = driver.batch()?.batch
    let sent = try #require(batch)
    let body = JSONValue.object([
      .init("status", .number("1")), .init("quota_limited", .array(words.map { .string($0) })),
    ])
    let reply = CaptureProtocol.batch.reply(
      WireReply(status: 200, body: Array(body.description.utf8)),
      at: Timestamp(microseconds: 0))
    let settlement = driver.answer(sent, reply)
    let names = Dictionary(uniqueKeysWithValues: offered.map { ($0.event.uuid, $0.name) })
    #expect(settlement.lost.map { names[$0.uuid] ?? "" } == lost)
    #expect(settlement.lost.allSatisfy { $0.reason == .quotaLimited && $0.reason.isFinal })
    #expect(settlement.accepted.count == offered.count - lost.count)
    let counts = driver.queue.counts
    #expect(counts.accepted + counts.lost == offered.count && counts.waiting == 0)
    #expect(counts.lastFailure == nil)
  }
}
