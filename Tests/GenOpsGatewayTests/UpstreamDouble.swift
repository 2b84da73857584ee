import GenOpsUnits
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import ServiceLifecycle
import Synchronization

/// A PostHog on loopback that keeps what it is sent and answers as it is told to.
final class UpstreamDouble: Sendable {
  struct Kept: Sendable {
    var method: String
    var uri: String
    var headers: HTTPFields
    var body: [UInt8]

    /// The body, unpacked.
    var json: JSONValue {
      let plain = headers[.contentEncoding] == "gzip" ? Packing.gunzip(body) : body
      return (try? JSONParser.parse(plain, file: "body")).map { JSONValue($0) } ?? .null
    }

    /// The events of a batch.
    var events: [JSONValue] {
      if case .array(let events)? = json["batch"] { events } else { [] }
    }
  }

  private struct State {
    var kept: [Kept] = []
    var waiters: [(@Sendable ([Kept]) -> Bool, CheckedContinuation<Void, Never>)] = []
    var answers: [(@Sendable (Kept) -> Response?)] = []
  }

  private let state = Mutex(State())

  /// What it has been sent so far.
  var kept: [Kept] { state.withLock { $0.kept } }
  /// All events, in the order of their arrival.
  var events: [JSONValue] { kept.flatMap(\.events) }

  /// Answers requests by `answer` where that gives something.
  func answer(_ answer: @escaping @Sendable (Kept) -> Response?) {
    state.withLock { $0.answers.insert(answer, at: 0) }
  }

  /// Returns when what has arrived is as asked for.
  func wait(until holds: @escaping @Sendable ([Kept]) -> Bool) async {
    await withCheckedContinuation { waiter in
      let isOver = state.withLock { state in
        if holds(state.kept) { return true }
        state.waiters.append((holds, waiter))
        return false
      }
      if isOver { waiter.resume() }
    }
  }

  /// Returns when so many events have arrived.
  func waitForEvents(_ count: Int) async {
    await wait { $0.reduce(0) { $0 + $1.events.count } >= count }
  }

  func application(onListening: @escaping @Sendable (Int) async -> Void) -> some Service {
    var logger = Logger(label: "upstream")
    logger.logLevel = .critical
    return Application(
      responder: CallbackResponder<BasicRequestContext> { [self] request, _ in
        var body: [UInt8] = []
        for try await part in request.body { body += Array(part.readableBytesView) }
        let kept = Kept(
          method: request.method.rawValue, uri: request.uri.string, headers: request.headers,
          body: body)
        let (answers, ready) = state.withLock { state in
          state.kept.append(kept)
          let ready = state.waiters.filter { $0.0(state.kept) }
          state.waiters.removeAll { $0.0(state.kept) }
          return (state.answers, ready)
        }
        for (_, waiter) in ready { waiter.resume() }
        for answer in answers { if let response = answer(kept) { return response } }
        return Response(
          status: .ok, headers: [.contentType: "application/json"],
          body: ResponseBody(byteBuffer: ByteBuffer(string: #"{"status":"Ok"}"#)))
      },
      configuration: ApplicationConfiguration(address: .hostname("127.0.0.1", port: 0)),
      onServerRunning: { channel in await onListening(channel.localAddress?.port ?? 0) },
      logger: logger)
  }
}
