public import GenOpsPostHog
public import GenOpsUnits

/// What an account of a ledger needs while its application runs, and at the end of it: what the rules of
/// retention no longer keep is swept, once a day; then leases are given back and the account is closed, so
/// that another process may deliver what this one did not.
///
/// ```swift
/// PostHogService(delivery, running: [LedgerUpkeep(account, of: adapter)])
/// ```
public struct LedgerUpkeep: BackgroundPart {
  private let account: LedgerAccount
  private let adapter: PostHogAdapter
  private let hold: @Sendable () -> CalendarDay?
  private let pause: @Sendable (Duration) async throws -> Void

  /// - Parameters:
  ///   - account: The adapter's own.
  ///   - adapter: Its plan says what is kept for how long.
  ///   - hold: Asked before each sweep for the first day of a legal hold that the ledger does not remember: see
  ///     ``Ledger/hold(_:from:at:)``. Nil is none.
  ///   - pause: Waits for the next look, an hour at a time; tests pass one that does not.
  public init(
    _ account: LedgerAccount, of adapter: PostHogAdapter,
    holdingFrom hold: @escaping @Sendable () -> CalendarDay? = { nil },
    pause: @escaping @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) }
  ) {
    self.account = account
    self.adapter = adapter
    self.hold = hold
    self.pause = pause
  }

  /// Delivery writes to the ledger until its end.
  public var ending: PartEnding { .afterDelivery }

  /// Sweeps on each day until the task is cancelled, then gives back and closes. A sweep that fails is tried
  /// again an hour later.
  ///
  /// - Throws: What the file says at the end: that the last sweep failed, or that leases or account could
  ///   not be given back. All of it is tried first.
  public func run() async throws {
    var failure: (any Error)?
    var swept: CalendarDay?
    while !Task.isCancelled {
      let now = account.clock.now()
      if swept != now.day {
        do {
          _ = try account.ledger.sweep(adapter.plan, at: now, holdingFrom: hold())
          (swept, failure) = (now.day, nil)
        } catch { failure = error }
      }
      do { try await pause(.seconds(3600)) } catch { break }
    }
    do { try adapter.releaseLeases() } catch { failure = failure ?? error }
    do { try account.close(at: account.clock.now()) } catch { failure = failure ?? error }
    if let failure { throw failure }
  }
}
