import GenOpsUnits

/// How much delivery holds, how it forms batches and how long it tries.
///
/// The defaults of count, interval, capacity and sizes are those of posthog-python 7.91.1. Unlike
/// it, delivery does not give up after four attempts: what it has accepted is sent when the server
/// is back.
public struct DeliveryLimits: Sendable, Hashable {
  /// What happens to an event when the queue is full and nothing less important is in it: see ``ServiceLevel``.
  public enum WhenFull: String, Sendable, Hashable, CaseIterable {
    /// The new event is lost, as PostHog's own clients do. What is older keeps its place.
    case dropNewest
    /// The event that waited longest is lost.
    case dropOldest
  }

  /// A batch is sent when this many events wait.
  public var flushCount = 100
  /// A batch holds at most this many bytes of events.
  public var flushBytes = 5 * 1024 * 1024
  /// A batch is sent when its oldest event has waited this long.
  public var flushInterval = Duration.seconds(5)
  /// The queue holds at most this many events, those in flight included.
  public var capacity = 10_000
  /// The queue holds at most this many bytes of events.
  public var capacityBytes = 64 * 1024 * 1024
  /// A larger event is refused at once: PostHog would refuse it, with all that are sent beside it.
  public var eventBytes = DeliveryLimits.standardEventBytes
  public var whenFull = WhenFull.dropNewest
  /// Requests at the same time. With one, events arrive in order.
  public var concurrentRequests = 1
  /// The pause after the first failure; it doubles with each further one.
  public var firstBackoff = Duration.seconds(1)
  /// The longest pause that delivery chooses itself.
  public var longestBackoff = Duration.seconds(60)
  /// The longest pause that a server may ask for with `Retry-After`: a wrong clock there must not
  /// stop delivery for days.
  public var longestRetryAfter = Duration.seconds(3600)
  /// Up to this share of a pause is added to it, by the batch, so that many processes do not return
  /// at the same instant.
  public var jitter = 0.1
  /// A batch is given up this long after its first attempt; nil never does.
  public var giveUpAfter: Duration? = .seconds(86_400)
  /// With several endpoints: after so many failures in a row the next one is used.
  public var failoverAfter = 3
  /// How often a spool is looked into for what other processes left there.
  public var spoolInterval = Duration.seconds(30)
  /// How long a shutdown may take to send what is left.
  public var drainTimeout = Duration.seconds(10)

  /// 900 KiB: the limit of posthog-python 7.91.1, a little below the megabyte that PostHog's own queue
  /// takes.
  static let standardEventBytes = 900 * 1024

  public init() {}

  /// What no delivery can work with; nil when there is nothing.
  var fault: String? {
    if min(capacity, flushCount, flushBytes, capacityBytes, eventBytes, concurrentRequests) < 1 {
      return "counts and bytes are at least 1"
    }
    // Not a number is in no range.
    if !(0...1).contains(jitter) { return "jitter is a share between 0 and 1" }
    let waits = [
      flushInterval, firstBackoff, longestBackoff, longestRetryAfter, giveUpAfter ?? .zero,
      spoolInterval, drainTimeout,
    ]
    return waits.contains { $0 < .zero } ? "times are not negative" : nil
  }

  /// The same with what can be worked with: a time beyond a hundred years is that, and what is wrong is the
  /// nearest that is right.
  var bounded: DeliveryLimits {
    var limits = self
    limits.jitter = jitter.isNaN ? 0 : min(max(jitter, 0), 1)
    limits.flushInterval = flushInterval.bounded
    limits.firstBackoff = firstBackoff.bounded
    limits.longestBackoff = longestBackoff.bounded
    limits.longestRetryAfter = longestRetryAfter.bounded
    limits.giveUpAfter = giveUpAfter?.bounded
    limits.spoolInterval = spoolInterval.boundedPause
    limits.drainTimeout = drainTimeout.bounded
    return limits
  }
}
