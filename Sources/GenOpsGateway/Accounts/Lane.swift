import GenOpsPostHog
import GenOpsUnits

/// A way that events go on: the project that they belong to, and where PostHog takes them. A request names one
/// project, so events of two never share one.
struct Lane: Sendable, Hashable {
  /// What kind of request events came in, and go on in.
  enum Kind: String, Sendable, Hashable, CaseIterable {
    /// `/batch/`.
    case batch
    /// The same with `historical_migration`.
    case historical
    /// `/i/v0/ai/batch/`, which takes larger events.
    case ai
  }

  var kind: Kind
  var key: String

  init(_ kind: Kind, key: String) {
    self.kind = kind
    self.key = key
  }

  /// As the ledger keeps it.
  var name: String { "\(kind.rawValue) \(key)" }

  /// Reads ``name``; nil for one of somebody else's.
  init?(name: String) {
    guard let space = name.firstIndex(of: " "), let kind = Kind(rawValue: String(name[..<space]))
    else { return nil }
    self.init(kind, key: String(name[name.index(after: space)...]))
  }

  /// The most bytes of one event: posthog-python's bounds, a little below PostHog's.
  var eventBytes: Int { kind == .ai ? 8 << 20 : 900 << 10 }

  /// How its events are delivered.
  func delivery(
    to upstream: PostHogHost, drainTime: Duration,
    onSettled: @escaping @Sendable (Settlement) -> Void
  ) throws(FindingsError) -> DeliveryConfiguration {
    // `/batch/` behind this prefix is the address for AI events.
    let host = kind == .ai ? try PostHogHost(upstream.url("/i/v0/ai")) : upstream
    var limits = DeliveryLimits()
    // Clients have gathered already: what waits here waits twice.
    limits.flushInterval = .milliseconds(200)
    // With governance's properties it is larger than it came.
    limits.eventBytes = eventBytes + (64 << 10)
    limits.giveUpAfter = nil
    limits.drainTimeout = drainTime
    return DeliveryConfiguration(
      endpoints: [DeliveryEndpoint(host: host, key: Secret(key))], limits: limits,
      encoder: .passThrough, isHistorical: kind == .historical, onSettled: onSettled)
  }
}
