import GenOpsGovernance
import GenOpsMetering
import GenOpsPostHogTesting
import GenOpsTestSupport
import GenOpsUnits
import Synchronization
import Testing

@testable import GenOpsPostHog

@Suite("A function in a cloud")
struct FunctionRuntimeTests {
  let base = AdapterFixture()

  /// The runtime interface: hands out calls and takes answers.
  final class Interface: HTTPExchange {
    private let state: Mutex<(events: [String], answers: [String])>
    private let deadline: String?

    init(_ events: [String], deadline: String? = nil) {
      state = Mutex((events, []))
      self.deadline = deadline
    }

    func send(_ request: WireRequest) async throws -> WireReply {
      state.withLock { state in
        if request.method == "GET" {
          if state.events.isEmpty { return WireReply(status: 500) }
          let id = "call-\(state.answers.count + 1)"
          let deadline = deadline.map { [WireHeader("Lambda-Runtime-Deadline-Ms", $0)] } ?? []
          return WireReply(
            status: 200, headers: [WireHeader("lambda-runtime-aws-request-id", id)] + deadline,
            body: Array(state.events.removeFirst().utf8))
        }
        let path = request.url.split(separator: "/").suffix(2).joined(separator: "/")
        state.answers.append("\(path) \(String(decoding: request.body, as: UTF8.self))")
        return WireReply(status: 202)
      }
    }

    var answers: [String] { state.withLock { $0.answers } }
  }

  @Test(
    "Each record is captured in the call's session and flushed after the answer, before the next")
  func records() async throws {
    let interface = Interface([
      #"{"Records": [{"eventName": "ObjectCreated:Put"}, {"eventName": "ObjectRemoved"}]}"#,
      "{}", #"{"Records": []}"#,
    ])
    let adapter = try base.adapter(
      GovernancePlan(mode: .enforced, budgets: [base.dayBudget(50_000)]))
    let log = Mutex<[Int]>([])
    let runtime = FunctionRuntime(adapter, api: "127.0.0.1:9001", exchange: interface) {
      log.withLock { $0.append(interface.answers.count) }
    }
    for _ in 0..<3 {
      try await runtime.runOnce { call, session in
        #expect(session.name == "lambda_execution" && AnalyticsSession.current === session)
        for record in call.records {
          session.capture(
            "lambda_processed", distinctID: "lambda_\(call.requestID)",
            properties: ["record_type": record["eventName"] ?? .null])
        }
        return ["statusCode": 200, "message": .string("\(session.summary.eventsCaptured) events")]
      }
    }
    #expect(
      interface.answers == [
        // The budget has room for one; the call succeeds all the same.
        #"call-1/response {"statusCode":200,"message":"1 events"}"#,
        #"call-2/response {"statusCode":200,"message":"0 events"}"#,
        #"call-3/response {"statusCode":200,"message":"0 events"}"#,
      ])
    #expect(log.withLock { $0 } == [1, 2, 3])
    let first = try #require(base.transport.all.first)
    #expect(first.event.properties["record_type"] == "ObjectCreated:Put")
    #expect(first.event.name == "lambda_processed" && first.event.distinctID == "lambda_call-1")
    #expect(adapter.costSummary().activeSessions == 0)
  }

  @Test("A flush that hangs and heeds nothing delays no caller and ends with the time for it")
  func hangs() async throws {
    let interface = Interface(["{}", "{}"])
    let time = ManualTime()
    let (never, end) = AsyncStream<Void>.makeStream()
    let runtime = FunctionRuntime(
      try base.adapter(), api: "x", exchange: interface, timer: time.timer
    ) {
      // Waits for what does not come, and does not look whether it is cancelled.
      await Task.detached { for await _ in never {} }.value
    }
    for call in 1...2 {
      async let over: Void = runtime.runOnce { _, _ in "done" }
      let alarm = await time.nextAlarm()
      #expect(interface.answers.count == call)
      #expect(alarm - time.now.offset == .seconds(10))
      time.advance(to: alarm)
      try await over
    }
    end.finish()
  }

  @Test("A flush ends before the deadline of its call, and does not begin after it")
  func deadline() async throws {
    let now = base.clock.now().microseconds / 1000
    let time = ManualTime()
    let (never, end) = AsyncStream<Void>.makeStream()
    let interface = Interface(["{}"], deadline: "\(now + 3000)")
    let runtime = FunctionRuntime(
      try base.adapter(), api: "x", exchange: interface, timer: time.timer
    ) { for await _ in never {} }
    async let over: Void = runtime.runOnce { _, _ in .null }
    #expect(await time.nextAlarm() == .milliseconds(2750))
    time.advance(to: .seconds(3))
    try await over
    end.finish()
    let late = FunctionRuntime(
      try base.adapter(), api: "x", exchange: Interface(["{}"], deadline: "\(now)"),
      timer: time.timer
    ) { Issue.record("there is no time for it") }
    try await late.runOnce { _, _ in .null }
  }

  @Test("What the handler throws is the answer, and the next call is served")
  func errors() async throws {
    struct Failed: Error {}
    let interface = Interface(["not json", "{}"])
    let runtime = FunctionRuntime(try base.adapter(), api: "x", exchange: interface)
    for _ in 0..<2 { try await runtime.runOnce { _, _ in throw Failed() } }
    #expect(interface.answers.count == 2)
    #expect(interface.answers.allSatisfy { $0.contains("/error {\"errorType\":\"") })
    #expect(interface.answers[1].contains("Failed"))
    await #expect(throws: FindingsError.self) { try await runtime.runOnce { _, _ in .null } }
  }
}
