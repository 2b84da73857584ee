import GenOpsPostHog
import Synchronization

/// What passed through the gateway since it began, for `/metrics`.
final class GatewayCounts: Sendable {
  private struct State {
    var requests: [String: Int] = [:]
    var events: [String: Int] = [:]
  }

  private let state = Mutex(State())
  /// Events that no attribution rule says anything of.
  let unattributed = Atomic<Int>(0)

  /// Counts an answered request.
  func note(_ route: Route, status: Int) {
    state.withLock { $0.requests["\(route.name) \(status)", default: 0] += 1 }
  }

  /// Counts what became of the events of a request.
  func note(_ verdicts: [CaptureHandler.Verdict]) {
    state.withLock { state in
      for verdict in verdicts {
        state.events[GatewayCounts.word(verdict), default: 0] += 1
      }
    }
  }

  private static func word(_ verdict: CaptureHandler.Verdict) -> String {
    if verdict.malformed != nil { return "malformed" }
    return verdict.outcome?.id ?? "ledger-unavailable"
  }

  /// The same as metrics.
  var samples: [MetricSample] {
    let (requests, events) = state.withLock { ($0.requests, $0.events) }
    var samples = requests.sorted { $0.key < $1.key }.map { key, count in
      let words = key.split(separator: " ")
      return MetricSample(
        "genops_gateway_requests_total", .counter, help: "Requests that were answered",
        labels: [.init("route", String(words[0])), .init("status", String(words[1]))],
        value: Double(count))
    }
    samples += events.sorted { $0.key < $1.key }.map { key, count in
      MetricSample(
        "genops_gateway_events_total", .counter, help: "Events by what became of them",
        labels: [.init("outcome", key)], value: Double(count))
    }
    samples.append(
      MetricSample(
        "genops_gateway_unattributed_events_total", .counter,
        help: "Events that no attribution rule says anything of",
        value: Double(unattributed.load(ordering: .relaxed))))
    return samples
  }
}
