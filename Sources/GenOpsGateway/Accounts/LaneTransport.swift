import GenOpsLedger
import GenOpsMetering
import GenOpsPostHog
import GenOpsUnits
import Synchronization

/// The transport of one account's adapter: a delivery for each ``Lane``, made when it is first needed.
final class LaneTransport: Transport {
  private struct State {
    var lanes: [Lane: EventDelivery] = [:]
    var unnamed: Set<String> = []
    var lossTakers: [@Sendable ([OutgoingEvent]) -> Void] = []
    var newsTakers: [@Sendable (TransportNews) -> Void] = []
    var rule: HostRule?
  }

  private let upstream: PostHogHost
  private let exchange: any HTTPExchange
  private let ledger: LedgerAccount
  /// The keys that the configuration names; others are bounded.
  private let named: Set<String>
  private let limits: GatewayLimits
  private let onSettled: @Sendable (Settlement) -> Void
  private let state = Mutex(State())
  private let closed = Atomic<Bool>(false)
  /// Deliveries to be run, as they are made.
  let made: AsyncStream<EventDelivery>
  private let maker: AsyncStream<EventDelivery>.Continuation

  init(
    to upstream: PostHogHost, exchange: any HTTPExchange, ledger: LedgerAccount,
    named: Set<String>, limits: GatewayLimits,
    onSettled: @escaping @Sendable (Settlement) -> Void = { _ in }
  ) {
    self.upstream = upstream
    self.exchange = exchange
    self.ledger = ledger
    self.named = named
    self.limits = limits
    self.onSettled = onSettled
    (made, maker) = AsyncStream.makeStream()
  }

  /// Opens the lanes on which an earlier process left events.
  func resume() throws {
    for name in try ledger.waitingLanes() {
      if let lane = Lane(name: name) { _ = try open(lane, isKnown: true) }
    }
  }

  /// The delivery of a lane; nil when too many keys without a name are in use already.
  func open(_ lane: Lane, isKnown: Bool = false) throws(FindingsError) -> EventDelivery? {
    if let known = state.withLock({ $0.lanes[lane] }) { return known }
    if !isKnown, !named.contains(lane.key), !admit(lane.key) { return nil }
    let configuration = try lane.delivery(
      to: upstream, drainTime: limits.drainTime, onSettled: onSettled)
    let delivery = try EventDelivery(
      configuration, exchange: exchange, spool: ledger.lane(lane.name))
    let (kept, isNew) = state.withLock { state -> (EventDelivery, Bool) in
      if let other = state.lanes[lane] { return (other, false) }
      state.lanes[lane] = delivery
      if let rule = state.rule { delivery.bind(rule) }
      for taker in state.lossTakers { delivery.tellLosses(taker) }
      for taker in state.newsTakers { delivery.tellNews(taker) }
      return (delivery, true)
    }
    if isNew {
      maker.yield(kept)
      if isClosed { kept.shutDown() }
    }
    return kept
  }

  private func admit(_ key: String) -> Bool {
    state.withLock { state in
      if state.unnamed.contains(key) { return true }
      if state.unnamed.count >= limits.unnamedKeys { return false }
      state.unnamed.insert(key)
      return true
    }
  }

  private var deliveries: [EventDelivery] { state.withLock { Array($0.lanes.values) } }

  /// Takes nothing more over; what is left is sent, for some seconds at most.
  func shutDown() {
    closed.store(true, ordering: .relaxed)
    for delivery in deliveries { delivery.shutDown() }
    maker.finish()
  }

  /// What was accepted, was lost and failed so far, over all lanes.
  var counts: DeliveryCounts {
    var sum = DeliveryCounts()
    for counts in deliveries.map(\.counts) {
      sum.accepted += counts.accepted
      sum.failures += counts.failures
      for (reason, count) in counts.losses { sum.losses[reason, default: 0] += count }
    }
    return sum
  }

  /// Events that wait, in memory and on disk.
  var held: Int { standing.map { $0.waiting + $0.spooled } ?? 0 }

  var isClosed: Bool { closed.load(ordering: .relaxed) }
  var isUpstreamDown: Bool { deliveries.contains(where: \.isUpstreamDown) }
  var hosts: [PostHogHost] { [upstream] }
  var encoder: EventEncoder { .passThrough }
  /// Each lane has a bound of its own, which is looked at before.
  var eventBytes: Int { 64 << 20 }

  var standing: TransportStanding? {
    let all = deliveries.compactMap(\.standing)
    return TransportStanding(
      waiting: all.reduce(0) { $0 + $1.waiting }, spooled: all.reduce(0) { $0 + $1.spooled },
      isUnreachable: all.contains(where: \.isUnreachable))
  }

  func bind(_ rule: HostRule) {
    state.withLock { state in
      state.rule = rule
      for delivery in state.lanes.values { delivery.bind(rule) }
    }
  }

  func tellLosses(_ told: @escaping @Sendable ([OutgoingEvent]) -> Void) {
    state.withLock { state in
      state.lossTakers.append(told)
      for delivery in state.lanes.values { delivery.tellLosses(told) }
    }
  }

  func tellNews(_ told: @escaping @Sendable (TransportNews) -> Void) {
    state.withLock { state in
      state.newsTakers.append(told)
      for delivery in state.lanes.values { delivery.tellNews(told) }
    }
  }

  /// Events of the gateway come by ``open(_:isKnown:)`` and `forward`; one that an adapter sends by itself has
  /// no project here.
  func enqueue(_ event: UsageEvent, _ stamp: GovernanceStamp) {}
}
