import GenOpsUnits
import Testing

@testable import GenOpsTraffic

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
    var damage = Damage(state: 42)
    for _ in 0..<60 {
      let bytes = damage.applied(to: whole)
      let stream = try EventStream(bytes, name: "damaged")
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

  @Test func `of a history or a bill are read or refused`() throws {
    let usage = try SampleFiles.scenario("billing/usage.csv")
    let bill = try SampleFiles.scenario("billing/billing.json")
    let pages = Array(try SampleFiles.scenario("data/wikipedia_page_views.csv").prefix(3000))
    // Two short rows keep the damage dense.
    let short = Array(
      "Product,Project,Project ID,2027-02-01,2027-02-02\nEvents,\"Web, shop\",1,100,2e2\n".utf8)
    var damage = Damage(state: 7)
    for _ in 0..<300 {
      _ = UsageHistory.read(damage.applied(to: short), name: "usage.csv")
      _ = UsageHistory.read(damage.applied(to: pages), name: "pages.csv")
    }
    for _ in 0..<6 {
      let cut = damage.applied(to: usage)
      let history = UsageHistory.read(cut, name: "usage.csv")
      #expect(!history.series.isEmpty || !history.findings.all.isEmpty)
    }
    for _ in 0..<60 {
      let statement = BillingStatement.read(damage.applied(to: bill), name: "billing.json")
      #expect(statement.current != nil || !statement.findings.all.isEmpty)
    }
  }
}
