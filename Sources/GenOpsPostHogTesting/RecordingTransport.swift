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
    /// What PostHog would get: the bytes of the encoder that delivery has.
    public var outgoing: OutgoingEvent

    /// ``outgoing``, read.
    public var json: JSONValue {
      (try? JSONValue(JSONParser.parse(Array(outgoing.json.utf8), file: "event"))) ?? .null
    }
    /// The properties as PostHog would get them.
    public var properties: JSONValue { json["properties"] ?? .object([]) }
  }

  public let encoder: EventEncoder
  private let sent = Mutex<[Sent]>([])

  /// `encoder` writes the events as delivery would.
  public init(encoder: EventEncoder = .server) { self.encoder = encoder }

  /// An event without a uuid gets one, as it does from delivery. A transport is not told when the decision
  /// was made, so the event's own time is used here.
  public func enqueue(_ event: UsageEvent, _ stamp: GovernanceStamp) {
    var generator = SystemRandomNumberGenerator()
    let uuid = event.uuid ?? EventUUID(high: generator.next(), low: generator.next())
    let outgoing = encoder.encode(event, stamp, uuid: uuid, at: event.timestamp)
    sent.withLock { $0.append(Sent(event: event, stamp: stamp, outgoing: outgoing)) }
  }

  public func enqueue(
    _ event: UsageEvent, _ stamp: GovernanceStamp, written: OutgoingEvent,
    journal: any EventJournal
  ) {
    sent.withLock { $0.append(Sent(event: event, stamp: stamp, outgoing: written)) }
  }

  /// In the order in which they were handed over.
  public var all: [Sent] { sent.withLock { $0 } }

  /// Those of one name.
  public func named(_ name: String) -> [Sent] { all.filter { $0.event.name == name } }

  /// Forgets them.
  public func removeAll() { sent.withLock { $0 = [] } }
}
