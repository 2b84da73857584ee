import GenOpsMetering
import GenOpsTestSupport
import GenOpsUnits
import Testing

@testable import GenOpsPostHog

@Suite("The delivery queue")
struct DeliveryQueueTests {
  func numbers(_ batch: Batch?) -> [UInt64] { batch?.events.map(\.uuid.low) ?? [] }

  @Test("A batch goes out when it is full, else when its first event has waited 5 s")
  func whenSent() {
    var driver = QueueFixture.Driver()
    driver.offer(0..<250)
    for start in [0, 100] {
      let next = driver.batch()
      #expect(
        driver.now == .zero && numbers(next?.batch) == Array(UInt64(start)..<UInt64(start + 100)))
      if let next { _ = driver.answer(next.batch, .answered(status: 200)) }
    }
    let last = driver.batch()
    #expect(driver.now == .seconds(5) && last?.batch.events.count == 50)
    if let last { _ = driver.answer(last.batch, .answered(status: 200)) }
    #expect(driver.batch() == nil && driver.queue.counts.accepted == 250)
  }

  @Test("Bytes bound a batch; an event alone beyond the bound of an event is lost at once")
  func bytes() {
    var driver = QueueFixture.Driver {
      $0.flushBytes = 1000; $0.eventBytes = 900
    }
    driver.offer(0..<4, bytes: 400)
    #expect(driver.batch()?.batch.events.count == 2 && driver.now == .zero)
    let loss = driver.queue.offer(QueueFixture.event(99, bytes: 901), at: .zero)
    #expect(loss.lost.map(\.reason) == [.tooLarge])
  }

  @Test(
    "Replies to a batch: what is sent again after which pause, what never",
    arguments: [
      // The table of section 1.3: pauses of 1, 2, 4 s; Retry-After is a minimum; 4xx end it.
      (DeliveryReply.answered(status: 500), [1.0, 2, 4, 8], nil as DeliveryLoss?),
      (.answered(status: 503), [1, 2, 4, 8], nil),
      (.answered(status: 408), [1, 2], nil),
      (.answered(status: 429), [1, 2, 4], nil),
      (.answered(status: 429, retryAfter: .seconds(3)), [3, 3, 4, 8], nil),
      (.answered(status: 503, retryAfter: .seconds(999_999)), [3600], nil),
      (.broken("refused"), [1, 2, 4, 8, 16, 32, 60, 60], nil),
      (.answered(status: 401), [], .rejected(status: 401)),
      (.answered(status: 402), [], .rejected(status: 402)),
      (.answered(status: 415), [], .rejected(status: 415)),
      (.answered(status: 301), [], .rejected(status: 301)),
      (.answered(status: 200, quotaLimited: [.events]), [], .quotaLimited),
    ])
  func replies(_ reply: DeliveryReply, _ pauses: [Double], _ loss: DeliveryLoss?) {
    var driver = QueueFixture.Driver()
    driver.offer(0..<100)
    var attempts = 0
    for pause in pauses {
      guard let next = driver.batch() else { break }
      attempts += 1
      #expect(next.batch.attempt == attempts && numbers(next.batch) == Array(0..<100))
      let before = driver.now
      #expect(driver.answer(next.batch, reply).isEmpty)
      guard
        case .wait(let until?) = driver.queue.next(at: driver.now, wall: Timestamp(microseconds: 0))
      else { continue }
      #expect(until - before == .seconds(pause))
    }
    guard let last = driver.batch() else { return }
    let end = driver.answer(last.batch, loss == nil ? .answered(status: 200) : reply)
    #expect(end.accepted.count == (loss == nil ? 100 : 0))
    #expect(Set(end.lost.map(\.reason)) == (loss.map { [$0] } ?? []))
    #expect(driver.queue.count == 0)
  }

  @Test("413 halves a batch until the one event that is too large is alone")
  func splits() {
    var driver = QueueFixture.Driver()
    driver.offer(0..<100)
    var accepted: [UInt64] = []
    var requests = 0
    while let next = driver.batch() {
      requests += 1
      let isTooLarge = numbers(next.batch).contains(42)
      let end = driver.answer(next.batch, .answered(status: isTooLarge ? 413 : 200))
      accepted += end.accepted.map(\.low)
      if !end.lost.isEmpty { #expect(end.lost.map(\.reason) == [.tooLarge]) }
    }
    #expect(driver.now == .zero)
    #expect(accepted.sorted() == (0..<100).filter { $0 != 42 }.map { UInt64($0) })
    #expect(driver.queue.counts.losses == [.tooLarge: 1] && requests <= 15)
  }

  @Test("Results per event: only `retry` is sent again, in the same request id")
  func perEvent() {
    var driver = QueueFixture.Driver { $0.flushCount = 4 }
    driver.offer(0..<4)
    guard let first = driver.batch() else { return }
    let uuids = first.batch.events.map(\.uuid)
    let end = driver.answer(
      first.batch, .results([uuids[0]: .ok, uuids[1]: .drop, uuids[2]: .retry]))
    #expect(end.accepted == [uuids[0], uuids[3]] && end.lost.map(\.reason) == [.droppedByServer])
    let second = driver.batch()
    #expect(second?.batch.events.map(\.uuid) == [uuids[2]] && driver.now == .seconds(1))
    #expect(second?.batch.requestID == first.batch.requestID && second?.batch.attempt == 2)
    #expect(driver.queue.counts.waiting == 1)
  }

  @Test("A full queue: the newest is lost, or the oldest that waits, or it stays in the spool")
  func full() {
    var newest = QueueFixture.Driver { $0.capacity = 3 }
    newest.offer(0..<5)
    #expect(newest.queue.counts.losses == [.queueFull: 2])
    #expect(newest.queue.heldUUIDs.map(\.low).sorted() == [0, 1, 2])
    var oldest = QueueFixture.Driver {
      $0.capacity = 3; $0.whenFull = .dropOldest; $0.flushCount = 2
    }
    oldest.offer(0..<2)
    _ = oldest.batch()
    oldest.offer(2..<5)
    // 0 and 1 are under way: they may have arrived already and make no room.
    #expect(oldest.queue.heldUUIDs.map(\.low).sorted() == [0, 1, 4])
    var spooled = QueueFixture.Driver { $0.capacity = 3 }
    for number in 0..<5 {
      _ = spooled.queue.offer(QueueFixture.event(number), isKept: true, at: .zero)
    }
    #expect(spooled.queue.counts.lost == 0 && spooled.queue.counts.spooled == 2)
    var heavy = QueueFixture.Driver { $0.capacityBytes = 100 }
    heavy.offer(0..<3)
    #expect(heavy.queue.count == 2)
  }

  @Test("Another endpoint takes over after three faults in a row, and the first is tried again")
  func failover() {
    var driver = QueueFixture.Driver(endpoints: 2) { $0.flushCount = 1 }
    driver.offer(0..<30)
    var used: [Int] = []
    while let next = driver.batch() {
      used.append(next.endpoint)
      // The first is down for a minute.
      let isDown = next.endpoint == 0 && driver.now < .seconds(60)
      _ = driver.answer(next.batch, isDown ? .broken("down") : .answered(status: 200))
      if next.endpoint == 1 { driver.now += .seconds(5) }
    }
    #expect(used.prefix(4) == [0, 0, 0, 1] && used.last == 0)
    #expect(driver.queue.counts.accepted == 30 && driver.queue.counts.failovers > 0)
    // While it is down it is tried now and then, with one batch.
    #expect(used.count { $0 == 0 } > 5)
  }

  @Test(
    "An account that may send no more does not escape to another region",
    arguments: [
      DeliveryReply.answered(status: 429), .answered(status: 402),
      .answered(status: 200, quotaLimited: [.events]), .answered(status: 401),
    ])
  func noEscape(_ reply: DeliveryReply) {
    var driver = QueueFixture.Driver(endpoints: 2) { $0.flushCount = 1 }
    driver.offer(0..<20)
    for _ in 0..<20 {
      guard let next = driver.batch() else { break }
      #expect(next.endpoint == 0)
      _ = driver.answer(next.batch, reply)
    }
  }

  @Test("A drain sends at once, and what cannot be sent in time is told")
  func drains() {
    var driver = QueueFixture.Driver()
    driver.offer(0..<5)
    driver.queue.drain(at: .zero)
    guard let next = driver.batch() else { return }
    #expect(driver.now == .zero && next.batch.events.count == 5)
    _ = driver.answer(next.batch, .broken("down"))
    guard case .wait(let until?) = driver.queue.next(at: .zero, wall: Timestamp(microseconds: 0))
    else { return }
    #expect(until == .seconds(1))
    #expect(
      !driver.queue.isDrainOver(at: .seconds(9)) && driver.queue.isDrainOver(at: .seconds(10)))
    #expect(Set(driver.queue.abandon().lost.map(\.reason)) == [.abandoned])
    #expect(driver.queue.counts.lost == 5 && driver.queue.count == 0)
  }

  @Test("A clock that jumps back stops nothing")
  func clockJumps() {
    var driver = QueueFixture.Driver { $0.flushCount = 1 }
    driver.now = .seconds(1000)
    driver.offer(0..<1)
    guard let next = driver.batch() else { return }
    _ = driver.answer(next.batch, .answered(status: 500))
    // Back by an hour: the pause of a second still ends a second after the failure.
    for instant in [Duration.seconds(-2600), .zero] {
      guard
        case .wait(.seconds(1001)) = driver.queue.next(
          at: instant, wall: Timestamp(microseconds: 0))
      else {
        Issue.record("it does not wait until 1001 s")
        return
      }
    }
    guard case .send = driver.queue.next(at: .seconds(1001), wall: Timestamp(microseconds: 0))
    else {
      Issue.record("it does not send at 1001 s")
      return
    }
  }

  @Test("A batch is given up after a day")
  func givesUp() {
    var driver = QueueFixture.Driver()
    driver.offer(0..<3)
    var lost: [DeliveryLoss] = []
    while let next = driver.batch() {
      lost += driver.answer(next.batch, .broken("down")).lost.map(\.reason)
    }
    #expect(lost == [.gaveUp, .gaveUp, .gaveUp])
    #expect(driver.now >= .seconds(86_400) && driver.now < .seconds(86_500))
  }

  @Test("Whatever the answers: each event is accepted once or lost for a reason, none is forgotten")
  func conserved() {
    for seed in 0..<60 {
      var random = SeededGenerator(UInt64(seed))
      var driver = QueueFixture.Driver(endpoints: 1 + seed % 3) {
        $0.capacity = 40
        $0.flushCount = 7
        $0.concurrentRequests = 1 + seed % 4
        $0.whenFull = seed % 2 == 0 ? .dropNewest : .dropOldest
        $0.jitter = 0.5
      }
      var over: [UInt64] = []
      var open: [Batch] = []
      func note(_ settlement: Settlement) {
        over += settlement.accepted.map(\.low) + settlement.lost.map(\.uuid.low)
      }
      for number in 0..<300 {
        note(driver.queue.offer(QueueFixture.event(number), at: driver.now))
        driver.now += .milliseconds(Int.random(in: -200...900, using: &random))
        if case .send(let batch, _) = driver.queue.next(
          at: driver.now, wall: Timestamp(microseconds: 0))
        {
          open.append(batch)
        }
        if !open.isEmpty, Bool.random(using: &random) {
          let batch = open.remove(at: Int.random(in: 0..<open.count, using: &random))
          note(driver.answer(batch, QueueFixture.anyReply(batch, &random)))
        }
        let counts = driver.queue.counts
        #expect(counts.offered == counts.accepted + counts.lost + counts.waiting)
        #expect(counts.waiting <= 40)
      }
      note(driver.queue.abandon())
      #expect(over.sorted() == (0..<300).map { UInt64($0) })
    }
  }
}
