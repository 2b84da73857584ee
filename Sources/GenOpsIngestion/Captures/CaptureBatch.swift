package import GenOpsUnits

/// What a capture request holds: who sends, when, and where its events stand in the bytes.
///
/// The shapes of PostHog's clients: `{"api_key","batch":[…],"sent_at"}` (old ones write `sentAt`), an array of
/// events, a single event. Capture V1 is the first without a key.
package struct CaptureBatch: Sendable {
  /// Why there is none.
  package enum Failure: Error, Equatable {
    case notJSON
    case noEvents
    case tooMany(Int)
  }

  /// The body that the ranges are of.
  package let bytes: [UInt8]
  /// The project's key; nil where only the events have it.
  package private(set) var token: String?
  /// When the client sent it, by its own clock.
  package private(set) var sentAt: Timestamp?
  /// Whether it is old events that are moved into PostHog.
  package private(set) var isHistorical = false
  /// Where each event stands.
  package private(set) var events: [Range<Int>] = []

  /// The most events of a body: PostHog's clients send 100.
  package static let mostEvents = 50_000

  /// - Parameter bytes: As ``CaptureBody`` gives them.
  /// - Throws: Why there is none.
  package init(_ bytes: [UInt8]) throws(Failure) {
    self.bytes = bytes
    var walk = JSONMembers(bytes)
    let begin = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    guard let start = walk.token(from: begin, before: bytes.count),
      let end = walk.end(of: start, before: bytes.count),
      walk.token(from: end, before: bytes.count) == nil
    else { throw .notJSON }
    switch bytes[start] {
    case UInt8(ascii: "["): events = try CaptureBatch.items(start..<end, &walk)
    case UInt8(ascii: "{"): try read(start..<end, &walk)
    default: throw .notJSON
    }
    if events.isEmpty { throw .noEvents }
  }

  private mutating func read(_ range: Range<Int>, _ walk: inout JSONMembers) throws(Failure) {
    guard let members = walk.members(in: range) else { throw .notJSON }
    guard let batch = members.first(where: { walk.holds("batch", in: $0.key) }) else {
      events = [range]
      return
    }
    events = try CaptureBatch.items(batch.value, &walk)
    for (key, value) in members {
      if walk.holds("api_key", in: key) || walk.holds("token", in: key) {
        token = token ?? text(value)
      } else if walk.holds("sent_at", in: key) || walk.holds("sentAt", in: key) {
        sentAt = sentAt ?? text(value).flatMap(EventNode.instant)
      } else if walk.holds("historical_migration", in: key) {
        isHistorical = walk.holds("true", in: value)
      }
    }
  }

  private static func items(_ range: Range<Int>, _ walk: inout JSONMembers) throws(Failure)
    -> [Range<Int>]
  {
    guard let items = walk.items(in: range, most: mostEvents + 1) else { throw .notJSON }
    if items.count > mostEvents { throw .tooMany(mostEvents) }
    return items
  }

  private func text(_ range: Range<Int>) -> String? {
    guard bytes[range.lowerBound] == UInt8(ascii: "\"") else { return nil }
    return (try? JSONParser.parse(bytes[range], file: "body"))?.text
  }
}

extension CaptureBatch {
  /// The body with these of its events alone: everything around them stays as it is.
  package func holding(_ kept: [Range<Int>]) -> [UInt8] {
    guard let first = events.first, let last = events.last else { return bytes }
    var out = Array(bytes[..<first.lowerBound])
    for (place, range) in kept.enumerated() {
      if place > 0 { out.append(UInt8(ascii: ",")) }
      out += bytes[range]
    }
    out += bytes[last.upperBound...]
    return out
  }
}
