import GenOpsUnits

/// A record on each line.
final class LineRecords: RecordSource {
  private let lines: FileLines
  private let name: String
  private let kinds: RecordKinds
  /// Nil where the lines are not looked at for events of a batch export first.
  private var scanner: EventScanner?
  /// The line that the scanner left to the exact parser.
  private var left: FileLines.Line?

  /// `isLight` says that no properties are wanted but those of ``Recording/lightened(_:)``.
  init(_ lines: FileLines, name: String, kinds: RecordKinds, isLight: Bool) {
    self.lines = lines
    self.name = name
    self.kinds = kinds
    if isLight, kinds.triesBatchExportFirst { scanner = EventScanner() }
  }

  /// The event on the next line, when the scanner can tell without the exact parser. Nil leaves the line
  /// to ``next()``.
  func scanned() throws(FindingsError) -> RecordedEvent? {
    guard scanner != nil, left == nil, let line = try lines.next() else { return nil }
    if line.isTooLong {
      left = line
      return nil
    }
    let event = line.bytes.withUnsafeBufferPointer { bytes -> RecordedEvent? in
      guard scanner?.scan(bytes) == .object else { return nil }
      return scanner?.event(in: bytes, number: line.number)
    }
    if event == nil { left = line }
    return event
  }

  /// Whether whole blocks of lines may be scanned.
  var isScanned: Bool { scanner != nil }

  /// The next lines together; see ``FileLines/block(of:)``.
  func block(of size: Int) throws(FindingsError) -> LineBlock? { try lines.block(of: size) }

  func next() throws(FindingsError) -> [RecordedElement]? {
    let next = left == nil ? try lines.next() : left
    guard let line = next else { return nil }
    // The lines are read into one place, which must not be copied for one that is done with.
    left = nil
    return elements(of: line)
  }

  /// What a line holds, by the exact parser.
  func elements(of line: FileLines.Line) -> [RecordedElement] {
    let place = SourceLocation(file: name, line: line.number, column: 1)
    if line.isTooLong { return [.malformed(.tooLong, at: place)] }
    // Of zero bytes, as a disk leaves them behind a crash, is a record that was lost.
    if line.bytes.allSatisfy({ $0 == 32 || (9...13).contains($0) }) { return [] }
    do throws(FindingsError) {
      let records = try JSONParser.parseStream(
        line.bytes, file: name, line: line.number, mostValues: FileWindow.mostValues)
      return records.count == 1
        ? kinds.elements(of: records[0]) : records.flatMap { kinds.elements(of: $0) }
    } catch {
      return [
        .malformed(
          .notJSON, at: error.findings.all.first?.location ?? place,
          detail: error.findings.all.first?.message)
      ]
    }
  }
}
