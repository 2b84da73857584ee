import GenOpsCosting
import GenOpsMetering
import GenOpsTestSupport
import GenOpsUnits
import Testing

/// What every registered price model must keep. A new kind is tested by its line in the registry.
@Suite("Contract of price models")
struct PriceModelContractTests {
  /// What a kind makes of `json`, by default its own example.
  private func table(_ model: any PriceModel.Type, _ json: String? = nil) throws -> RateTable {
    var findings = Findings()
    let node = try JSONParser.parse(Array((json ?? model.example).utf8), file: "example.json")
    var keys = MappingReader(node, "a rate", &findings)
    let name = keys.take("model")?.text
    #expect(name == model.name, "the example names its own model")
    let made = model.init(&keys, PriceReader(currency: "USD"), &findings)
    keys.finish(&findings)
    #expect(findings.all.isEmpty)
    return try #require(made?.table)
  }

  /// 0, 1 and the units around every bound.
  private func interesting(_ table: RateTable) -> [Int64] {
    let bounds = table.upTo.filter { $0 < .max }
    return [0, 1, 2] + bounds.flatMap { [$0 - 1, $0, $0 + 1] } + [(bounds.last ?? 1) * 3 + 7]
  }

  @Test("nothing used costs nothing, and nothing is paid back", arguments: PriceModels.all.names)
  func startsAtZero(_ name: String) throws {
    let table = try table(#require(PriceModels.all[name]))
    #expect(table.cost(of: 0) == .zero)
    for units in interesting(table) {
      let cost = try #require(table.cost(of: units))
      #expect(cost >= .zero, "\(units) units")
    }
  }

  /// The kinds under which more may cost less. A new one is named here.
  static let falling: Set<String> = ["volume", "stairstep"]

  /// The kinds whose cost has an end, so that every number of units has one. A new one is named
  /// here.
  static let ending: Set<String> = ["flat-fee", "stairstep"]

  @Test(
    "more never costs less, but for the kinds that declare it", arguments: PriceModels.all.names)
  func monotone(_ name: String) throws {
    let model = try #require(PriceModels.all[name])
    let table = try table(model)
    #expect(model.canFall == Self.falling.contains(name))
    let costs = try interesting(table).sorted().map { try #require(table.cost(of: $0)) }
    let neverFalls = zip(costs, costs.dropFirst()).allSatisfy { $0 <= $1 }
    #expect(costs.count >= 4 && table.isMonotone == neverFalls)
    #expect(table.cliffs.isEmpty == neverFalls)
    if !model.canFall { #expect(neverFalls) }
  }

  @Test("a kind that declares cliffs can have one, and says where")
  func cliffs() throws {
    let models = PriceModels.all.entries.filter { $0.kind.canFall }
    #expect(Set(models.map(\.name)) == Self.falling)
    for entry in models {
      let table = try self.table(
        entry.kind,
        #"{"model": "\#(entry.name)", "tiers": [{"up_to": 1000, "price": "0.10"}, {"price": "0.05"}]}"#
      )
      let (full, next) = (try #require(table.cost(of: 1000)), try #require(table.cost(of: 1001)))
      #expect(next < full && !table.isMonotone, "\(entry.name)")
      #expect(table.cliffs.count == 1, "\(entry.name)")
    }
  }

  @Test("parts of a period sum to the whole", arguments: PriceModels.all.names)
  func additive(_ name: String) throws {
    let table = try table(#require(PriceModels.all[name]))
    let stops = interesting(table).sorted()
    var sum = Money.zero
    for (from, to) in zip(stops, stops.dropFirst()) {
      sum += try #require(table.cost(from: from, to: to))
    }
    #expect(sum == table.cost(of: stops.last ?? 0))
  }

  @Test("a cost beyond money's range is unknown, not wrapped", arguments: PriceModels.all.names)
  func overflow(_ name: String) throws {
    let table = try table(#require(PriceModels.all[name]))
    let dearest = table.cost(of: .max)
    #expect((dearest != nil) == Self.ending.contains(name))
    if dearest != nil {
      #expect(table.cost(of: .max - 1) == dearest)
      return
    }
    // The last number of units whose cost money can hold.
    var (known, unknown) = (Int64(1), Int64.max)
    while unknown - known > 1 {
      let middle = known + (unknown - known) / 2
      if table.cost(of: middle) == nil { unknown = middle } else { known = middle }
    }
    let most = try #require(table.cost(of: known))
    let half = try #require(table.cost(of: known / 2))
    #expect(half > .zero && most > half && most.nanos > .max / 2)
    #expect(table.cost(of: unknown) == nil)
    #expect(table.cost(of: unknown + (.max - unknown) / 2) == nil)
  }

  @Test("the names of the models differ and every one has a summary")
  func names() {
    #expect(Set(PriceModels.all.names).count == PriceModels.all.entries.count)
    #expect(PriceModels.all.entries.allSatisfy { !$0.summary.isEmpty })
  }

  // MARK: Against a loop over single units

  /// Graduated tiers with small bounds, as JSON and as plain numbers.
  private func randomTiers(_ random: inout SeededGenerator) -> (
    json: String, tiers: [(Int64, Int64)]
  ) {
    var tiers: [(Int64, Int64)] = []
    var bound: Int64 = 0
    for _ in 0..<random.below(5) {
      bound += 1 + random.below(40)
      tiers.append((bound, random.below(5000)))
    }
    tiers.append((.max, random.below(5000)))
    let parts = tiers.map { upTo, price in
      let bound = upTo == .max ? "" : #""up_to": \#(upTo), "#
      return #"{\#(bound)"price": "\#(Money(nanos: price))"}"#
    }
    return (#"{"tiers": [\#(parts.joined(separator: ", "))]}"#, tiers)
  }

  @Test("graduated tiers equal a loop that prices unit by unit", arguments: 0..<50)
  func naiveLoop(seed: Int) throws {
    var random = SeededGenerator(seed)
    let (json, tiers) = randomTiers(&random)
    var findings = Findings()
    var keys = MappingReader(
      try JSONParser.parse(Array(json.utf8), file: "tiers.json"), "a rate", &findings)
    let model = GraduatedPrice(&keys, PriceReader(currency: "USD"), &findings)
    let table = try #require(model?.table)
    var total: Int64 = 0
    for unit in 1...Int64(250) {
      total += try #require(tiers.first { unit <= $0.0 }?.1)
      #expect(table.cost(of: unit) == Money(nanos: total))
    }
  }

  @Test("every rate of every built-in book is monotone and starts at nothing")
  func builtIn() {
    for entry in PriceBooks.builtIn.entries {
      for rate in entry.kind.rates {
        #expect(rate.table.isMonotone, "\(entry.name) \(rate.meter.id)")
        #expect(rate.table.cost(of: 0) == .zero)
      }
    }
  }
}
