import GenOpsUnits

/// Walks over one JSON object whose quotes are known, checks every byte outside its texts, and notes
/// where the values of known keys stand.
///
/// It reads at `position` only bytes before `end`: the last byte is a `}` outside all texts, so whatever
/// is read ends there at the latest, and behind a `}` it is asked whether anything follows.
struct JSONWalk {
  let bytes: UnsafePointer<UInt8>
  /// The places of the quotes, two to a text.
  private let quotes: UnsafePointer<UInt32>
  private let end: Int
  let fields: UnsafeMutablePointer<ScannedField>
  let hasEscapes: Bool
  var position: Int
  private var quote = 0
  /// By slot, whether a value was noted.
  var seen: UInt64 = 0
  /// Whether something is there that the fields do not tell: a key twice, a key with escapes.
  var isUnclear = false
  /// Whether a value is of a kind that ``EventScanner/event(in:number:)`` leaves to the exact parser.
  private(set) var isUnusual = false
  /// Whether `$groups` names a group.
  private(set) var namesGroup = false
  private var valuesLeft: Int
  private let mostDepth = JSONParser.maximumDepth

  /// `end` is behind the last byte that is not a space, a `}`; `start` is at a `{`. The line has an even
  /// number of quotes.
  init(
    _ bytes: UnsafePointer<UInt8>, from start: Int, to end: Int, quotes: UnsafePointer<UInt32>,
    fields: UnsafeMutablePointer<ScannedField>, hasEscapes: Bool, mostValues: Int
  ) {
    self.bytes = bytes
    self.quotes = quotes
    self.end = end
    self.fields = fields
    self.hasEscapes = hasEscapes
    position = start
    valuesLeft = mostValues
  }

  /// Whether the line was walked to its end.
  var isAtEnd: Bool { position == end }

  @inline(__always)
  var byte: UInt8 { bytes[position] }

  @inline(__always)
  private mutating func skipSpace() {
    while byte <= 32, byte == 32 || byte == 10 || byte == 13 || byte == 9 { position &+= 1 }
  }

  /// A text; the content is what stands between its quotes.
  @inline(__always)
  private mutating func text() -> (start: Int, end: Int) {
    let start = position &+ 1
    let end = Int(quotes[quote &+ 1])
    quote &+= 2
    position = end &+ 1
    return (start, end)
  }

  /// A key with the colon behind it, up to its value; nil when that is not what stands there.
  @inline(__always)
  private mutating func key() -> (start: Int, end: Int)? {
    guard byte == UInt8(ascii: "\"") else { return nil }
    let key = text()
    if byte != UInt8(ascii: ":") {
      skipSpace()
      guard byte == UInt8(ascii: ":") else { return nil }
    }
    position &+= 1
    if byte <= 32 { skipSpace() }
    return key
  }

  private enum Follow { case another, end, wrong }

  /// What stands behind a value: a comma and the next member or item, or the end of the container.
  @inline(__always)
  private mutating func follow(_ close: UInt8) -> Follow {
    if byte <= 32 { skipSpace() }
    if byte == UInt8(ascii: ",") {
      position &+= 1
      if byte <= 32 { skipSpace() }
      return .another
    }
    guard byte == close else { return .wrong }
    position &+= 1
    return .end
  }

  /// The object at `position`, whose known keys are noted. The properties of the event are read with
  /// `inner`.
  mutating func object(
    _ keys: borrowing KeyTable, inner: borrowing KeyTable, depth: Int
  ) -> Bool {
    position &+= 1
    skipSpace()
    if byte == UInt8(ascii: "}") { return close(depth) }
    while true {
      guard let key = key() else { return false }
      if hasEscapes, holdsEscape(key) { isUnclear = true }
      let slot = keys.slot(of: bytes + key.start, count: key.end &- key.start)
      if slot == KeyTable.none {
        guard skipValue(depth: depth &+ 1) else { return false }
      } else {
        guard note(Int(slot), inner, depth: depth &+ 1) else { return false }
      }
      switch follow(UInt8(ascii: "}")) {
      case .another: continue
      case .end: return depth == 0 || position < end
      case .wrong: return false
      }
    }
  }

  @inline(__always)
  private mutating func close(_ depth: Int) -> Bool {
    position &+= 1
    return depth == 0 || position < end
  }

  private func holdsEscape(_ text: (start: Int, end: Int)) -> Bool {
    var place = text.start
    while place < text.end {
      if bytes[place] == UInt8(ascii: "\\") { return true }
      place &+= 1
    }
    return false
  }

