public import GenOpsUnits

import GenOpsMetering

/// Runs a function of a cloud that calls by AWS Lambda's runtime interface, with an analytics
/// session around each call.
///
/// The adapter lives as long as the process, so a budget holds over warm calls; over processes it
/// holds with a ``BudgetStore`` only. The caller has its answer before anything is flushed, so PostHog
/// can neither delay nor fail a call. What was captured is flushed between the answer and the question
/// for the next call: the cloud freezes the process at that question and not before. A flush ends at
/// `flushTimeout` or a little before the call's deadline, whichever comes first; what it left is sent
/// in a later call. An exhausted budget never fails a call.
///
/// Source of the interface: AWS, "Using the Lambda runtime API for custom runtimes", version
/// 2018-06-01.
public struct FunctionRuntime: Sendable {
  /// One call.
  public struct Invocation: Sendable {
    /// The cloud's id of the call.
    public var requestID: String
    /// The event, such as `{"Records": […]}`.
    public var event: JSONValue
    /// The ids of ``event``'s `Records`, none when it has no records.
    public var records: [JSONValue] {
      if case .array(let records)? = event["Records"] { records } else { [] }
    }
  }

  public var adapter: PostHogAdapter
  /// The address in `AWS_LAMBDA_RUNTIME_API`, without scheme.
  public var api: String
  private let exchange: any HTTPExchange
  private let flushTimeout: Duration
  private let timer: DeliveryTimer
  private let flush: @Sendable () async -> Void
  /// What is left of a call for the interface when its flush ends, in seconds.
  private static let reserve = 0.25

  /// - Parameters:
  ///   - adapter: Governs what the function captures.
  ///   - api: The value of `AWS_LAMBDA_RUNTIME_API`.
  ///   - exchange: Sends a request; `GenOpsPostHogHTTP` has one.
  ///   - flushTimeout: The longest time for a flush, as PostHog's own clients have it. It is not
  ///     waited for longer, whether it heeds its cancellation or not.
  ///   - timer: The machine's by default.
  ///   - flush: Delivers what waits, such as `{ await delivery.flush() }`.
  public init(
    _ adapter: PostHogAdapter, api: String, exchange: any HTTPExchange,
    flushTimeout: Duration = .seconds(10), timer: DeliveryTimer = .system,
    flush: @escaping @Sendable () async -> Void = {}
  ) {
    self.flushTimeout = flushTimeout.bounded
    self.timer = timer
    self.adapter = adapter
    self.api = api
    self.exchange = exchange
    self.flush = flush
  }

  /// Answers calls until the task is cancelled or the interface is gone.
  ///
  /// - Throws: When the interface does not answer.
  public func run(
    _ handler: @Sendable (Invocation, AnalyticsSession) async throws -> JSONValue
  ) async throws {
    while !Task.isCancelled { try await runOnce(handler) }
  }

  /// Answers one call.
  ///
  /// - Throws: When the interface does not answer. What the handler throws is the answer.
  public func runOnce(
    _ handler: @Sendable (Invocation, AnalyticsSession) async throws -> JSONValue
  ) async throws {
    let base = "http://\(api)/2018-06-01/runtime/invocation"
    let next = try await exchange.send(
      WireRequest(method: "GET", url: "\(base)/next", timeout: .seconds(3600)))
    guard let id = next.header("Lambda-Runtime-Aws-Request-Id") else {
      throw FindingsError(
        "function-runtime", "the runtime interface at \(api) gave no call (status \(next.status))",
        help: "AWS_LAMBDA_RUNTIME_API names its address")
    }
    let (path, body) = await answer(id, next.body, handler)
    _ = try await exchange.send(
      WireRequest(
        method: "POST", url: "\(base)/\(id)/\(path)",
        headers: [WireHeader("Content-Type", "application/json")],
        body: Array(body.description.utf8)))
    await flush(within: limit(of: next))
  }

  /// How long a flush may take: what the call's deadline leaves, in milliseconds since 1970 by the
  /// interface, at most ``flushTimeout``.
  private func limit(of call: WireReply) -> Duration {
    guard let text = call.header("Lambda-Runtime-Deadline-Ms"), let deadline = Int64(text) else {
      return flushTimeout
    }
    let now = adapter.account.clock.now().microseconds
    let left = deadline.multipliedClamped(by: 1000).subtractingClamped(now)
    return min(flushTimeout, .microseconds(left) - .seconds(FunctionRuntime.reserve))
  }

  /// Flushes, and returns when that is over or the time is. A flush that does not heed its
  /// cancellation goes on by itself.
  private func flush(within limit: Duration) async {
    guard limit > .zero else { return }
    let (ends, end) = AsyncStream<Void>.makeStream()
    let flushing = Task {
      await flush()
      end.finish()
    }
    let until = timer.elapsed() + limit
    let alarm = Task {
      try? await timer.sleep(until)
      end.finish()
    }
    for await _ in ends {}
    flushing.cancel()
    alarm.cancel()
  }

  private func answer(
    _ id: String, _ body: [UInt8],
    _ handler: @Sendable (Invocation, AnalyticsSession) async throws -> JSONValue
  ) async -> (path: String, body: JSONValue) {
    do {
      let event = body.isEmpty ? .null : JSONValue(try JSONParser.parse(body, file: "event"))
      let answer = try await adapter.withSession("lambda_execution") { session in
        try await handler(Invocation(requestID: id, event: event), session)
      }
      return ("response", answer)
    } catch {
      let answer: JSONValue = [
        "errorType": .string("\(type(of: error))"), "errorMessage": .string("\(error)"),
      ]
      return ("error", answer)
    }
  }
}
