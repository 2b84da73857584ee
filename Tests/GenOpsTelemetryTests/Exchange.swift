import GenOpsPostHog
import Synchronization

/// Answers requests with given statuses, then with 200; nil is no answer at all.
final class ScriptedExchange: HTTPExchange {
  struct NoAnswer: Error {}
  private let state: Mutex<(statuses: [Int?], requests: [WireRequest])>

  init(_ statuses: [Int?] = []) { state = Mutex((statuses, [])) }

  func send(_ request: WireRequest) async throws -> WireReply {
    let status = state.withLock { state -> Int? in
      state.requests.append(request)
      return state.statuses.isEmpty ? 200 : state.statuses.removeFirst()
    }
    guard let status else { throw NoAnswer() }
    return WireReply(status: status)
  }

  var requests: [WireRequest] { state.withLock { $0.requests } }
}

/// How long was waited, without waiting.
final class PauseLog: Sendable {
  private let pauses = Mutex<[Duration]>([])
  func pause(_ duration: Duration) { pauses.withLock { $0.append(duration) } }
  var all: [Duration] { pauses.withLock { $0 } }
}
