public import GenOpsUnits

import GenOpsMetering

/// Runs a function of a cloud that calls by AWS Lambda's runtime interface, with an analytics
/// session around each call.
///
/// The adapter lives as long as the process, so a budget holds over warm calls; over processes it
/// holds with a ``BudgetStore`` only. What was captured is flushed before the answer is given,
/// because the process may be frozen after it. An exhausted budget never fails a call.
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
  private let flush: @Sendable () async -> Void

  /// - Parameters:
  ///   - adapter: Governs what the function captures.
  ///   - api: The value of `AWS_LAMBDA_RUNTIME_API`.
  ///   - exchange: Sends a request; `GenOpsPostHogHTTP` has one.
  ///   - flush: Delivers what waits, before an answer is given.
  public init(
    _ adapter: PostHogAdapter, api: String, exchange: any HTTPExchange,
    flush: @escaping @Sendable () async -> Void = {}
  ) {
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
    await flush()
    _ = try await exchange.send(
      WireRequest(
        method: "POST", url: "\(base)/\(id)/\(path)",
        headers: [WireHeader("Content-Type", "application/json")],
        body: Array(body.description.utf8)))
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
