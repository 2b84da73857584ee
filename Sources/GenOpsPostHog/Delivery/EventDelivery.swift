public import GenOpsMetering
public import GenOpsUnits
import Synchronization

/// Delivers events to PostHog: the transport of a ``PostHogAdapter``.
///
/// ```swift
/// let delivery = try EventDelivery(
///   DeliveryConfiguration(endpoints: [DeliveryEndpoint(host: .eu, key: Secret("phc_…"))]),
///   exchange: exchange)
/// let adapter = try PostHogAdapter(configuration, transport: delivery)
/// await delivery.run()              // in a task of its own, until shutDown()
/// ```
///
/// What ``DeliveryQueue`` decides is done here: events are encoded and queued on the caller's
/// thread, which waits for nothing; requests are sent by ``run()``.
public final class EventDelivery: Transport {
  private let configuration: DeliveryConfiguration
  private let exchange: GuardedExchange
  private let spool: (any EventSpool)?
  private let clock: JudgedClock
  private let timer: DeliveryTimer
  private let state: Mutex<State>
  /// A copy of what the queue says, so that strict mode can ask with every event.
  private let isDown = Atomic<Bool>(false)

  private struct State {
    var queue: DeliveryQueue
    /// Events wait in the spool that found no room in the queue.
    var isSpoolAhead: Bool
    var spoolFailures = 0
    var isRunning = false
    /// Wakes ``EventDelivery/run()``.
    var bell = Bell()
    /// Who waits in ``EventDelivery/flush()``, and for which events.
    var flushes: [Flush] = []
  }

  private struct Flush {
    var waitsFor: Set<EventUUID>
    var done: CheckedContinuation<Void, Never>
  }

  /// - Throws: Every finding of the configuration that is an error.
  public init(
    _ configuration: DeliveryConfiguration, exchange: any HTTPExchange,
    spool: (any EventSpool)? = nil, clock: any WallClock = SystemClock(),
    timer: DeliveryTimer = .system
  ) throws(FindingsError) {
    try configuration.findings.throwIfErrors()
    self.configuration = configuration
    self.exchange = GuardedExchange(exchange)
    self.spool = spool
    // PostHog corrects the times of events by when it is told that they were sent.
    self.clock = JudgedClock(clock)
    self.timer = timer
    state = Mutex(
      State(
        queue: DeliveryQueue(
          limits: configuration.limits, endpointCount: configuration.endpoints.count),
        isSpoolAhead: spool != nil))
  }

  /// Takes an event over. One without a uuid gets one here, for all its attempts.
  public func enqueue(_ event: UsageEvent, _ stamp: GovernanceStamp) {
    let outgoing = configuration.encoder.encode(
      event, stamp, uuid: event.uuid ?? .random(), at: clock.now())
    enqueue(outgoing)
  }

  /// Takes over an event that is already written.
  public func enqueue(_ event: OutgoingEvent) {
    var isKept = false
    if let spool {
      do {
        try spool.keep(event)
        isKept = true
      } catch {
        state.withLock { $0.spoolFailures += 1 }
      }
    }
    let instant = timer.elapsed()
    let (settlement, bell) = state.withLock { state in
      let left = state.queue.counts.spooled
      let settlement = state.queue.offer(event, isKept: isKept, at: instant)
      if state.queue.counts.spooled > left { state.isSpoolAhead = true }
      return (settlement, state.queue.needsAttention ? state.bell : nil)
    }
    settle(settlement)
    bell?.ring()
  }

  /// Whether no endpoint works and events wait for one: see ``DeliveryQueue/isUpstreamDown``. It is
  /// looked at with each answer, and ends with the first that succeeds.
  public var isUpstreamDown: Bool { isDown.load(ordering: .relaxed) }

  public var hosts: [PostHogHost] { configuration.endpoints.map(\.host) }

  public func bind(_ rule: HostRule) { exchange.bind(rule) }

  /// What became of everything so far.
  public var counts: DeliveryCounts { state.withLock { $0.queue.counts } }

  /// Events that the spool could not keep; they were queued in memory all the same.
  public var spoolFailures: Int { state.withLock { $0.spoolFailures } }

  /// What limits delivery so far.
  public var findings: Findings {
    let (counts, spoolFailures) = state.withLock { ($0.queue.counts, $0.spoolFailures) }
    var findings = exchange.findings
    for reason in counts.losses.keys.sorted(by: { "\($0)" < "\($1)" }) {
      findings.warning(
        "events-lost", "\(counts.losses[reason] ?? 0) events will not arrive: \(reason)",
        help: reason == .queueFull ? "give a spool, or a larger capacity" : nil)
    }
    if let failure = counts.lastFailure {
      findings.warning("delivery-failing", "the last request failed: \(failure)")
    }
    if spoolFailures > 0 {
      findings.warning(
        "spool-failing", "\(spoolFailures) events could not be kept on disk",
        help: "look at the disk's space; they were sent from memory")
    }
    return findings
  }

  /// Begins the end: what is left is sent at once, then ``run()`` returns.
  public func shutDown() {
    let instant = timer.elapsed()
    let bell = state.withLock { state in
      state.queue.drain(at: instant)
      return state.bell
    }
    bell.ring()
  }

