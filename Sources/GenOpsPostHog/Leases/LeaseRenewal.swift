import Dispatch
import GenOpsAdmission
import GenOpsGovernance
import GenOpsMetering
import GenOpsUnits
import Synchronization

/// Runs work on a queue after some seconds. Tests give one that waits for nothing.
struct RenewalTimer: Sendable {
  var run: @Sendable (Double, DispatchQueue, @escaping @Sendable () -> Void) -> Void

  static let system = RenewalTimer { seconds, queue, work in
    queue.asyncAfter(wallDeadline: .now() + seconds, execute: work)
  }
}

/// Asks the store for leases on a queue of its own, one request at a time.
final class LeaseRenewal: Sendable {
  let store: any BudgetStore
  private let queue = DispatchQueue(label: "genops.leases")
  private let isRunning = Atomic<Bool>(false)
  /// Tests renew by hand.
  let isAutomatic: Bool
  private let timer: RenewalTimer
  /// The instant that is waited for, so that it is waited for once.
  private let awaited = Mutex<Timestamp?>(nil)
  /// The longest wait, in seconds: computers sleep, and clocks are set.
  private static let longestWait = 3600.0

  init(_ store: any BudgetStore, isAutomatic: Bool, timer: RenewalTimer = .system) {
    self.store = store
    self.isAutomatic = isAutomatic
    self.timer = timer
  }

  /// Renews soon, unless a renewal runs already: it will see what is needed now.
  func start(_ account: Account) {
    guard isAutomatic, !isRunning.exchange(true, ordering: .acquiring) else { return }
    queue.async { [self, weak account] in
      account?.renewLeases()
      isRunning.store(false, ordering: .releasing)
    }
  }

  /// Renews at `instant`, whether anything is captured until then or not: the leases of a process
  /// that idles end at midnight, and its first event after it would be refused.
  func start(at instant: Timestamp, now: Timestamp, _ account: Account) {
    let isNew = awaited.withLock { awaited in
      defer { awaited = instant }
      return awaited != instant
    }
    guard isAutomatic, isNew else { return }
    let seconds = Double(instant.microseconds.subtractingClamped(now.microseconds)) / 1e6
    let wait = min(max(0, seconds), LeaseRenewal.longestWait)
    timer.run(wait, queue) { [weak self, weak account] in
      let isDue = self?.awaited.withLock { awaited in
        guard awaited == instant else { return false }
        awaited = nil
        return true
      }
      if isDue == true { account?.renewLeases() }
    }
  }
}

extension Account {
  /// Makes the store this account's own. Last of all that can fail, so that a configuration with an
  /// error leaves the store to the next adapter.
  func claimStore() throws(FindingsError) {
    do {
      try renewal?.store.claim()
    } catch {
      throw FindingsError(
        "ledger-account", "the adapter cannot use its account of the ledger: \(error)",
        help: "open one for each adapter: configuration.use(try ledger.account(name))")
    }
  }

  /// Tells the store what was used and takes what it gives. A store that fails leaves everything as
  /// it is, and the failure is a finding.
  func renewLeases() {
    guard let renewal else { return }
    let instant = clock.now()
    guard let request = state.withLock({ $0.leaseRequest(at: instant) }) else { return }
    var isFailed = false
    do {
      let reply = try renewal.store.renew(request)
      if let alerts = state.withLock({ $0.take(reply, to: request, at: instant) }) {
        raise(alerts)
      }
    } catch {
      state.withLock { $0.noteLeaseFailure(at: instant) }
      isFailed = true
    }
    guard var next = state.withLock({ $0.nextRenewal(after: instant) }) else { return }
    if isFailed { next = min(next, instant.advanced(bySeconds: 5)) }
    renewal.start(at: next, now: instant, self)
  }
}

extension PostHogAdapter {
  /// Gives every unused lease back to the ledger, for a shutdown. Captures after it are refused for
  /// want of a lease, in advisory mode excepted. Without a ledger it does nothing.
  ///
  /// - Throws: What the ledger throws. Leases that could not be given back count as used up.
  public func releaseLeases() throws {
    guard let renewal = account.renewal, let use = account.state.withLock({ $0.lastUse() }) else {
      return
    }
    try renewal.store.release(use)
  }
}
