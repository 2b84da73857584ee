import GenOpsGovernance
import GenOpsMetering
import GenOpsPostHog
import GenOpsUnits
import Synchronization

/// Recorded events in the order of their timestamps, one by one through the adapter that runs in
/// production, each at its own instant. The one walk of replays and of exact runs.
final class RecordedWalk {
  let adapter: PostHogAdapter
  private let clock: ReplayClock
  private let log = AlertLog()

  init(_ configuration: AdapterConfiguration, start: Timestamp) throws(FindingsError) {
    clock = ReplayClock(start)
    var configuration = configuration
    let log = log
    configuration.onAlert = { alert, _ in log.add(alert) }
    adapter = try PostHogAdapter(configuration, transport: CountingTransport(), clock: clock)
  }

  /// In the order in which the thresholds were reached.
  var alerts: [Alert] { log.all }

  func decide(_ event: UsageEvent) -> CaptureOutcome {
    clock.set(event.timestamp)
    // No session of this program is the recording's.
    return adapter.capture(event, session: nil)
  }

  /// Decides on events in the order of time by their facts; see `PostHogAdapter`.
  func decide(
    _ events: ArraySlice<EventFacts>, names: [KnownName], into tally: inout FactTally
  ) {
    adapter.capture(events, names: names, into: &tally) { clock.set($0) }
  }
}

/// Alerts as the adapter hands them out, from whatever thread.
private final class AlertLog: Sendable {
  private let alerts = Mutex<[Alert]>([])

  func add(_ alert: Alert) { alerts.withLock { $0.append(alert) } }

  var all: [Alert] { alerts.withLock { $0 } }
}

/// The recording's own time.
private final class ReplayClock: WallClock {
  private let instant: Mutex<Timestamp>

  init(_ start: Timestamp) { instant = Mutex(start) }

  func now() -> Timestamp { instant.withLock { $0 } }

  func set(_ now: Timestamp) { instant.withLock { $0 = now } }
}