  /// Sends what waits and returns when each of these events is accepted or lost. Needs ``run()``.
  public func flush() async {
    await withCheckedContinuation { done in
      let bell: Bell? = state.withLock { state in
        state.queue.flush()
        let held = state.queue.heldUUIDs
        if held.isEmpty { return nil }
        state.flushes.append(Flush(waitsFor: held, done: done))
        return state.bell
      }
      if let bell { bell.ring() } else { done.resume() }
    }
  }

  /// Sends until ``shutDown()`` and everything is sent or the time to drain is over. When its task
  /// is cancelled it stops at once. What is then left is lost, or stays in the spool. A second call
  /// at the same time returns at once.
  public func run() async {
    // The stream of a bell ends with the task that listened to it.
    let bell: Bell? = state.withLock { state in
      if state.isRunning { return nil }
      state.isRunning = true
      state.bell = Bell()
      return state.bell
    }
    guard let bell else { return }
    loadSpool()
    var rings = bell.rings.makeAsyncIterator()
    await withDiscardingTaskGroup { group in
      loop: while !Task.isCancelled {
        let instant = timer.elapsed()
        let wall = clock.now()
        let (step, isOver) = state.withLock {
          ($0.queue.next(at: instant, wall: wall), $0.queue.isDrainOver(at: instant))
        }
        if isOver { break }
        switch step {
        case .send(let batch, let endpoint):
          group.addTask { await self.send(batch, to: endpoint) }
        case .wait(let until): await Bell.wait(&rings, bell, until: until, timer)
        case .finished: break loop
        }
      }
      group.cancelAll()
    }
    let left = state.withLock { state in
      state.isRunning = false
      defer { isDown.store(false, ordering: .relaxed) }
      return state.queue.abandon(isKept: spool != nil)
    }
    settle(left)
    // With a spool nothing was settled, and who waits for it would wait for ever.
    let waiting = state.withLock { state in
      defer { state.flushes = [] }
      return state.flushes
    }
    for flush in waiting { flush.done.resume() }
  }

  private func send(_ batch: Batch, to endpoint: Int) async {
    var request = configuration.captureProtocol.request(
      batch, to: configuration.endpoints[endpoint], isHistorical: configuration.isHistorical,
      at: clock.now())
    request.timeout = configuration.requestTimeout
    let reply: DeliveryReply
    do {
      let answer = try await exchange.send(request)
      reply = configuration.captureProtocol.reply(answer, at: clock.now())
    } catch {
      reply = .broken("no answer from \(configuration.endpoints[endpoint].host): \(error)")
    }
    let instant = timer.elapsed()
    let settlement = state.withLock { state in
      defer { isDown.store(state.queue.isUpstreamDown, ordering: .relaxed) }
      return state.queue.finished(batch.id, reply, at: instant)
    }
    settle(settlement)
    loadSpool()
    state.withLock { $0.bell }.ring()
  }

  /// Tells the spool, those who wait for a flush, and the observer what is over.
  private func settle(_ settlement: Settlement) {
    guard !settlement.isEmpty else { return }
    if let spool {
      if !settlement.accepted.isEmpty { spool.confirm(uuids: settlement.accepted) }
      // What could only not be sent in time stays in the spool, for the next start.
      for loss in settlement.lost where loss.reason.isFinal {
        spool.reject(uuids: [loss.uuid], reason: loss.reason.description)
      }
    }
    let over = Set(settlement.accepted).union(settlement.lost.map(\.uuid))
    let done = state.withLock { state in
      for index in state.flushes.indices { state.flushes[index].waitsFor.subtract(over) }
      let done = state.flushes.filter(\.waitsFor.isEmpty)
      state.flushes.removeAll(where: \.waitsFor.isEmpty)
      return done
    }
    for flush in done { flush.done.resume() }
    configuration.onSettled(settlement)
  }

  /// Takes events from the spool that are not in the queue, when it has room for them.
  private func loadSpool() {
    guard let spool else { return }
    let (room, acceptedBefore) = state.withLock { state in
      (
        state.isSpoolAhead ? configuration.limits.capacity - state.queue.count : 0,
        state.queue.counts.accepted
      )
    }
    guard room * 2 >= configuration.limits.capacity else { return }
    guard let pending = try? spool.pending(limit: configuration.limits.capacity) else {
      state.withLock { $0.spoolFailures += 1 }
      return
    }
    let instant = timer.elapsed()
    state.withLock { state in
      // Something was accepted meanwhile: the list may name it, and it would be sent twice.
      guard state.queue.counts.accepted == acceptedBefore else { return }
      let held = state.queue.heldUUIDs
      let missing = pending.filter { !held.contains($0.uuid) }
      // When fewer came than were asked for, the spool holds no more than the queue does.
      state.isSpoolAhead = pending.count >= configuration.limits.capacity
      for event in missing where state.queue.count < configuration.limits.capacity {
        _ = state.queue.offer(event, isKept: true, at: instant)
      }
    }
  }
}
