/// Reads JSON (RFC 8259) into ``Node``s with line and column.
///
/// Strict: no comments, trailing commas or NaN. Numbers keep their text. Nesting beyond
/// ``maximumDepth`` is an error, so that a hostile file cannot exhaust the stack, and so are more than
/// ``maximumValues`` values: one of a single digit takes a hundred bytes of memory.
public struct JSONParser {
  public static let maximumDepth = 128
  public static let maximumValues = 4_000_000

  let bytes: UnsafeBufferPointer<UInt8>
  private let file: String
  var position = 0
  /// How many more values may come: each takes many times the memory of its text.
  var valuesLeft = maximumValues
  private var line = 1
  private var lineStart = 0

  /// The one value in `bytes`.
  public static func parse(_ bytes: some Collection<UInt8>, file: String) throws(FindingsError)
    -> Node
  {
    let nodes = try parseStream(bytes, file: file)
    guard nodes.count == 1 else {
      throw FindingsError(
        "json",
        nodes.isEmpty ? "the file holds no JSON value" : "there is more than one JSON value",
        help: "write exactly one", at: SourceLocation(file: file, line: 1, column: 1))
    }
    return nodes[0]
  }

  /// The values in `bytes`, one after the other, as `curl … >> file` leaves them. The bytes begin on
  /// `line` of the file, and hold at most `mostValues`, at any depth.
  public static func parseStream(
    _ bytes: some Collection<UInt8>, file: String, line: Int = 1, mostValues: Int = maximumValues
  ) throws(FindingsError) -> [Node] {
    let result = ContiguousArray(bytes).withUnsafeBufferPointer {
      buffer -> Result<[Node], FindingsError> in
      var parser = JSONParser(
        bytes: buffer, at: SourceLocation(file: file, line: line, column: 1))
      parser.valuesLeft = mostValues
      if buffer.starts(with: [0xEF, 0xBB, 0xBF]) { parser.position = 3 }
      do throws(FindingsError) {
        var nodes: [Node] = []
        parser.skipSpace()
        while parser.position < buffer.count {
          nodes.append(try parser.value(depth: 0))
          parser.skipSpace()
        }
        return .success(nodes)
      } catch { return .failure(error) }
    }
    return try result.get()
  }

  /// `bytes` begin at `place` of a file and lie in memory while the parser is used.
  init(bytes: UnsafeBufferPointer<UInt8>, at place: SourceLocation) {
    self.bytes = bytes
    file = place.file
    line = place.line
    lineStart = 1 - place.column
  }

  var location: SourceLocation {
    SourceLocation(file: file, line: line, column: position - lineStart + 1)
  }

  func fail(_ message: String, help: String? = nil) -> FindingsError {
    FindingsError("json", message, help: help, at: location)
  }

  var byte: UInt8? { position < bytes.count ? bytes[position] : nil }

  mutating func skipSpace() {
    while position < bytes.count {
      switch bytes[position] {
      case UInt8(ascii: "\n"):
        position += 1
        line += 1
        lineStart = position
      case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"): position += 1
      default: return
      }
    }
  }

  mutating func value(depth: Int) throws(FindingsError) -> Node {
    let start = location
    valuesLeft -= 1
    if valuesLeft < 0 { throw fail("there are too many values", help: "split the file") }
    switch byte {
    case UInt8(ascii: "{"): return Node(.mapping(try object(depth: depth)), at: start)
    case UInt8(ascii: "["): return Node(.sequence(try array(depth: depth)), at: start)
    case UInt8(ascii: "\""): return Node(.scalar(text: try string(), quoted: true), at: start)
    case nil: throw fail("the file ends inside a value", help: "is it cut off?")
    default: return Node(.scalar(text: try literal(), quoted: false), at: start)
    }
  }

  private func checkDepth(_ depth: Int) throws(FindingsError) {
    if depth >= JSONParser.maximumDepth {
      throw fail("values are nested more than \(JSONParser.maximumDepth) deep")
    }
  }

  private mutating func object(depth: Int) throws(FindingsError) -> [Node.Entry] {
    try checkDepth(depth)
    position += 1
    var entries: [Node.Entry] = []
    skipSpace()
    if byte == UInt8(ascii: "}") {
      position += 1
      return entries
    }
    while true {
      let (key, keyLocation) = try key()
      entries.append(
        Node.Entry(key: key, keyLocation: keyLocation, value: try value(depth: depth + 1)))
      skipSpace()
      if byte == UInt8(ascii: ",") { position += 1 } else { break }
    }
    guard byte == UInt8(ascii: "}") else { throw fail("',' or '}' belongs here") }
    position += 1
    return entries
  }

  /// A key and the colon behind it, up to its value.
  mutating func key() throws(FindingsError) -> (String, SourceLocation) {
    skipSpace()
    guard byte == UInt8(ascii: "\"") else { throw fail("a key in double quotes belongs here") }
    let keyLocation = location
    let key = try string()
    skipSpace()
    guard byte == UInt8(ascii: ":") else { throw fail("':' belongs after the key \"\(key)\"") }
    position += 1
    skipSpace()
    return (key, keyLocation)
  }

