/// What stands at the front of bytes of which more may follow: how JSON of any length is read a piece
/// at a time.
package enum JSONFront: Sendable {
  /// A whole value.
  case value(Node)
  /// An object was read up to and with the `[` under the key that was asked for; this stood before.
  case list(after: [Node.Entry])
  /// Nothing is wrong so far, but the bytes end inside the value.
  case incomplete
  /// Not JSON: what is wrong, and where.
  case wrong(Finding)
}

extension JSONParser {
  /// What stands at the front of `bytes`.
  ///
  /// - Parameters:
  ///   - bytes: Without space before the value.
  ///   - place: Where they begin in the file.
  ///   - key: Read an object only up to the list under this key.
  ///   - isLast: Whether nothing follows `bytes`.
  ///   - mostValues: How many values it may hold, at any depth.
  /// - Returns: It, and where the bytes behind it begin, in `bytes` and in the file; for a wrong value
  ///   that is the wrong byte.
  package static func front(
    of bytes: ArraySlice<UInt8>, at place: SourceLocation, openingListUnder key: String? = nil,
    isLast: Bool, mostValues: Int = .max
  ) -> (front: JSONFront, length: Int, next: SourceLocation) {
    bytes.withUnsafeBufferPointer { buffer in
      var parser = JSONParser(bytes: buffer, at: place)
      parser.valuesLeft = mostValues
      var front: JSONFront
      do throws(FindingsError) {
        front = try parser.front(openingListUnder: key)
        // A number that ends with the bytes may have more digits.
        if case .value(let node) = front, case .scalar(_, false) = node.content, !isLast,
          parser.position == buffer.count
        {
          front = .incomplete
        }
      } catch {
        // Half of an escape is the most that is looked at ahead of the position.
        let isCut = parser.position + (isLast ? 0 : 1) >= buffer.count
        front =
          isCut
          ? .incomplete
          : .wrong(error.findings.all.first ?? Finding(.error, "json", "not JSON", at: place))
      }
      return (front, parser.position, parser.location)
    }
  }

  private mutating func front(openingListUnder wanted: String?) throws(FindingsError) -> JSONFront {
    let start = location
    guard let wanted, byte == UInt8(ascii: "{") else { return .value(try value(depth: 0)) }
    position += 1
    var entries: [Node.Entry] = []
    skipSpace()
    if byte != UInt8(ascii: "}") {
      while true {
        let (name, place) = try key()
        if name == wanted, byte == UInt8(ascii: "[") {
          position += 1
          return .list(after: entries)
        }
        entries.append(Node.Entry(key: name, keyLocation: place, value: try value(depth: 1)))
        skipSpace()
        if byte == UInt8(ascii: ",") { position += 1 } else { break }
      }
    }
    guard byte == UInt8(ascii: "}") else { throw fail("',' or '}' belongs here") }
    position += 1
    return .value(Node(.mapping(entries), at: start))
  }
}
