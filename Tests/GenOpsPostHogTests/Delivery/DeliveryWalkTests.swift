import GenOpsTestSupport
import GenOpsMetering
import GenOpsUnits
import Testing

@testable import GenOpsPostHog

@Suite("A random walk of the delivery queue")
struct DeliveryWalkTests {
  /// What a walk knows by itself: where it saw each event go.
  struct Witness {
    var over: Set<EventUUID> = []
    var sent: [Int: Batch] = [:]
    /// Answered or given up: an answer to one of these is refused.
    var answered: [Int] = []
    var ids: Set<Int> = []
  }

  private static func check(_ queue: DeliveryQueue, _ witness: Witness, _ seed: UInt64) -> Bool {
    let counts = queue.counts
    let backlog = queue.state.backlog ?? Backlog()
    let inFlight = backlog.inFlight.values.flatMap(\.batch.events)
    let retry = backlog.retries.flatMap(\.batch.events)
    let waiting = backlog.queue.elements
    let all = inFlight + retry + waiting
    let isEmptyState =
      switch queue.state {
      case .idle, .drained: true
      case .delivering, .draining: false
      }
    let checks = [
      // Each event is in one place, and all that was taken is somewhere.
      "one place": Set(all.map(\.uuid)).count == all.count,
      "known": Set(all.map(\.uuid)) == backlog.uuids,
      "bytes": all.map(\.size).reduce(0, +) == backlog.bytes,
      "queued bytes": waiting.map(\.size).reduce(0, +) == backlog.queue.bytes,
      "sum": counts.offered - counts.copies - counts.spooled == all.count + counts.accepted
        + counts.lost,
      "waiting": counts.waiting == all.count && queue.count == all.count,
      "empty": isEmptyState == all.isEmpty,
      "over": witness.over.isDisjoint(with: backlog.uuids),
      "in flight": Set(backlog.inFlight.keys) == Set(witness.sent.keys),
      "requests": backlog.inFlight.count <= max(1, queue.limits.concurrentRequests),
      "capacity": all.count <= queue.limits.capacity,
      "nothing empty": backlog.retries.allSatisfy { !$0.batch.events.isEmpty },
    ]
    let broken = checks.filter { !$0.value }.map(\.key).sorted()
    #expect(broken.isEmpty, "seed \(seed)")
    return broken.isEmpty
  }

  private static func settle(_ settlement: Settlement, _ witness: inout Witness) -> Bool {
    let uuids = settlement.accepted + settlement.lost.map(\.uuid)
    let isNew = witness.over.isDisjoint(with: uuids) && Set(uuids).count == uuids.count
    witness.over.formUnion(uuids)
    return isNew
  }