  private mutating func array(depth: Int) throws(FindingsError) -> [Node] {
    try checkDepth(depth)
    position += 1
    var items: [Node] = []
    skipSpace()
    if byte == UInt8(ascii: "]") {
      position += 1
      return items
    }
    while true {
      skipSpace()
      items.append(try value(depth: depth + 1))
      skipSpace()
      if byte == UInt8(ascii: ",") { position += 1 } else { break }
    }
    guard byte == UInt8(ascii: "]") else { throw fail("',' or ']' belongs here") }
    position += 1
    return items
  }

  private mutating func literal() throws(FindingsError) -> String {
    let start = position
    let at = location
    while let byte, !isDelimiter(byte) { position += 1 }
    let text = String(decoding: bytes[start..<position], as: UTF8.self)
    if ["true", "false", "null"].contains(text) || isJSONNumber(text) { return text }
    throw FindingsError(
      "json", text.isEmpty ? "a value belongs here" : "'\(text.prefix(40))' is not a JSON value",
      help: "text needs double quotes", at: at)
  }

  private func isDelimiter(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"), UInt8(ascii: "\n"),
      UInt8(ascii: ","), UInt8(ascii: "]"), UInt8(ascii: "}"), UInt8(ascii: ":"),
      UInt8(ascii: "\""), UInt8(ascii: "{"), UInt8(ascii: "["):
      true
    default: false
    }
  }

  private mutating func string() throws(FindingsError) -> String {
    position += 1
    let start = position
    while let byte, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\"), byte >= 0x20 {
      position += 1
    }
    if byte == UInt8(ascii: "\"") {
      defer { position += 1 }
      return try text(bytes[start..<position])
    }
    var out = Array(bytes[start..<position])
    while true {
      switch byte {
      case UInt8(ascii: "\""):
        position += 1
        return try text(out)
      case UInt8(ascii: "\\"): try escape(into: &out)
      case nil: throw fail("the text is not closed", help: "add the closing double quote")
      case .some(let byte) where byte < 0x20:
        throw fail("a control character stands in a text", help: "write it as \\u00XX")
      case .some(let byte):
        out.append(byte)
        position += 1
      }
    }
  }

  private func text(_ slice: some Collection<UInt8>) throws(FindingsError) -> String {
    guard let text = String(validating: slice, as: UTF8.self) else {
      throw fail("the text is not valid UTF-8")
    }
    return text
  }

  private mutating func escape(into out: inout [UInt8]) throws(FindingsError) {
    position += 1
    guard let kind = byte else { throw fail("the text is not closed") }
    position += 1
    switch kind {
    case UInt8(ascii: "n"): out.append(10)
    case UInt8(ascii: "t"): out.append(9)
    case UInt8(ascii: "r"): out.append(13)
    case UInt8(ascii: "b"): out.append(8)
    case UInt8(ascii: "f"): out.append(12)
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): out.append(kind)
    case UInt8(ascii: "u"):
      var code = try hex4()
      if (0xD800..<0xDC00).contains(code), byte == UInt8(ascii: "\\"),
        position + 1 < bytes.count, bytes[position + 1] == UInt8(ascii: "u")
      {
        position += 2
        let low = try hex4()
        guard (0xDC00..<0xE000).contains(low) else { throw fail("half of a surrogate pair") }
        code = 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00)
      }
      guard let scalar = Unicode.Scalar(code) else { throw fail("half of a surrogate pair") }
      out.append(contentsOf: UTF8.encode(scalar).map { Array($0) } ?? [])
    default: throw fail("'\\\(Character(Unicode.Scalar(kind)))' is not a JSON escape")
    }
  }

  private mutating func hex4() throws(FindingsError) -> UInt32 {
    var value: UInt32 = 0
    for _ in 0..<4 {
      guard let byte, let digit = Character(Unicode.Scalar(byte)).hexDigitValue else {
        throw fail("four hex digits belong after \\u")
      }
      value = value << 4 | UInt32(digit)
      position += 1
    }
    return value
  }
}

/// Whether `text` is a number by RFC 8259's grammar.
func isJSONNumber(_ text: String) -> Bool {
  var bytes = text.utf8[...]
  func digits() -> Bool {
    let count = bytes.prefix { (48...57).contains($0) }.count
    bytes = bytes.dropFirst(count)
    return count > 0
  }
  if bytes.first == UInt8(ascii: "-") { bytes = bytes.dropFirst() }
  if bytes.first == UInt8(ascii: "0") {
    bytes = bytes.dropFirst()
  } else if !digits() {
    return false
  }
  if bytes.first == UInt8(ascii: ".") {
    bytes = bytes.dropFirst()
    if !digits() { return false }
  }
  if bytes.first == UInt8(ascii: "e") || bytes.first == UInt8(ascii: "E") {
    bytes = bytes.dropFirst()
    if bytes.first == UInt8(ascii: "+") || bytes.first == UInt8(ascii: "-") {
      bytes = bytes.dropFirst()
    }
    if !digits() { return false }
  }
  return bytes.isEmpty
}
