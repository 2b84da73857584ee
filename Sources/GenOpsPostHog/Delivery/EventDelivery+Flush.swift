import GenOpsMetering
import GenOpsUnits
import Synchronization

extension EventDelivery {
  /// Sends what waits, and returns when each of these events is accepted or lost, when `timeout` is
  /// over, or when the task is cancelled, whichever comes first. Nothing is given up by it: what is
  /// left is sent later. Needs ``run()``.
  ///
  /// - Parameter timeout: 10 s, as PostHog's own clients have it; nil waits without end, which a
  ///   server that is down for a day makes a day.
  /// - Returns: What was delivered meanwhile, and what is left.
  @discardableResult
  public func flush(timeout: Duration? = .seconds(10)) async -> FlushReport {
    let (id, bell) = state.withLock { state in
      state.queue.flush()
      return (state.flushes.begin(state.queue.heldUUIDs), state.bell)
    }
    bell.ring()
    let end = timeout.map { timer.elapsed() + $0.bounded }
    let alarm = Task {
      guard let end else { return }
      try? await timer.sleep(end)
      if !Task.isCancelled { endFlush(id) }
    }
    let report = await withTaskCancellationHandler {
      await withCheckedContinuation { done in
        let over = state.withLock { $0.flushes.wait(id, done, spooled: $0.leftInSpool) }
        if let over { over.done.resume(returning: over.report) }
      }
    } onCancel: {
      endFlush(id)
    }
    alarm.cancel()
    return report
  }

  private func endFlush(_ id: Int) {
    let over = state.withLock { $0.flushes.end(id, spooled: $0.leftInSpool) }
    if let over { over.done.resume(returning: over.report) }
  }
}
