public import GenOpsMetering
public import GenOpsUnits

import Synchronization

/// Holds events back and captures them together: when there are enough, when the oldest is old
/// enough, and at the end. Each flush is one session, so its cost is known.
///
/// Events keep the timestamp of the moment they were added and get a uuid, so that a flush that is
/// tried again counts nothing twice. What governance refuses is refused at the flush.
public final class EventBatcher: BackgroundPart {
  /// What a flush did.
  public struct Flush: Sendable, Hashable, CustomStringConvertible {
    public var outcomes: [CaptureOutcome]
    public var totals: SessionTotals

    /// `Flushed 3 events, cost: $0.0002`.
    public var description: String {
      let tenThousandths = totals.cost.nanos.addingClamped(50_000) / 100_000
      let fraction = String(tenThousandths % 10_000)
      return "Flushed \(outcomes.count) events, cost: $\(tenThousandths / 10_000)."
        + String(repeating: "0", count: 4 - fraction.utf8.count) + fraction
    }
  }

  private struct Waiting {
    var events: [UsageEvent] = []
    var oldest = Timestamp(microseconds: 0)
  }

  public let adapter: PostHogAdapter
  /// The integration guide's 100.
  public let batchSize: Int
  /// Seconds; the integration guide's 60.
  public let flushInterval: Double
  private let onFlush: @Sendable (Flush) -> Void
  private let waiting = Mutex(Waiting())

  /// `onFlush` is told what each flush did, such as by a logger.
  public init(
    _ adapter: PostHogAdapter, batchSize: Int = 100, flushInterval: Double = 60,
    onFlush: @escaping @Sendable (Flush) -> Void = { _ in }
  ) {
    self.adapter = adapter
    self.batchSize = max(1, batchSize)
    self.flushInterval = flushInterval
    self.onFlush = onFlush
  }

  /// What it holds is captured while delivery still takes it.
  public var ending: PartEnding { .beforeDelivery }

  /// How many events wait.
  public var count: Int { waiting.withLock { $0.events.count } }

  /// Adds an event, and flushes when that makes a full batch or the oldest is too old.
  @discardableResult
  public func add(
    _ name: String, distinctID: String, properties: JSONValue = [:], timestamp: Timestamp? = nil
  ) -> Flush? {
    let now = adapter.account.clock.now()
    return add(
      UsageEvent(
        name: name, distinctID: distinctID, uuid: .random(), timestamp: timestamp ?? now,
        properties: properties))
  }

  /// Adds an event that was made before.
  @discardableResult
  public func add(_ event: UsageEvent) -> Flush? {
    let now = adapter.account.clock.now()
    var event = event
    if event.uuid == nil { event.uuid = .random() }
    let batch = waiting.withLock { waiting -> [UsageEvent] in
      if waiting.events.isEmpty { waiting.oldest = now }
      waiting.events.append(event)
      return take(&waiting, now: now, isForced: waiting.events.count >= batchSize)
    }
    return capture(batch)
  }

  /// Flushes when the oldest event has waited long enough.
  @discardableResult
  public func flushIfDue() -> Flush? {
    let now = adapter.account.clock.now()
    return capture(waiting.withLock { take(&$0, now: now, isForced: false) })
  }

  /// Flushes what there is; nil when there is nothing.
  @discardableResult
  public func flush() -> Flush? {
    capture(waiting.withLock { take(&$0, now: $0.oldest, isForced: true) })
  }

  /// Flushes on time until the task is cancelled, and once more then, so that an idle buffer does
  /// not keep its events.
  public func run() async { await run(clock: ContinuousClock()) }

  /// The same by another clock.
  public func run(clock: some Clock<Duration>) async {
    while !Task.isCancelled {
      let pause = Duration(boundedSeconds: flushInterval / 4).boundedPause
      do { try await clock.sleep(for: pause, tolerance: nil) } catch { break }
      flushIfDue()
    }
    flush()
  }

  private func take(_ waiting: inout Waiting, now: Timestamp, isForced: Bool) -> [UsageEvent] {
    let isOld = now >= waiting.oldest.advanced(bySeconds: flushInterval)
    guard isForced || isOld, !waiting.events.isEmpty else { return [] }
    defer { waiting.events = [] }
    return waiting.events
  }

  private func capture(_ batch: [UsageEvent]) -> Flush? {
    if batch.isEmpty { return nil }
    // The session that happens to be current when a batch is full is not what its events are part of.
    let flush = AnalyticsSession.$current.withValue(nil) {
      adapter.withSession("batch_processing") { session in
        Flush(
          outcomes: batch.map { adapter.capture($0, session: session) }, totals: session.summary)
      }
    }
    onFlush(flush)
    return flush
  }
}