  /// Walks over the value of a known key and notes it.
  private mutating func note(_ slot: Int, _ inner: borrowing KeyTable, depth: Int) -> Bool {
    let bit: UInt64 = 1 << UInt64(truncatingIfNeeded: slot)
    if seen & bit != 0 { isUnclear = true }
    seen |= bit
    var field = ScannedField()
    var start = position
    let kind: ScannedField.Kind
    var stop: Int
    switch byte {
    case UInt8(ascii: "\""):
      valuesLeft &-= 1
      (start, stop) = text()
      kind = .string
    case UInt8(ascii: "{") where slot == EventField.properties:
      guard enter() else { return false }
      guard object(inner, inner: inner, depth: depth) else { return false }
      (kind, stop) = (.object, position)
    case UInt8(ascii: "{") where slot == EventField.groups:
      guard enter(), groups(depth: depth) else { return false }
      (kind, stop) = (.object, position)
    case UInt8(ascii: "{"):
      guard skipValue(depth: depth) else { return false }
      (kind, stop) = (.object, position)
    case UInt8(ascii: "["):
      guard skipValue(depth: depth) else { return false }
      (kind, stop) = (.array, position)
    case UInt8(ascii: "t"):
      guard skipValue(depth: depth) else { return false }
      (kind, stop) = (.yes, position)
    case UInt8(ascii: "f"):
      guard skipValue(depth: depth) else { return false }
      (kind, stop) = (.no, position)
    case UInt8(ascii: "n"):
      guard skipValue(depth: depth) else { return false }
      (kind, stop) = (.null, position)
    default:
      guard skipValue(depth: depth) else { return false }
      (kind, stop) = (.number, position)
    }
    field.kind = kind
    if EventField.unusual(kind) & bit != 0 { isUnusual = true }
    // A line is at most as long as a window, far below 2³².
    field.start = UInt32(truncatingIfNeeded: start)
    field.end = UInt32(truncatingIfNeeded: stop)
    fields[slot] = field
    return true
  }

  /// Counts a container; false when there are too many values.
  @inline(__always)
  private mutating func enter() -> Bool {
    valuesLeft &-= 1
    return valuesLeft >= 0
  }

  /// `$groups`: whether a group is named, by a value that is neither null nor an empty text.
  private mutating func groups(depth: Int) -> Bool {
    position &+= 1
    skipSpace()
    if byte == UInt8(ascii: "}") { return close(depth) }
    while true {
      guard key() != nil else { return false }
      let start = position
      let first = byte
      guard skipValue(depth: depth &+ 1) else { return false }
      let isEmpty = first == UInt8(ascii: "\"") && position == start &+ 2
      if first != UInt8(ascii: "n"), !isEmpty { namesGroup = true }
      switch follow(UInt8(ascii: "}")) {
      case .another: continue
      case .end: return position < end
      case .wrong: return false
      }
    }
  }

  /// Walks over any value.
  @inline(__always)
  private mutating func skipValue(depth: Int) -> Bool {
    if byte == UInt8(ascii: "\"") {
      valuesLeft &-= 1
      quote &+= 2
      position = Int(quotes[quote &- 1]) &+ 1
      return true
    }
    return skipOther(depth: depth)
  }

  private mutating func skipOther(depth: Int) -> Bool {
    valuesLeft &-= 1
    switch byte {
    case UInt8(ascii: "{"): return skipObject(depth: depth)
    case UInt8(ascii: "["): return skipArray(depth: depth)
    case UInt8(ascii: "t"): return word(0x65_75_72_74)
    case UInt8(ascii: "f"):
      position &+= 1
      return word(0x65_73_6C_61)
    case UInt8(ascii: "n"): return word(0x6C_6C_75_6E)
    default: return number()
    }
  }

  private mutating func skipObject(depth: Int) -> Bool {
    guard valuesLeft >= 0, depth < mostDepth else { return false }
    position &+= 1
    skipSpace()
    if byte == UInt8(ascii: "}") { return close(depth) }
    while true {
      guard key() != nil, skipValue(depth: depth &+ 1) else { return false }
      switch follow(UInt8(ascii: "}")) {
      case .another: continue
      case .end: return position < end
      case .wrong: return false
      }
    }
  }

  private mutating func skipArray(depth: Int) -> Bool {
    guard valuesLeft >= 0, depth < mostDepth else { return false }
    position &+= 1
    skipSpace()
    if byte == UInt8(ascii: "]") { return close(depth) }
    while true {
      guard skipValue(depth: depth &+ 1) else { return false }
      switch follow(UInt8(ascii: "]")) {
      case .another: continue
      case .end: return position < end
      case .wrong: return false
      }
    }
  }

  /// Whether no more values came than are taken.
  var isWithinLimit: Bool { valuesLeft >= 0 }
}
