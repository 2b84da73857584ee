import GenOpsUnits

/// A record on each line.
final class LineRecords: RecordSource {
  private let lines: FileLines
  private let name: String
  private let kinds: RecordKinds

  init(_ lines: FileLines, name: String, kinds: RecordKinds) {
    self.lines = lines
    self.name = name
    self.kinds = kinds
  }

  func next() throws(FindingsError) -> [RecordedElement]? {
    guard let line = try lines.next() else { return nil }
    let place = SourceLocation(file: name, line: line.number, column: 1)
    if line.isTooLong { return [.malformed(.tooLong, at: place)] }
    if line.bytes.allSatisfy({ $0 <= 32 }) { return [] }
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