  @Test("No event is lost or sent twice, whatever happens in whatever order")
  func walk() {
    var seen: [String: Int] = [:]
    for seed in 0..<120 as Range<UInt64> {
      var random = SeededGenerator(seed)
      var limits = DeliveryLimits()
      limits.capacity = Int(random.whole(3...40))
      limits.flushCount = Int(random.whole(1...9))
      limits.flushBytes = Int(random.whole(60...400))
      limits.eventBytes = 90
      limits.capacityBytes = Int(random.whole(100...3000))
      limits.concurrentRequests = Int(random.whole(1...4))
      limits.whenFull = seed % 2 == 0 ? .dropNewest : .dropOldest
      limits.giveUpAfter = seed % 3 == 0 ? nil : .seconds(20)
      var queue = DeliveryQueue(limits: limits, endpointCount: Int(random.whole(1...3)))
      var witness = Witness()
      var now = Duration.zero
      var number = 0
      for _ in 0..<500 {
        now += .milliseconds(Int(random.whole(-300...900)))
        var isSound = true
        switch random.whole(0...99) {
        case 0..<35:
          number += 1
          let event = QueueFixture.event(number, bytes: Int(random.whole(20...95)))
          isSound = Self.settle(
            queue.offer(event, isKept: random.whole(0...3) == 0, at: now), &witness)
        case 35..<40:
          // A copy of something that is held.
          guard let uuid = queue.heldUUIDs.min(by: { $0.low < $1.low }) else { continue }
          let copies = queue.counts.copies
          isSound = queue.offer(OutgoingEvent(uuid: uuid, json: "x"), at: now).isEmpty
          isSound = isSound && queue.counts.copies == copies + 1
          seen["copy", default: 0] += 1
        case 40..<65:
          guard case .send(let batch, _) = queue.next(at: now, wall: Timestamp(microseconds: 0))
          else { continue }
          // An id is new, or a retry of an answered batch; it never carries what is over.
          isSound = witness.sent[batch.id] == nil && !batch.events.isEmpty
          isSound = isSound && (batch.attempt == 1) == witness.ids.insert(batch.id).inserted
          isSound = isSound && witness.over.isDisjoint(with: batch.events.map(\.uuid))
          witness.sent[batch.id] = batch
          seen[batch.attempt == 1 ? "sent" : "retried", default: 0] += 1
        case 65..<90:
          guard let id = witness.sent.keys.sorted().randomElement(using: &random),
            let batch = witness.sent.removeValue(forKey: id)
          else { continue }
          witness.answered.append(id)
          let settlement = queue.finished(
            id, QueueFixture.anyReply(batch, &random), at: now)
          isSound = Self.settle(settlement, &witness)
          isSound =
            isSound
            && Set(settlement.accepted + settlement.lost.map(\.uuid))
              .isSubset(of: batch.events.map(\.uuid))
        case 90..<94:
          // An answer to what is not in flight is refused: nothing changes.
          let id = witness.answered.randomElement(using: &random) ?? 10_000
          if witness.sent[id] != nil { continue }
          let before = queue.counts
          isSound = queue.finished(id, .answered(status: 200), at: now).isEmpty
          isSound = isSound && queue.counts == before
          seen["refused", default: 0] += 1
        case 94..<97: queue.flush()
        case 97: if random.whole(0...5) == 0 { queue.drain(at: now) }
        default:
          guard random.whole(0...5) == 0 else { continue }
          let isKept = random.whole(0...1) == 0
          let left = queue.heldUUIDs
          let settlement = queue.abandon(isKept: isKept)
          isSound = Self.settle(settlement, &witness)
          isSound = isSound && (isKept || Set(settlement.lost.map(\.uuid)) == left)
          witness.answered += witness.sent.keys.sorted()
          witness.sent = [:]
          // In a spool: offered again, its events are new.
          seen["abandoned", default: 0] += 1
        }
        if !isSound { Issue.record("seed \(seed)") }
        guard isSound, Self.check(queue, witness, seed) else { return }
      }
      _ = Self.settle(queue.abandon(), &witness)
      let counts = queue.counts
      #expect(counts.waiting == 0 && counts.accepted + counts.lost == witness.over.count)
      #expect(counts.offered == counts.accepted + counts.lost + counts.copies + counts.spooled)
      for (name, value) in ["accepted": counts.accepted, "lost": counts.lost] {
        seen[name, default: 0] += value
      }
    }
    for name in ["copy", "sent", "retried", "refused", "abandoned", "accepted", "lost"] {
      #expect(seen[name, default: 0] > 100, "\(name) is hardly tried")
    }
  }

  @Test("What an end gives up is told in order: in flight, to be retried, in the queue")
  func order() {
    var driver = QueueFixture.Driver {
      $0.flushCount = 2
      $0.concurrentRequests = 2
    }
    driver.offer(0..<7)
    guard let first = driver.batch(), driver.batch() != nil else { return }
    _ = driver.answer(first.batch, .broken("down"))
    let left = driver.queue.abandon()
    #expect(left.lost.map(\.uuid.low) == [2, 3, 0, 1, 4, 5, 6])
  }
}
