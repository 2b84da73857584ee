import GenOpsMetering
import GenOpsTestSupport
import GenOpsUnits
import Testing

@testable import GenOpsIngestion

/// A file whose lines are scanned gives the events, counts and findings of one whose lines are all parsed.
@Suite("Scanned files")
struct ScannedFileTests {
  private struct Content: Equatable {
    var events: [UsageEvent] = []
    var lines: [Int] = []
    var malformed: [String] = []
  }

  private let kinds = RecordKinds(kinds: EventSources.registry.entries.map(\.kind))

  /// What the lines hold, read in pieces of `size` bytes; `isScanned` says whether any was scanned.
  private func content(_ bytes: [UInt8], pieces size: Int, isLight: Bool) throws -> (
    Content, isScanned: Bool
  ) {
    let lines = LineRecords(
      FileLines(FileChunks(bytes, name: "f", pieces: size)), name: "f", kinds: kinds,
      isLight: isLight)
    var content = Content()
    var isScanned = false
    while true {
      if let event = try lines.scanned() {
        isScanned = true
        content.events.append(event.event)
        content.lines.append(event.line)
        continue
      }
      guard let elements = try lines.next() else { return (content, isScanned) }
      for element in elements {
        switch element {
        case .event(let event, _):
          content.events.append(Recording.lightened(event.event))
          content.lines.append(event.line)
        case .malformed(let reason, let place, let detail):
          content.malformed.append("\(place): \(reason) \(detail ?? "")")
        case .page, .remark: continue
        }
      }
    }
  }

  @Test func `are the same in pieces of every size`() throws {
    let lines =
      try Array(SampleFiles.lines("packed/events.jsonl").prefix(3))
      + [
        "", ScannerContractTests.mixed, #"{"event":"cut","distinct_id":"#, "\u{FEFF}  ",
        "not JSON\r",
        #"{"event":"a","distinct_id":"b","timestamp":"2027-02-14T10:00:00Z"}{"event":"c","distinct_id":"d","timestamp":"2027-02-14T10:00:00Z"}"#,
        #"{"event":"last","distinct_id":"b","timestamp":"2027-02-14T10:00:00Z","properties":{"alias":17}}"#,
      ]
    for end in ["\n", "\r\n"] {
      let bytes = Array(lines.joined(separator: end).utf8)
      let (exact, _) = try content(bytes, pieces: .max, isLight: false)
      #expect(exact.events.count == 7 && exact.malformed.count == 2, "\(exact.malformed)")
      for size in 1...bytes.count {
        let (scanned, isScanned) = try content(bytes, pieces: size, isLight: true)
        #expect(scanned == exact && isScanned, "pieces of \(size)")
      }
    }
  }

  @Test func `are the same as parsed ones, events, counts and findings`() throws {
    var documents: [UInt8] = []
    for seed in 0..<2000 {
      var document = ScannedDocument(seed)
      documents += document.line() + [UInt8(ascii: "\n")]
    }
    // The first line decides how a file is laid out.
    let first =
      Array(#"{"event":"a","distinct_id":"b","timestamp":"2027-02-14T10:00:00Z"}"#.utf8) + [10]
    for bytes in [try SampleFiles.bytes("packed/events.jsonl"), first + documents] {
      let exact = try EventReader(bytes, name: "f")
      let scanned = try EventReader(
        FileChunks(bytes, name: "f", pieces: 4096), name: "f", isLight: true)
      while let event = try exact.next() {
        let other = try scanned.next()
        #expect(other?.event == Recording.lightened(event.event))
        #expect(other?.line == event.line)
      }
      #expect(try scanned.next() == nil)
      #expect(scanned.tally == exact.tally)
      #expect(scanned.findings.all == exact.findings.all)
    }
  }

  @Test func `stop at the same malformed line`() throws {
    let good = #"{"event":"a","distinct_id":"b","timestamp":"2027-02-14T10:00:00Z"}"#
    let bytes = Array(
      [good, good, "{\"event\":", good, "{\"x\":\"\\q\"}", good].joined(separator: "\n").utf8)
    let chunks = FileChunks(bytes, name: "f")
    let reader = try EventReader(chunks, name: "f", maxErrors: 1, isLight: true)
    let error = #expect(throws: FindingsError.self) { while try reader.next() != nil {} }
    #expect(
      error?.findings.all.first?.location == SourceLocation(file: "f", line: 5, column: 1)
        || error?.findings.all.first?.location?.line == 5)
    #expect(reader.tally.events == 3)
  }
}
