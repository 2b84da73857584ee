import GenOpsMetering
import Synchronization

extension EventDelivery {
  public func tellNews(_ told: @escaping @Sendable (TransportNews) -> Void) {
    state.withLock { $0.newsTakers.append(told) }
  }

  public var standing: TransportStanding? {
    state.withLock { state in
      TransportStanding(
        waiting: state.queue.count, spooled: state.leftInSpool,
        isUnreachable: state.isToldUnreachable)
    }
  }

  /// Tells the adapters, outside of the lock.
  func tell(_ news: TransportNews) {
    for tell in state.withLock({ $0.newsTakers }) { tell(news) }
  }
}

extension EventDelivery.State {
  /// What changed with the last answer; nil when nothing did. A server is back when it answers, not when there
  /// is nothing left to try it with.
  mutating func news() -> TransportNews? {
    if isToldUnreachable, !queue.isEveryEndpointPassedOver {
      isToldUnreachable = false
      return .reachable(waiting: queue.count)
    }
    guard !isToldUnreachable, queue.isUpstreamDown else { return nil }
    isToldUnreachable = true
    return .unreachable(failure: queue.counts.lastFailure, waiting: queue.count)
  }
}
