import GenOpsMetering
import GenOpsUnits

@testable import GenOpsPostHog

/// Finds where two requests differ, field by field. A field of an event is named from the event on:
/// `properties.$lib`, `uuid`.
///
/// Numbers are the same when they have one value, texts when they have the same scalars, instants when
/// they are one instant: Python writes `+00:00` where Swift writes `Z`.
struct BodyComparison {
  /// The time of the calls: what Python's record calls `<now>`.
  let now: Timestamp
  private(set) var differences: [(field: String, text: String)] = []

  init(now: Timestamp) { self.now = now }

  mutating func compare(_ ours: JSONValue?, _ theirs: JSONValue?, _ field: String = "") {
    switch (ours, theirs) {
    case (nil, nil): return
    case (let ours?, nil): differ(field, "only ours: \(ours)")
    case (nil, let theirs?): differ(field, "only the client's: \(theirs)")
    case (.object(let mine)?, .object(let others)?):
      let names = mine.map { Array($0.key.utf8) }
      if Set(names).count != names.count { differ(field, "ours has a name twice") }
      // By bytes: texts of Swift are equal when they look the same, names of JSON are not.
      func value(_ members: [JSONValue.Member], _ name: [UInt8]) -> JSONValue? {
        members.last { Array($0.key.utf8) == name }?.value
      }
      for name in Set(names + others.map { Array($0.key.utf8) }) {
        compare(
          value(mine, name), value(others, name),
          (field.isEmpty ? "" : field + ".") + String(decoding: name, as: UTF8.self))
      }
    case (.array(let mine)?, .array(let others)?):
      if mine.count != others.count { differ(field, "\(mine.count) and \(others.count) items") }
      // A set of Python, in another order in every run.
      let isSet = field.hasSuffix("$context_tags")
      func ordered(_ items: [JSONValue]) -> [JSONValue] {
        isSet ? items.sorted { $0.description < $1.description } : items
      }
      for (place, pair) in zip(ordered(mine), ordered(others)).enumerated() {
        compare(pair.0, pair.1, field == "batch" ? "" : "\(field).\(place)")
      }
    case (let ours?, let theirs?):
      if !areEqual(ours, theirs) { differ(field, "ours \(ours), the client's \(theirs)") }
    }
  }

  private mutating func differ(_ field: String, _ text: String) {
    differences.append((field, String(text.prefix(300))))
  }

  private func areEqual(_ ours: JSONValue, _ theirs: JSONValue) -> Bool {
    switch (ours, theirs) {
    case (.string(let mine), .string("<now>")): return Timestamp(mine) == now
    case (.string(let mine), .string("<uuid>")), (.string(let mine), .string("<request>")):
      return EventUUID(mine) != nil || Timestamp(mine) == now
    case (.string(let mine), .string(let other)):
      if mine.unicodeScalars.elementsEqual(other.unicodeScalars) { return true }
      guard let instant = Timestamp(mine) else { return false }
      return Timestamp(other) == instant
    case (.number(let mine), .number(let other)):
      // Whole numbers by their digits, because a Double has only 53 bits of them.
      let whole = [mine, other].allSatisfy {
        $0.utf8.allSatisfy { 0x30...0x39 ~= $0 || $0 == 0x2D }
      }
      return mine == other || !whole && Double(mine) == Double(other)
    default: return ours == theirs
    }
  }
}
