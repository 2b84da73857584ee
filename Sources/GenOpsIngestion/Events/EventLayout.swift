import GenOpsUnits

/// How the records of a file are laid out, found from its beginning.
enum EventLayout {
  /// Reads the records of the file that `chunks` are of.
  ///
  /// `isLight` as for ``LineRecords``.
  static func records(
    of chunks: FileChunks, name: String, kinds: RecordKinds, isLight: Bool = false
  ) throws(FindingsError) -> any RecordSource {
    let window = FileWindow(chunks, name: name)
    _ = try window.grow()
    let head = window.unused.drop { $0 <= 32 || [0xEF, 0xBB, 0xBF].contains($0) }
    func lines() -> any RecordSource {
      LineRecords(
        FileLines(chunks, head: Array(window.unused)), name: name, kinds: kinds, isLight: isLight)
    }
    guard let first = head.first else { return lines() }
    if isJSON(first) {
      let end = head.firstIndex(of: UInt8(ascii: "\n"))
      let line = end.map { head[..<$0] } ?? head
      let isWhole = end != nil || window.isLast
      if isWhole, (try? JSONParser.parseStream(line, file: name)) != nil { return lines() }
      return goesOn(head, isLast: window.isLast) ? JSONRecords(window, kinds: kinds) : lines()
    }
    // A line of JSON behind one that is not is a damaged recording and no table.
    let rows = head.split(separator: UInt8(ascii: "\n"), maxSplits: 20)
    let isTable =
      !rows.prefix(20).contains { $0.first.map(isJSON) == true } && kinds.takes(EventTable.self)
    if isTable, let table = try TableRecords(window, named: kinds.named) { return table }
    return lines()
  }

  private static func isJSON(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "{") || byte == UInt8(ascii: "[")
  }

  /// Whether a first line that is not a complete value continues on the lines after it. Where it is damaged
  /// instead, what is wrong is on it or at the beginning of the next one.
  private static func goesOn(_ head: ArraySlice<UInt8>, isLast: Bool) -> Bool {
    let place = SourceLocation(file: "", line: 1, column: 1)
    let (front, _, next) = JSONParser.front(of: head, at: place, isLast: isLast)
    if case .wrong(let finding) = front { return (finding.location ?? next).line > 2 }
    return true
  }
}
