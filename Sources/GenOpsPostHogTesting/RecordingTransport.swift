public import GenOpsMetering
public import GenOpsPostHog
public import GenOpsUnits

import Synchronization

/// Keeps what an adapter hands over, for tests of what an application captures.
public final class RecordingTransport: Transport {
  /// One event as it would leave.
  public struct Sent: Sendable {
    public var event: UsageEvent
    public var stamp: GovernanceStamp
    /// The properties as PostHog would get them.
    public var properties: JSONValue {
      stamp.outgoing(event.properties, at: event.timestamp)
    }
  }

  private let sent = Mutex<[Sent]>([])

  public init() {}

  public func enqueue(_ event: UsageEvent, _ stamp: GovernanceStamp) {
    sent.withLock { $0.append(Sent(event: event, stamp: stamp)) }
  }

  /// In the order in which they were handed over.
  public var all: [Sent] { sent.withLock { $0 } }

  /// Those of one name.
  public func named(_ name: String) -> [Sent] { all.filter { $0.event.name == name } }

  /// Forgets them.
  public func removeAll() { sent.withLock { $0 = [] } }
}
