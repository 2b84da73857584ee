import GenOpsMetering
import GenOpsUnits
import Testing

@testable import GenOpsPostHog

@Suite("The states of a batch")
struct BatchStateTests {
  @Test("A batch's successors: in flight, then over, to be retried, or two halves")
  func batches() {
    let events = (0..<4).map { QueueFixture.event($0) }
    let queued = QueuedBatch.new(Batch(id: 1, events: events))
    let wall = Timestamp(microseconds: 7)
    let first = queued.sent(to: 0, at: .seconds(1), wall: wall)
    #expect(
      first.batch.attempt == 1 && first.batch.created == wall && first.firstSent == .seconds(1))
    let retry = QueuedBatch.retry(first.batch, firstSent: first.firstSent)
    let second = retry.sent(to: 2, at: .seconds(3), wall: Timestamp(microseconds: 9))
    // The server sees one batch: its time and request id are the first attempt's.
    #expect(second.batch.attempt == 2 && second.batch.created == wall && second.endpoint == 2)
    #expect(second.firstSent == .seconds(1) && second.batch.requestID == first.batch.requestID)

    let uuids = events.map(\.uuid)
    let table: [(AnswerMeaning, at: Int, String)] = [
      (.accepted(without: []), 2, "over, 4 accepted, 0 lost, succeeded"),
      (.accepted(without: [.events]), 2, "over, 0 accepted, 4 lost, succeeded"),
      (.accepted(without: [.surveys]), 2, "over, 4 accepted, 0 lost, succeeded"),
      (.each([:]), 2, "over, 4 accepted, 0 lost, succeeded"),
      (.each([uuids[0]: .warning, uuids[1]: .drop]), 2, "over, 3 accepted, 1 lost, succeeded"),
      (.each([uuids[3]: .retry, uuids[1]: .drop]), 2, "retry 1, 2 accepted, 1 lost, failed"),
      (.each([uuids[3]: .retry]), 11, "over, 3 accepted, 1 lost, failed"),
      (.retry("x", isFault: true, retryAfter: nil), 2, "retry 4, 0 accepted, 0 lost, failed"),
      (
        .retry("x", isFault: false, retryAfter: .seconds(1)), 11, "over, 0 accepted, 4 lost, failed"
      ),
      (.split, 2, "split 2 2, 0 accepted, 0 lost, answered"),
      (.split, 11, "split 2 2, 0 accepted, 0 lost, answered"),
      (.never(status: 401), 2, "over, 0 accepted, 4 lost, answered"),
    ]
    for (meaning, instant, expected) in table {
      let answered = first.answered(
        meaning, giveUpAfter: .seconds(10), at: .seconds(instant))
      let successor =
        switch answered.successor {
        case .over: "over"
        case .retry(let queued): "retry \(queued.batch.events.count)"
        case .split(let a, let b): "split \(a.count) \(b.count)"
        }
      let health =
        switch answered.health {
        case .succeeded: "succeeded"
        case .answered: "answered"
        case .failed: "failed"
        }
      let settlement = answered.settlement
      let text =
        "\(successor), \(settlement.accepted.count) accepted, \(settlement.lost.count) lost, \(health)"
      #expect(text == expected, "\(meaning) at \(instant)")
      #expect((answered.failure == nil) == (health == "succeeded"))
    }
    let alone = QueuedBatch.new(Batch(id: 2, events: [events[0]])).sent(
      to: 0, at: .zero, wall: wall)
    let answered = alone.answered(.split, giveUpAfter: nil, at: .zero)
    #expect(answered.settlement.lost.map(\.reason) == [.tooLarge])
    guard case .over = answered.successor else {
      Issue.record("an event that is too large alone is split")
      return
    }
  }
}
