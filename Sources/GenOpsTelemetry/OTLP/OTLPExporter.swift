public import GenOpsPostHog
public import GenOpsUnits

import Synchronization

/// Sends spans and metrics to an OpenTelemetry collector over OTLP/HTTP with protobuf bodies.
///
/// Spans wait in a bounded queue; when it is full the newest is dropped and counted, because
/// telemetry must never hold up or fill the memory of what it watches. A request that fails for now
/// (408, 429, 5xx, no answer) is tried again; what a collector refuses for good is dropped and
/// counted.
public actor OTLPExporter: BackgroundPart {
  /// What became of the spans. `queued` is the sum of the others.
  public struct Statistics: Sendable, Hashable {
    public var queued = 0
    public var exported = 0
    /// The queue was full.
    public var dropped = 0
    /// Refused by the collector, or given up after all attempts.
    public var failed = 0
    public var waiting = 0
    /// Requests that were answered with success.
    public var batches = 0
  }

  private struct Queue {
    var spans: [FinishedSpan] = []
    var statistics = Statistics()
  }

  /// Base address, such as `http://localhost:4318`; `/v1/traces` and `/v1/metrics` are added.
  public nonisolated let endpoint: String
  private let exchange: any HTTPExchange
  private let headers: [WireHeader]
  private let resource: [String: String]
  private let capacity: Int
  private let batchSize: Int
  private let attempts: Int
  private let pause: @Sendable (Duration) async throws -> Void
  private let start: Timestamp
  private let clock: any WallClock
  private let queue = Mutex(Queue())
  /// The task of ``run(every:)`` is cancelled: what is left gets one attempt.
  private let isEnding = Atomic<Bool>(false)

  /// - Parameters:
  ///   - endpoint: As in `OTEL_EXPORTER_OTLP_ENDPOINT`.
  ///   - exchange: Sends a request; `GenOpsPostHogHTTP` has one.
  ///   - headers: Further ones, such as a token.
  ///   - resource: What sends: `service.name` and the like.
  ///   - capacity: The most spans that wait.
  ///   - batchSize: The most spans in one request.
  ///   - attempts: How often a request is tried.
  ///   - clock: The time of metrics.
  ///   - pause: Waits between attempts; tests pass one that does not.
  public init(
    endpoint: String, exchange: any HTTPExchange, headers: [WireHeader] = [],
    resource: [String: String] = ["service.name": "genops-posthog"], capacity: Int = 1000,
    batchSize: Int = 512, attempts: Int = 3, clock: any WallClock = SystemClock(),
    pause: @escaping @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) }
  ) {
    var base = endpoint
    while base.hasSuffix("/") { base.removeLast() }
    self.endpoint = base
    self.exchange = exchange
    self.headers = headers
    self.resource = resource
    self.capacity = capacity
    self.batchSize = max(1, batchSize)
    self.attempts = max(1, attempts)
    self.clock = clock
    self.pause = pause
    start = clock.now()
  }

  /// Queues a span. Called by ``OTLPTracer`` from wherever a span ends.
  public nonisolated func add(_ span: FinishedSpan) {
    queue.withLock { queue in
      queue.statistics.queued += 1
      if queue.spans.count >= capacity {
        queue.statistics.dropped += 1
      } else {
        queue.spans.append(span)
      }
    }
  }

  public nonisolated var statistics: Statistics {
    queue.withLock { queue in
      var statistics = queue.statistics
      statistics.waiting = queue.spans.count
      return statistics
    }
  }

  /// Sends everything that waits.
  public func flush() async {
    while true {
      let batch = queue.withLock { queue -> [FinishedSpan] in
        let batch = Array(queue.spans.prefix(batchSize))
        queue.spans.removeFirst(batch.count)
        return batch
      }
      if batch.isEmpty { return }
      let isSent = await post("/v1/traces", OTLPEncoding.traces(batch, resource: resource))
      queue.withLock { queue in
        if isSent {
          queue.statistics.exported += batch.count
          queue.statistics.batches += 1
        } else {
          queue.statistics.failed += batch.count
          // At the end nobody waits for a collector that does not answer.
          if isEnding.load(ordering: .relaxed) {
            queue.statistics.failed += queue.spans.count
            queue.spans = []
          }
        }
      }
    }
  }

  /// Sends metrics, such as those of `PostHogAdapter.metrics()`. False when they could
  /// not be delivered.
  @discardableResult
  public func export(_ samples: [MetricSample]) async -> Bool {
    func nanoseconds(_ instant: Timestamp) -> UInt64 {
      // Not negative, so that it fits: the clamped product is at most Int64.max.
      UInt64(max(0, instant.microseconds).multipliedClamped(by: 1000))
    }
    return await post(
      "/v1/metrics",
      OTLPEncoding.metrics(
        samples, resource: resource, start: nanoseconds(start), now: nanoseconds(clock.now())))
  }

  /// Spans and metrics of the end are sent too.
  public nonisolated var ending: PartEnding { .last }

  /// Flushes every five seconds until the task is cancelled, and once more then.
  public func run() async { await run(every: .seconds(5)) }

  /// Flushes every `interval` until the task is cancelled, and once more then: a request that is
  /// under way is not cut off, and what is left is tried once.
  public func run(every interval: Duration) async {
    isEnding.store(false, ordering: .relaxed)
    await withTaskCancellationHandler {
      while !Task.isCancelled {
        await untilDone { await self.flush() }
        do { try await pause(interval.boundedPause) } catch { break }
      }
      await untilDone { await self.flush() }
    } onCancel: {
      isEnding.store(true, ordering: .relaxed)
    }
  }

  private func post(_ path: String, _ body: [UInt8]) async -> Bool {
    let request = WireRequest(
      method: "POST", url: endpoint + path,
      headers: [WireHeader("Content-Type", "application/x-protobuf")] + headers, body: body,
      mayCompress: true, timeout: .seconds(10))
    for attempt in 1...attempts {
      let status = (try? await exchange.send(request))?.status
      if let status, (200..<300).contains(status) { return true }
      if let status, status != 408, status != 429, status < 500 { return false }
      if isEnding.load(ordering: .relaxed) { return false }
      if attempt < attempts {
        do { try await pause(.seconds(1 << min(attempt - 1, 10))) } catch { return false }
      }
    }
    return false
  }
}
