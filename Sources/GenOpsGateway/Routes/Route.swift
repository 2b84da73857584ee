/// What a request is, by its path. Whatever is not told apart here goes on as it came.
///
/// Sources: PostHog, `rust/capture/src/router.rs` and `rust/feature-flags`; its proxy reference.
enum Route: Sendable, Hashable {
  /// `/batch/`, `/e/`, `/i/v0/e/`, `/capture/`, `/track/`, `/engage/`.
  case capture
  /// `/i/v1/analytics/events`: an answer for each event.
  case perEvent
  /// `/i/v0/ai/batch/`.
  case aiBatch
  /// `/i/v0/ai`: one event in parts.
  case ai
  /// `/s/`: recordings.
  case recordings
  /// `/i/v1/logs`.
  case logs
  /// `/flags/`.
  case flags
  /// `/decide/`, its older form.
  case decide
  /// Definitions for local evaluation.
  case definitions
  /// `/static/*` and `/array/*`.
  case assets
  /// `/api/analytics`: one event of a program without a client.
  case analytics
  case health, ready, metrics
  case other

  /// The route of a path in its plain form.
  init(_ path: PlainPath) {
    switch path.route {
    case "batch", "e", "i/v0/e", "capture", "track", "engage": self = .capture
    case "i/v1/analytics/events": self = .perEvent
    case "i/v0/ai/batch": self = .aiBatch
    case "i/v0/ai": self = .ai
    case "s": self = .recordings
    case "i/v1/logs": self = .logs
    case "flags": self = .flags
    case "decide": self = .decide
    case "flags/definitions", "api/feature_flag/local_evaluation": self = .definitions
    case "api/analytics": self = .analytics
    case "health", "_health": self = .health
    case "ready", "_ready": self = .ready
    case "metrics": self = .metrics
    default:
      self =
        path.route.hasPrefix("static/") || path.route.hasPrefix("array/") ? .assets : .other
    }
  }

  /// The word in metrics.
  var name: String {
    switch self {
    case .capture: "capture"
    case .perEvent: "per-event"
    case .aiBatch: "ai-batch"
    case .ai: "ai"
    case .recordings: "recordings"
    case .logs: "logs"
    case .flags: "flags"
    case .decide: "decide"
    case .definitions: "definitions"
    case .assets: "assets"
    case .analytics: "analytics"
    case .health: "health"
    case .ready: "ready"
    case .metrics: "metrics"
    case .other: "other"
    }
  }
}

/// A path as a server behind us would read it, so that no way of writing one gets around the meters: escapes
/// decoded, empty and dot segments resolved, the prefix of the gateway taken off.
struct PlainPath: Sendable, Hashable {
  /// Without a slash at the beginning and the end.
  let route: String
  /// What goes to PostHog: as it came, without the prefix.
  let written: String

  /// - Parameters:
  ///   - path: As it came, without the query.
  ///   - prefix: Of the gateway, `/ingest`; empty for none.
  init(_ path: String, prefix: String) {
    var written = Array(path.utf8)[...]
    let front = Array(prefix.utf8)
    if !front.isEmpty, written.starts(with: front) {
      let rest = written.dropFirst(front.count)
      if rest.isEmpty { written = [UInt8(ascii: "/")] }
      if rest.first == UInt8(ascii: "/") { written = rest }
    }
    self.written = String(decoding: written, as: UTF8.self)
    var segments: [ArraySlice<UInt8>] = []
    let slashes: Set = [UInt8(ascii: "/"), UInt8(ascii: "\\")]
    for segment in PlainPath.decoded(written).split(whereSeparator: { slashes.contains($0) }) {
      if segment.elementsEqual(".".utf8) { continue }
      if segment.elementsEqual("..".utf8) {
        _ = segments.popLast()
      } else {
        segments.append(segment)
      }
    }
    route = String(
      decoding: segments.joined(separator: [UInt8(ascii: "/")]).map(\.self), as: UTF8.self)
  }

  private static func decoded(_ path: ArraySlice<UInt8>) -> [UInt8] {
    var out: [UInt8] = []
    var position = path.startIndex
    while position < path.endIndex {
      if path[position] == UInt8(ascii: "%"), path.endIndex - position > 2,
        let byte = UInt8(
          String(decoding: path[position + 1...position + 2], as: UTF8.self), radix: 16)
      {
        out.append(byte)
        position += 3
      } else {
        out.append(path[position])
        position += 1
      }
    }
    return out
  }
}
