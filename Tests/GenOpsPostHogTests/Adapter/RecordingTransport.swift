import GenOpsMetering
import GenOpsPostHog
import GenOpsUnits
import Synchronization

/// Keeps what is handed over.
final class RecordingTransport: Transport {
  struct Sent: Sendable {
    var event: UsageEvent
    var stamp: GovernanceStamp
  }

  private let sent = Mutex<[Sent]>([])

  func enqueue(_ event: UsageEvent, _ stamp: GovernanceStamp) {
    sent.withLock { $0.append(Sent(event: event, stamp: stamp)) }
  }

  var all: [Sent] { sent.withLock { $0 } }
}

/// A clock that a test moves.
final class ManualClock: WallClock {
  private let instant: Mutex<Timestamp>

  init(_ text: String) { instant = Mutex(Timestamp(text) ?? Timestamp(microseconds: 0)) }

  func now() -> Timestamp { instant.withLock { $0 } }
  func advance(bySeconds seconds: Double) {
    instant.withLock { $0 = $0.advanced(bySeconds: seconds) }
  }
}
