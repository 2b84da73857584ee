import GenOpsMetering
import GenOpsTestSupport
import GenOpsUnits
import Testing

@testable import GenOpsIngestion

/// A file cut or flipped anywhere is read or refused with a finding: never fatal, nothing silent.
struct `Damaged files` {
  static let eventFiles: [String] =
    ["events.jsonl", "events.jsonl.gz", "events.jsonl.zst", "events.jsonl.br", "two-members.gz"]
    .map { "packed/\($0)" } + [
      "posthog-clients/10_pageview.json", "posthog-clients/30_gzip.json",
      "posthog-clients/32_burst_1000_default.json",
      "posthog-clients/58_v1_partial_retry_and_drop.json",
    ]

  @Test(arguments: eventFiles)
  func `of events lose no line without counting it`(path: String) throws {
    let whole = try SampleFiles.bytes(path)
    var damage = Damage(seed: 42)
    for _ in 0..<60 {
      let bytes = damage.applied(to: whole)
      let stream = try EventReader(bytes, name: "damaged")
      var events = 0
      while try stream.next() != nil { events += 1 }
      let tally = stream.tally
      #expect(tally.events == events)
      #expect(tally.read == tally.events + tally.malformed)
      let explained = tally.malformed > 0 || !stream.findings.all.isEmpty
      if path == "packed/events.jsonl" {
        let lines = bytes.split(separator: UInt8(ascii: "\n")).count { line in
          line.contains { $0 > 32 }
        }
        #expect(tally.read == lines || explained)
        #expect(tally.read >= min(lines, 1))
      } else if path.hasPrefix("packed/"), events < 60 {
        #expect(explained, "\(events) of 60 events and not a word")
      }
    }
  }

  private static let event =
    #"{"event":"a","distinct_id":"u","timestamp":"2027-02-14T10:00:00Z"}"#

  /// By number: a test's name cannot hold a zero byte.
  private static let zeros = [
    "\0\0\0", "\0", " \0 ", "\u{1}\u{2}", String(repeating: "\0", count: 900),
  ]

  @Test(arguments: zeros.indices)
  func `A line of zero bytes is a record that was lost`(number: Int) throws {
    for isLight in [true, false] {
      let bytes = Array("\(Self.event)\n\(Self.zeros[number])\n\n \t\n\(Self.event)\n".utf8)
      let reader = try EventReader(FileChunks(bytes, name: "f"), name: "f", isLight: isLight)
      #expect(try reader.rest().count == 2)
      // Blank lines are nothing.
      #expect(reader.tally.malformedByReason.map(\.count) == [1])
      #expect(reader.tally.malformedByReason.map(\.reason) == [.notJSON])
      #expect(reader.tally.read == 3)
    }
  }

  @Test func `A row of a table that is not UTF-8 is malformed`() throws {
    var bytes = Array("event,distinct_id,timestamp\na,u,2027-02-14T10:00:00Z\na,u".utf8)
    bytes += [0xE9]
    bytes += Array(",2027-02-14T10:00:00Z\na,\u{E9},2027-02-14T10:00:00Z\n".utf8)
    let reader = try EventReader(bytes, name: "f.csv")
    #expect(try reader.rest().map(\.event.distinctID) == ["u", "\u{E9}"])
    #expect(reader.tally.malformedByReason.map(\.reason) == [.notText])
    #expect(reader.findings.all.first { $0.code == "event-malformed" }?.location?.line == 3)
  }
}
