import GenOpsPostHog
import GenOpsUnits
import Synchronization

/// PostHog's flag service, as the recordings show it: `beta` on, `exp` in `test` with a payload,
/// `off` off. What is scripted comes first.
final class FlagServerDouble: HTTPExchange {
  enum Answer: Sendable {
    case body(String)
    case status(Int)
    case retryAfter(Int, String)
    case failure(WireFailure)
  }

  private struct State {
    var requests: [WireRequest] = []
    var evaluations: [Answer] = []
    var definitions: [Answer] = []
  }

  private let state = Mutex(State())

  var requests: [WireRequest] { state.withLock { $0.requests } }
  func evaluation(_ answers: [Answer]) { state.withLock { $0.evaluations += answers } }
  func definitions(_ answers: [Answer]) { state.withLock { $0.definitions += answers } }

  func send(_ request: WireRequest) async throws -> WireReply {
    let isPoll = request.url.contains("/flags/definitions")
    let answer: Answer? = state.withLock { state in
      state.requests.append(request)
      if isPoll { return state.definitions.isEmpty ? nil : state.definitions.removeFirst() }
      return state.evaluations.isEmpty ? nil : state.evaluations.removeFirst()
    }
    switch answer {
    case .failure(let failure): throw failure
    case .status(let status): return WireReply(status: status)
    case .retryAfter(let status, let text):
      return WireReply(status: status, headers: [WireHeader("Retry-After", text)])
    case .body(let text): return reply(text)
    case nil:
      guard isPoll else { return reply(FlagServerDouble.evaluated) }
      if request.header("If-None-Match") == "\"e1\"" { return WireReply(status: 304) }
      return reply(FlagServerDouble.everybody)
    }
  }

  private func reply(_ text: String) -> WireReply {
    WireReply(status: 200, headers: [WireHeader("Etag", "\"e1\"")], body: Array(text.utf8))
  }

  static let evaluated = """
    {"flags":{
    "beta":{"key":"beta","enabled":true,"variant":null,"reason":{"code":"condition_match",\
    "condition_index":0,"description":"Matched condition set 1"},"metadata":{"id":1,"version":4,\
    "description":null,"payload":null}},
    "exp":{"key":"exp","enabled":true,"variant":"test","reason":{"code":"condition_match",\
    "condition_index":0,"description":"Matched condition set 1"},"metadata":{"id":2,"version":1,\
    "description":null,"payload":"{\\"a\\":1}"}},
    "off":{"key":"off","enabled":false,"variant":null,"reason":{"code":"no_condition_match",\
    "condition_index":0,"description":"No matching condition set"},"metadata":{"id":3,"version":1,\
    "description":null,"payload":null}}},
    "errorsWhileComputingFlags":false,"requestId":"5e1b2a0e-0000-4000-8000-000000000001",\
    "evaluatedAt":1764000000000}
    """

  static let everybody = """
    {"flags":[{"id":9,"key":"everybody","version":1,"active":true,"filters":{"groups":[\
    {"properties":[],"rollout_percentage":100}]}}],"group_type_mapping":{},"cohorts":{}}
    """

  static let withSticky = """
    {"flags":[{"id":9,"key":"everybody","version":1,"active":true,"filters":{"groups":[\
    {"properties":[],"rollout_percentage":100}]}},{"id":1,"key":"beta","active":true,\
    "ensure_experience_continuity":true,"filters":{"groups":[]}}],"group_type_mapping":{}}
    """
}
