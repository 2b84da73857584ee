import GenOpsMetering
import Synchronization

extension EventDelivery {
  /// Tells the spool, those who wait for a flush, and the observer what is over.
  func settle(_ settlement: Settlement) {
    guard !settlement.isEmpty else { return }
    if let spool {
      if !settlement.accepted.isEmpty { spool.confirm(uuids: settlement.accepted) }
      // What could only not be sent in time stays in the spool, for the next start.
      let final = settlement.lost.filter(\.reason.isFinal)
      for (reason, losses) in Dictionary(grouping: final, by: \.reason) {
        spool.reject(uuids: losses.map(\.uuid), reason: reason.description)
      }
    }
    let (over, takers) = state.withLock { state in
      (state.flushes.settle(settlement, spooled: state.leftInSpool), state.lossTakers)
    }
    let missing = settlement.lost.filter(\.reason.neverArrived).compactMap(\.outgoing)
    if !missing.isEmpty { for tell in takers { tell(missing) } }
    for flush in over { flush.done.resume(returning: flush.report) }
    configuration.onSettled(settlement)
  }

  /// Looks into the spool at the beginning, and from time to time: another process that ended may
  /// have left events in it that would otherwise never be sent.
  /// - Returns: When to look again; nil without a spool.
  func lookIntoSpool(at instant: Duration) -> Duration? {
    guard spool != nil else { return nil }
    let (isDue, next) = state.withLock { state in
      if instant < state.nextLook { return (false, state.nextLook) }
      state.isSpoolAhead = true
      state.nextLook = instant + configuration.limits.spoolInterval
      return (true, state.nextLook)
    }
    if isDue { loadSpool() }
    return next
  }

  /// Takes events from the spool that are not in the queue, when it has room for them.
  func loadSpool() {
    guard let spool else { return }
    let (room, acceptedBefore) = state.withLock { state in
      // Who tells the spool just now looks again after it.
      (
        state.isSpoolAhead && state.settling == 0
          ? configuration.limits.capacity - state.queue.count : 0,
        state.queue.counts.accepted
      )
    }
    guard room * 2 >= configuration.limits.capacity else { return }
    guard let pending = try? spool.pending(limit: configuration.limits.capacity) else {
      state.withLock { $0.spoolFailures += 1 }
      return
    }
    let instant = timer.elapsed()
    let lost = state.withLock { state in
      var lost = Settlement()
      // Something was accepted meanwhile: the list may name it, and it would be sent twice.
      guard state.queue.counts.accepted == acceptedBefore else { return lost }
      let held = state.queue.heldUUIDs
      let missing = pending.filter { !held.contains($0.uuid) }
      // When fewer came than were asked for, the spool holds no more than the queue does.
      state.isSpoolAhead = pending.count >= configuration.limits.capacity
      for event in missing where state.queue.count < configuration.limits.capacity {
        lost.lost += state.queue.offer(event, isKept: true, at: instant).lost
        state.leftInSpool = max(0, state.leftInSpool - 1)
      }
      if !state.isSpoolAhead { state.leftInSpool = 0 }
      return lost
    }
    // One that is too large would be given for ever.
    settle(lost)
  }
}
