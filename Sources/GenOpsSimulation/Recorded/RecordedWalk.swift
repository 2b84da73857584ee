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
  private let ownerProperties: OwnerProperties
  /// By the numbers of owners that facts have.
  private var owners: [Int] = []
  /// The adapter as each owner sees it, by what the events of an owner say.
  private var views: [String: PostHogAdapter] = [:]

  /// `owners` are the properties that say whose an event is.
  init(
    _ configuration: AdapterConfiguration, start: Timestamp, owners: OwnerProperties = .none
  ) throws(FindingsError) {
    ownerProperties = owners
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
    return view(of: event).capture(event, session: nil)
  }

  /// Decides on events in the order of time by their facts; see `PostHogAdapter`.
  func decide(
    _ events: ArraySlice<EventFacts>, names: [KnownName], owners keys: [String],
    into tally: inout FactTally
  ) {
    while owners.count < keys.count {
      owners.append(adapter.ownerNumber(ownerProperties.attribution(keys[owners.count])))
    }
    adapter.capture(events, names: names, owners: owners, into: &tally) { clock.set($0) }
  }

  private func view(of event: UsageEvent) -> PostHogAdapter {
    if ownerProperties.isEmpty { return adapter }
    let key = ownerProperties.key(of: event.properties)
    if let view = views[key] { return view }
    let view = adapter.view(ownerProperties.attribution(key))
    views[key] = view
    return view
  }

  /// Decides on usage of a day that no event tells, when the day ends.
  func decide(_ usage: [(meter: Meter, units: Int64)], on day: CalendarDay) {
    let end = Timestamp(microseconds: Timestamp(startOf: day.advanced(by: 1)).microseconds - 1)
    for (meter, units) in usage { adapter.admit(units, of: meter, at: end) { clock.set($0) } }
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
