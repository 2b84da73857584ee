import GenOpsCosting
import GenOpsMetering
import GenOpsTestSupport
import GenOpsUnits
import Testing

@Suite("What changed between two books, and what a book does at its edges")
struct BookDiffTests {
  private func book(_ rates: String, addOns: String = "", terms: String = "{}") throws -> PriceBook
  {
    var findings = Findings()
    return try PriceBook(
      json: Array(
        """
        {"id": "b", "currency": "USD", "source": "a test", "retrieved": "2027-01-04",
         "rates": [\(rates)], "add_ons": [\(addOns)], "terms": \(terms)}
        """.utf8), file: "book.json", &findings)
  }

  private func changes(_ old: String, _ new: String) throws -> [String] {
    BookDiff(from: try book(old), to: try book(new)).tiers.map { change in
      let end = change.to == .max ? "…" : "\(change.to)"
      return
        "\(change.meter.id) \(change.tier) \(change.from)-\(end): \(change.old) -> \(change.new)"
    }
  }

  private func tiers(_ list: String) -> String {
    #"{"meter": "events", "model": "graduated", "tiers": [\#(list)]}"#
  }

  @Test("the same book has no changes, and every other pair of built-in books has some")
  func builtIn() {
    let books = PriceBooks.builtIn.entries.map(\.kind)
    for a in books {
      for b in books { #expect(BookDiff(from: a, to: b).isEmpty == (a.id == b.id)) }
    }
  }

  @Test("a price, a bound, a free allotment and a flat part are told tier by tier")
  func tierByTier() throws {
    let old = tiers(#"{"up_to": 10, "price": "0"}, {"up_to": 20, "price": "2"}, {"price": "1"}"#)
    #expect(
      try changes(
        old, tiers(#"{"up_to": 10, "price": "0"}, {"up_to": 20, "price": "3"}, {"price": "1"}"#))
        == ["events 2 11-20: 2.00 -> 3.00"])
    #expect(
      try changes(
        old, tiers(#"{"up_to": 5, "price": "0"}, {"up_to": 25, "price": "2"}, {"price": "1"}"#))
        == ["events 2 6-10: 0.00 -> 2.00", "events 2 21-25: 1.00 -> 2.00"])
    #expect(
      try changes(
        old,
        tiers(
          #"{"up_to": 10, "price": "0"}, {"up_to": 20, "price": "2", "flat": "7"}, {"price": "1"}"#)
      )
        == ["events 2 11-20: 2.00 -> 2.00 + 7.00 once"])
    #expect(
      try changes(old, tiers(#"{"up_to": 10, "price": "0"}, {"price": "unknown"}"#)) == [
        "events 2 11-20: 2.00 -> unknown", "events 2 21-…: 1.00 -> unknown",
      ])
    let package = #"{"meter": "events", "model": "package", "size": 1000, "price": "5"}"#
    #expect(
      try changes(#"{"meter": "events", "model": "per-unit", "price": "0.005"}"#, package).first
        == "events 1 1-…: 0.005 -> 5.00 per 1,000")
  }

  @Test("a meter that begins to be metered, an add-on and terms")
  func others() throws {
    let flags = #"{"meter": "flags", "model": "per-unit", "price": "1"}"#
    let events = #"{"meter": "events", "model": "per-unit", "price": "1"}"#
    let old = try book(events, addOns: #"{"id": "boost", "price": "250"}"#)
    let new = try book(
      events + "," + flags,
      addOns: #"{"id": "boost", "price": "199"}, {"id": "scale", "price": "9"}"#,
      terms: #"{"discount": "5%"}"#)
    let diff = BookDiff(from: old, to: new)
    #expect(diff.tiers.map(\.meter) == [.featureFlagRequests])
    #expect(diff.tiers.first?.old == .unknown && diff.tiers.first?.place?.line == 2)
    #expect(diff.addOns.map(\.id) == ["boost", "scale"] && diff.addOns[1].old == nil)
    #expect(diff.termsDiffer)
  }

  @Test("a table is probed around every bound, and its cliffs are found with their ends")
  func probes() throws {
    let volume = try book(
      #"{"meter": "events", "model": "volume", "tiers": [{"up_to": 100, "price": "1"}, {"price": "0.8"}]}"#
    )
    let table = try #require(volume.rate(of: .events)?.table)
    #expect(table.probePoints == [0, 1, 99, 100, 101, 1_000_000])
    let cliff = try #require(table.cliffEdges.first)
    #expect(cliff.units == 100 && cliff.before == Money(units: 100))
    #expect(cliff.after.description == "80.80" && cliff.recovers == 125)
    #expect(table.cliffEdges.count == 1)
    let package = RateTable([.init(upTo: .max, origin: 0, base: 0, unit: 5, step: 1000)])
    #expect(package.after(free: 50).probePoints.contains(1_051))
    for entry in PriceBooks.builtIn.entries {
      for rate in entry.kind.rates {
        #expect(rate.table.cliffEdges.isEmpty)
        let costs = rate.table.probes.compactMap(\.cost)
        #expect(costs == costs.sorted() && !costs.isEmpty)
      }
    }
  }

  @Test("where every cliff ends is where a search unit by unit finds it", arguments: 0..<40)
  func cliffEnds(seed: Int) throws {
    var random = SeededGenerator(seed)
    for rate in try RandomBook(&random, falling: true).book().rates {
      for cliff in rate.table.cliffEdges {
        let found = (cliff.units + 1...cliff.units + 20_000).first {
          rate.table.cost(of: $0).map { $0 >= cliff.before } ?? true
        }
        if let found { #expect(cliff.recovers == found) }
      }
    }
  }
}
