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
}
