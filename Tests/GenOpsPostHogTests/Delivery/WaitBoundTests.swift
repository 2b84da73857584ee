import GenOpsGovernance
import GenOpsPostHogTesting
import GenOpsTestSupport
import GenOpsUnits
import Synchronization
import Testing

@testable import GenOpsPostHog

/// Times that no clock can wait for ended the process, and pauses of nothing took a processor.
@Suite("Waits that a caller chose")
struct WaitBoundTests {
  /// Keeps what it is asked to wait for, and does not.
  final class NotedClock: Clock {
    struct Instant: InstantProtocol {
      var offset: Duration
      func advanced(by duration: Duration) -> Instant { Instant(offset: offset + duration) }
      func duration(to other: Instant) -> Duration { other.offset - offset }
      static func < (a: Instant, b: Instant) -> Bool { a.offset < b.offset }
    }
    let waits = Mutex<[Duration]>([])
    var now: Instant { Instant(offset: .zero) }
    var minimumResolution: Duration { .nanoseconds(1) }
    func sleep(until deadline: Instant, tolerance: Duration?) async throws {
      waits.withLock { $0.append(deadline.offset) }
      throw CancellationError()
    }
  }

  @Test("are at most a hundred years for the clock, however long was meant")
  func timer() async throws {
    let clock = NotedClock()
    for wait in [Duration.seconds(Int64.max), .seconds(3_155_760_001), .seconds(5)] {
      try? await DeliveryTimer(clock).sleep(wait)
    }
    #expect(clock.waits.withLock { $0 } == [.longest, .longest, .seconds(5)])
  }

  @Test("A flush without end and one that has no time", arguments: [Int64.max, .min, 0])
  func flush(_ seconds: Int64) async throws {
    let fixture = DeliveryFixture()
    let delivery = try fixture.delivery { $0.drainTimeout = .seconds(Int64.max) }
    fixture.send(0..<3, to: delivery)
    await fixture.running(delivery) { await delivery.flush(timeout: .seconds(seconds)) }
    #expect(delivery.counts.accepted == 3)
  }

  @Test("Limits that delivery cannot work with are refused, and bounded where nothing can refuse")
  func limits() throws {
    let wrong: [@Sendable (inout DeliveryLimits) -> Void] = [
      { $0.jitter = .nan }, { $0.jitter = .infinity }, { $0.jitter = -0.1 }, { $0.jitter = 1.1 },
      { $0.eventBytes = 0 }, { $0.flushBytes = .min }, { $0.concurrentRequests = 0 },
      { $0.firstBackoff = .seconds(-1) }, { $0.giveUpAfter = .seconds(-1) },
      { $0.drainTimeout = .seconds(Int64.min) },
    ]
    for change in wrong {
      let error = #expect(throws: FindingsError.self) {
        _ = try DeliveryFixture().delivery { change(&$0) }
      }
      #expect(error?.findings.all.map(\.code) == ["delivery-limits"])
      // The queue alone takes anything, and must not end the process.
      var driver = QueueFixture.Driver { change(&$0) }
      driver.offer(0..<1)
      if let sent = driver.batch() { _ = driver.answer(sent.batch, .broken("down")) }
    }
    // 19 doublings of it would not fit.
    var driver = QueueFixture.Driver {
      $0.firstBackoff = .seconds(Int64.max)
      $0.longestBackoff = .seconds(Int64.max)
      $0.giveUpAfter = nil
    }
    driver.offer(0..<1)
    for failure in 1...30 {
      let next = driver.batch()
      let sent = try #require(next, "\(failure)")
      _ = driver.answer(sent.batch, .broken("down"))
    }
    #expect(driver.now == .seconds(5) + .longest * 29)
  }

  @Test(
    "A batcher pauses, whatever its interval is", arguments: [Double.nan, .infinity, -1, 0, 1e300])
  func batcher(_ interval: Double) async throws {
    let base = AdapterFixture()
    let batcher = EventBatcher(try base.adapter(), flushInterval: interval)
    batcher.add("viewed", distinctID: "ann")
    let clock = NotedClock()
    await batcher.run(clock: clock)
    let wait = try #require(clock.waits.withLock { $0 }.first)
    #expect(wait == (interval > 1 ? .longest : .milliseconds(10)))
    #expect(base.transport.all.count == 1)
  }

  @Test("Polls of the definitions, each of which is billed, are a second apart at least")
  func polls() async throws {
    let flags = FeatureFlags(
      FlagConfiguration(
        endpoint: DeliveryEndpoint(host: .us, key: Secret("phc_x")), personalKey: Secret("phx_x"),
        pollInterval: .zero, timeToLive: .seconds(Int64.min), capacity: -1, mostBytes: -1),
      adapter: try AdapterFixture().adapter(), exchange: FlagServerDouble())
    #expect(await flags.poll() == .seconds(1))
  }

  @Test("A look at alerts pauses too")
  func escalation() async throws {
    let waits = Mutex<[Duration]>([])
    let escalation = AlertEscalation(try AdapterFixture().adapter(), every: .zero) { wait in
      waits.withLock { $0.append(wait) }
      throw CancellationError()
    }
    await escalation.run()
    #expect(waits.withLock { $0 } == [.milliseconds(10)])
  }

  @Test("A Retry-After is told from a clock at either end of time", arguments: [Int64.min, .max])
  func retryAfter(_ microseconds: Int64) {
    let wait = RetryAfter.parse(
      "Fri, 31 Dec 9999 23:59:59 GMT", at: Timestamp(microseconds: microseconds))
    #expect(wait == .microseconds(microseconds == .min ? Int64.max : 0))
  }
}
