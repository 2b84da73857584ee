import GenOpsGovernance
import GenOpsMetering
import GenOpsPostHogTesting
import GenOpsTestSupport
import GenOpsUnits
import InMemoryTracing
import Synchronization
import Testing
import Tracing

@testable import GenOpsPostHog

@Suite("Many events")
struct VolumeTests {
  let base = AdapterFixture()

  private func events(_ count: Int, name: String = "$pageview") -> [UsageEvent] {
    (0..<count).map { base.event($0, name) }
  }

  @Test("The strategy changes above 1,000 and above 10,000, not at them")
  func strategies() throws {
    let processor = HighVolumeProcessor(try base.adapter())
    #expect(processor.maxConcurrency == 10 && processor.sampleRate == 0.1)
    #expect(
      [0, 1000, 1001, 10_000, 10_001].map { processor.strategy(for: $0) } == [
        .sequential, .sequential, .parallel, .parallel, .sampling,
      ])
  }

  @Test("Results come in the order of the events, however many tasks there are")
  func parallel() async throws {
    let tasks = Mutex<Set<Int>>([])
    let refused = base.event(900).distinctID
    let adapter = try base.adapter {
      $0.beforeSend = { event in
        withUnsafeCurrentTask { task in _ = tasks.withLock { $0.insert(task?.hashValue ?? 0) } }
        return event.distinctID == refused ? nil : event
      }
    }
    let some = events(1500)
    let result = await HighVolumeProcessor(adapter, maxConcurrency: 7).process(some + [some[3]])
    #expect((1...7).contains(tasks.withLock { $0.count }))
    #expect(result.strategy == .parallel && result.outcomes.count == 1501)
    // What is refused is an outcome at its event's place.
    #expect(
      result.outcomes.indices.filter { result.outcomes[$0] == .refused(Refusal(.beforeSend)) } == [
        900
      ])
    #expect(result.outcomes.count { $0.wasSent } == 1499)
    #expect(result.totals.eventsCaptured == 1499 && result.totals.duplicates == 1)
    #expect(result.totals.cost.nanos == 1499 * 50_000)
  }

  @Test("Few events go out one after the other, in their order")
  func sequential() async throws {
    let some = events(1000)
    let result = await HighVolumeProcessor(try base.adapter()).process(some)
    #expect(result.strategy == .sequential && result.totals.eventsCaptured == 1000)
    #expect(base.transport.all.map(\.event.uuid) == some.map(\.uuid))
  }

  @Test("Sampling keeps a tenth of the users with weight 10 and every critical event")
  func sampling() async throws {
    let adapter = try base.adapter(
      GovernancePlan(sampling: SamplingRates(byClass: ["click": 0.05, "page_view": 0.5])))
    let all =
      events(8000)
      + events(2000, name: "$autocapture").map { event in
        var event = event
        event.uuid = EventUUID(high: 2, low: event.uuid?.low ?? 0)
        return event
      } + events(100, name: "purchase")
    let result = await HighVolumeProcessor(adapter).process(all)
    #expect(result.strategy == .sampling)
    for (event, outcome) in zip(all, result.outcomes) {
      let rate = event.name == "purchase" ? 1 : event.name == "$autocapture" ? 0.05 : 0.1
      #expect(
        outcome.wasSent == SamplingHash.survives(distinctID: event.distinctID, rate: rate))
    }
    func weights(_ name: String) -> Set<Double> {
      Set(base.transport.all.filter { $0.event.name == name }.map(\.stamp.weight))
    }
    #expect(weights("$pageview") == [10] && weights("$autocapture") == [20])
    #expect(weights("purchase") == [1])
    // The weighted count estimates what there was; 3 standard deviations of the binomial.
    let spread: Double = 10 * (8000 * 0.09).squareRoot()
    let estimate: Double = base.transport.all.filter { $0.event.name == "$pageview" }
      .reduce(0) { $0 + $1.stamp.weight }
    #expect(abs(estimate - 8000) < 3 * spread)
    let stamp = try #require(base.transport.all.first).stamp.properties(at: base.clock.now())
    #expect(JSONValue.object(stamp)["genops_session_original_volume"] == 10_100)
  }

  @Test("Traffic sampling begins above the bound and ends after a calm minute")
  func traffic() throws {
    var plan = GovernancePlan.open
    plan.trafficSampling = TrafficSampling(highPerMinute: 100)
    let adapter = try base.adapter(plan)
    var number = 0
    /// What was sampled of one minute's events.
    func minute(_ count: Int, _ name: String = "$pageview") -> Int {
      defer { base.clock.advance(bySeconds: 60) }
      return (0..<count).count { _ in
        number += 1
        return adapter.capture(base.event(number, name)) == .sampled
      }
    }
    #expect(minute(100) == 0)
    let first = minute(300)
    #expect((150...200).contains(first))
    // Near the bound it stays as it was; critical events are kept whole.
    #expect(minute(85) > 60 && minute(85, "purchase") == 0)
    #expect(minute(79) > 50)
    #expect(minute(100) == 0)
  }

  @Test("A batch is flushed when it is full, when it is old, and at the end")
  func batches() async throws {
    let tracer = InMemoryTracer()
    let adapter = try base.adapter { $0.tracing = AdapterTracing(tracer: tracer) }
    let guide = EventBatcher(adapter)
    #expect(guide.batchSize == 100 && guide.flushInterval == 60)
    let log = Mutex<[String]>([])
    let batcher = EventBatcher(adapter, batchSize: 3) { flush in
      log.withLock { $0.append("\(flush)") }
    }
    #expect(batcher.flush() == nil)
    batcher.add("user_action", distinctID: "ann")
    batcher.add("page_view", distinctID: "bob")
    #expect(base.transport.all.isEmpty && batcher.count == 2)
    let added = base.clock.now()
    base.clock.advance(bySeconds: 30)
    let full = try #require(batcher.add("page_view", distinctID: "cas"))
    #expect(full.totals.eventsCaptured == 3 && full.outcomes.allSatisfy(\.wasSent))
    #expect(base.transport.all.map(\.event.timestamp)[0] == added)
    batcher.add("page_view", distinctID: "dan")
    base.clock.advance(bySeconds: 59)
    #expect(batcher.flushIfDue() == nil)
    base.clock.advance(bySeconds: 1)
    #expect(batcher.flushIfDue()?.outcomes.count == 1)
    batcher.add("page_view", distinctID: "eve")
    let loop = Task { await batcher.run() }
    loop.cancel()
    await loop.value
    #expect(batcher.count == 0 && base.transport.all.count == 5)
    #expect(
      log.withLock { $0 } == [
        "Flushed 3 events, cost: $0.0002", "Flushed 1 events, cost: $0.0001",
        "Flushed 1 events, cost: $0.0001",
      ])
    let sessions = tracer.finishedSpans.filter { $0.operationName == "posthog_analytics_session" }
    let names = sessions.map { span in
      var name = ""
      span.attributes.forEach { key, value in
        if key == "genops.posthog.session.name" { name = "\(value)" }
      }
      return name
    }
    #expect(names == [String](repeating: "\(SpanAttribute.string("batch_processing"))", count: 3))
  }

  /// A clock whose sleeps end at once and move the adapter's clock; after so many, it is cancelled.
  private final class Steps: Clock {
    typealias Instant = ContinuousClock.Instant
    let left: Mutex<Int>
    let wall: ManualClock
    init(_ count: Int, _ wall: ManualClock) {
      left = Mutex(count)
      self.wall = wall
    }
    /// Stands still, so that nothing depends on how long the test takes.
    let now = ContinuousClock.now
    var minimumResolution: Duration { .nanoseconds(1) }
    func sleep(until deadline: Instant, tolerance: Duration?) async throws {
      let isOver = left.withLock {
        $0 -= 1
        return $0 < 0
      }
      if isOver { throw CancellationError() }
      wall.advance(bySeconds: 15)
    }
  }

  @Test("An idle buffer is flushed by the timer, without another event")
  func timer() async throws {
    let times = Mutex<[String]>([])
    let clock = base.clock
    let batcher = EventBatcher(try base.adapter()) { _ in
      times.withLock { $0.append("\(clock.now())") }
    }
    batcher.add("page_view", distinctID: "ann")
    await batcher.run(clock: Steps(6, clock))
    #expect(times.withLock { $0 } == ["2027-01-10T12:01:00Z"])
    #expect(batcher.count == 0 && base.transport.all.count == 1)
  }

  @Test("What a budget refuses in a flush is told, and nothing is captured twice")
  func partlyRefused() throws {
    let adapter = try base.adapter(
      GovernancePlan(mode: .enforced, budgets: [base.dayBudget(100_000)]))
    let batcher = EventBatcher(adapter, batchSize: 4)
    for number in 0..<3 { batcher.add(base.event(number)) }
    let flush = try #require(batcher.add(base.event(0)))
    #expect(flush.outcomes.map(\.id) == ["sent", "sent", "budget", "duplicate"])
  }
}
