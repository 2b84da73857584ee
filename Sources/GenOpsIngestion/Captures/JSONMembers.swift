/// Finds the members of an object and the items of an array in bytes of JSON, without making anything of them.
///
/// It knows texts and brackets and checks nothing else: what it finds is checked by whoever reads it.
struct JSONMembers {
  let bytes: [UInt8]
  /// The deepest nesting of what was passed over so far.
  private(set) var depth = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// Where the first byte is that is not white space, from `position` on.
  func token(from position: Int, before limit: Int) -> Int? {
    var position = position
    while position < limit {
      switch bytes[position] {
      case 32, 9, 10, 13: position += 1
      default: return position
      }
    }
    return nil
  }

  /// The end of the value that begins at `start`; nil when it has none before `limit`.
  mutating func end(of start: Int, before limit: Int) -> Int? {
    guard start < limit else { return nil }
    switch bytes[start] {
    case UInt8(ascii: "\""): return endOfText(start, before: limit)
    case UInt8(ascii: "{"), UInt8(ascii: "["):
      var open = 0
      var position = start
      while position < limit {
        switch bytes[position] {
        case UInt8(ascii: "\""):
          guard let end = endOfText(position, before: limit) else { return nil }
          position = end
          continue
        case UInt8(ascii: "{"), UInt8(ascii: "["):
          open += 1
          depth = max(depth, open)
        case UInt8(ascii: "}"), UInt8(ascii: "]"):
          open -= 1
          if open == 0 { return position + 1 }
        default: break
        }
        position += 1
      }
      return nil
    default:
      var position = start
      while position < limit, !JSONMembers.isDelimiter(bytes[position]) { position += 1 }
      return position > start ? position : nil
    }
  }

  private func endOfText(_ start: Int, before limit: Int) -> Int? {
    var position = start + 1
    while position < limit {
      switch bytes[position] {
      case UInt8(ascii: "\""): return position + 1
      case UInt8(ascii: "\\"): position += 2
      default: position += 1
      }
    }
    return nil
  }

  private static func isDelimiter(_ byte: UInt8) -> Bool {
    switch byte {
    case 32, 9, 10, 13, UInt8(ascii: ","), UInt8(ascii: "]"), UInt8(ascii: "}"), UInt8(ascii: ":"):
      true
    default: false
    }
  }

  /// The items of the array in `range`, the first `most` of them; nil when it is none.
  mutating func items(in range: Range<Int>, most: Int) -> [Range<Int>]? {
    guard var position = opened(range, with: UInt8(ascii: "[")) else { return nil }
    let limit = range.upperBound - 1
    var items: [Range<Int>] = []
    while let start = token(from: position, before: limit) {
      if items.count == most { return items }
      guard let end = end(of: start, before: limit) else { return nil }
      items.append(start..<end)
      guard let next = separator(from: end, before: limit) else { return nil }
      position = next
    }
    return items
  }

  /// The members of the object in `range`: keys without their quotes, and values. Nil when it is none.
  mutating func members(in range: Range<Int>) -> [(key: Range<Int>, value: Range<Int>)]? {
    guard var position = opened(range, with: UInt8(ascii: "{")) else { return nil }
    let limit = range.upperBound - 1
    var members: [(key: Range<Int>, value: Range<Int>)] = []
    while let start = token(from: position, before: limit) {
      guard bytes[start] == UInt8(ascii: "\""), let end = endOfText(start, before: limit),
        let colon = token(from: end, before: limit), bytes[colon] == UInt8(ascii: ":"),
        let value = token(from: colon + 1, before: limit),
        let valueEnd = self.end(of: value, before: limit),
        let next = separator(from: valueEnd, before: limit)
      else { return nil }
      // The text has two quotes, and the value a byte at least.
      members.append((start + 1..<end - 1, value..<valueEnd))
      position = next
    }
    return members
  }

  private func opened(_ range: Range<Int>, with bracket: UInt8) -> Int? {
    guard range.count >= 2, bytes[range.lowerBound] == bracket else { return nil }
    return range.lowerBound + 1
  }

  /// Behind the comma after a value; `limit` at the end of the list, nil for anything else.
  private func separator(from position: Int, before limit: Int) -> Int? {
    guard let comma = token(from: position, before: limit) else { return limit }
    return bytes[comma] == UInt8(ascii: ",") ? comma + 1 : nil
  }

  /// Whether the bytes of a range are those of `text`.
  func holds(_ text: StaticString, in range: Range<Int>) -> Bool {
    range.count == text.utf8CodeUnitCount
      && text.withUTF8Buffer { bytes[range].elementsEqual($0) }
  }

  /// Whether the bytes of a range begin with those of `text`.
  func begins(_ text: StaticString, in range: Range<Int>) -> Bool {
    range.count >= text.utf8CodeUnitCount
      && text.withUTF8Buffer { bytes[range].starts(with: $0) }
  }
}
