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
  let configuration: DeliveryConfiguration
  private let exchange: GuardedExchange
  let spool: (any EventSpool)?
  /// The spool as an object, to know whether a journal is the same.
  private let spoolID: ObjectIdentifier?
  private let clock: JudgedClock
  let timer: DeliveryTimer
  let state: Mutex<State>
  /// A copy of what the queue says, so that strict mode can ask with every event.
  private let isDown = Atomic<Bool>(false)
  private let closed = Atomic<Bool>(false)

  struct State {
    var queue: DeliveryQueue
    /// Events wait in the spool that found no room in the queue.
    var isSpoolAhead: Bool
    /// How many of this process's events do.
    var leftInSpool = 0
    /// When the spool is looked into though nothing calls for it.
    var nextLook = Duration.zero
    /// Ends of events that the spool is being told: until it knows, it would give them again.
    var settling = 0
    var spoolFailures = 0
    var isRunning = false
    /// Whether ``EventDelivery/run()`` has come to the end that a shutdown asked for.
    var hasEnded = false
    /// Wakes ``EventDelivery/run()``.
    var bell = Bell()
    var flushes = FlushTable()
    var lossTakers: [@Sendable ([OutgoingEvent]) -> Void] = []
    var newsTakers: [@Sendable (TransportNews) -> Void] = []
    /// Whether the news takers were last told that no server answers.
    var isToldUnreachable = false
  }

  /// - Throws: Every finding of the configuration that is an error.
  public init(
    _ configuration: DeliveryConfiguration, exchange: any HTTPExchange,
    spool: (any EventSpool)? = nil, clock: any WallClock = SystemClock(),
    timer: DeliveryTimer = .system
  ) throws(FindingsError) {
    try configuration.findings.throwIfErrors()
    var configuration = configuration
    configuration.limits = configuration.limits.bounded
    self.configuration = configuration
    self.exchange = GuardedExchange(exchange)
    self.spool = spool
    spoolID = spool.map { ObjectIdentifier($0 as AnyObject) }
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
    enqueue(outgoing, level: stamp.owner.level)
  }

  /// Takes over an event that a journal holds. Where that is the spool, it need not be asked to keep
  /// it.
  public func enqueue(
    _ event: UsageEvent, _ stamp: GovernanceStamp, written: OutgoingEvent,
    journal: any EventJournal
  ) {
    if let spoolID, ObjectIdentifier(journal as AnyObject) == spoolID {
      offer(written, isKept: true, level: stamp.owner.level)
    } else {
      enqueue(written, level: stamp.owner.level)
    }
  }

  public func tellLosses(_ told: @escaping @Sendable ([OutgoingEvent]) -> Void) {
    state.withLock { $0.lossTakers.append(told) }
  }

  public var encoder: EventEncoder { configuration.encoder }
  public var eventBytes: Int { configuration.limits.eventBytes }

  /// Takes over an event that is already written. Where the queue is full, what has a lower `level` leaves first.
  public func enqueue(_ event: OutgoingEvent, level: ServiceLevel = .standard) {
    var isKept = false
    if let spool {
      do {
        try spool.keep(event)
        isKept = true
      } catch {
        state.withLock { $0.spoolFailures += 1 }
      }
    }
    offer(event, isKept: isKept, level: level)
  }

  /// Takes over an event that its spool keeps already, or cannot keep.
  package func forward(
    _ event: OutgoingEvent, isKept: Bool, level: ServiceLevel = .standard
  ) { offer(event, isKept: isKept, level: level) }

  private func offer(_ event: OutgoingEvent, isKept: Bool, level: ServiceLevel) {
    let instant = timer.elapsed()
    let (settlement, bell) = state.withLock { state in
      let left = state.queue.counts.spooled
      var settlement = state.queue.offer(event, isKept: isKept, level: level, at: instant)
      if state.queue.counts.spooled > left {
        state.isSpoolAhead = true
        state.leftInSpool += 1
      }
      if state.hasEnded {
        // Sending has ended. What is kept is for the next process.
        let late = state.queue.abandon(isKept: isKept)
        settlement.lost += late.lost
        if isKept { state.leftInSpool += 1 }
      }
      return (settlement, state.queue.needsAttention ? state.bell : nil)
    }
    settle(settlement)
    bell?.ring()
  }

  /// Whether ``shutDown()`` was called. The adapter then refuses events as `closed`.
  public var isClosed: Bool { closed.load(ordering: .relaxed) }

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

  /// Begins the end: nothing more is taken over from an adapter, what is left is sent at once, then
  /// ``run()`` returns, after ``DeliveryLimits/drainTimeout`` at the latest.
  public func shutDown() {
    closed.store(true, ordering: .relaxed)
    let instant = timer.elapsed()
    let bell = state.withLock { state in
      state.queue.drain(at: instant)
      return state.bell
    }
    bell.ring()
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
    var rings = bell.rings.makeAsyncIterator()
    await withDiscardingTaskGroup { group in
      loop: while !Task.isCancelled {
        let instant = timer.elapsed()
        let wall = clock.now()
        let nextLook = lookIntoSpool(at: instant)
        let (step, isOver) = state.withLock { state -> (DeliveryQueue.Action, Bool) in
          let isOver = state.queue.isDrainOver(at: instant)
          // What PostHog has taken is noted on disk before more is sent: a process that is killed leaves the next one
          // the requests that were on their way, and not what was confirmed before them.
          if spool != nil, state.settling > 0, !isOver { return (.wait(until: nil), false) }
          return (state.queue.next(at: instant, wall: wall), isOver)
        }
        if isOver { break }
        switch step {
        case .send(let batch, let endpoint):
          group.addTask { await self.send(batch, to: endpoint) }
        case .wait(let until):
          let until = [until, nextLook].compactMap(\.self).min()
          await Bell.wait(&rings, bell, until: until, timer)
        case .finished: break loop
        }
      }
      group.cancelAll()
    }
    let left = state.withLock { state in
      state.isRunning = false
      state.hasEnded = isClosed
      defer { isDown.store(false, ordering: .relaxed) }
      let left = state.queue.count
      let settlement = state.queue.abandon(isKept: spool != nil)
      if spool != nil { state.leftInSpool += left }
      return settlement
    }
    settle(left)
    // With a spool nothing was settled, and who waits for it would wait for ever.
    let waiting = state.withLock { $0.flushes.endAll(spooled: $0.leftInSpool) }
    for flush in waiting { flush.done.resume(returning: flush.report) }
    tell(.ended)
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
    let (settlement, news) = state.withLock { state in
      defer { isDown.store(state.queue.isUpstreamDown, ordering: .relaxed) }
      state.settling += 1
      return (state.queue.finished(batch.id, reply, at: instant), state.news())
    }
    settle(settlement)
    if let news { tell(news) }
    state.withLock { $0.settling -= 1 }
    loadSpool()
    state.withLock { $0.bell }.ring()
  }
}
