public import GenOpsMetering

import Synchronization

/// A transport that only counts: for measuring, and for trying a configuration without sending.
public final class CountingTransport: Transport {
  private let events = Atomic<Int>(0)

  public init() {}

  public func enqueue(_ event: UsageEvent, _ stamp: GovernanceStamp) {
    events.add(1, ordering: .relaxed)
  }

  /// How many events were handed over.
  public var count: Int { events.load(ordering: .relaxed) }
}
