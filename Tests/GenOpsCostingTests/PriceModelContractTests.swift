import GenOpsCosting
import GenOpsMetering
import GenOpsUnits
import Testing

/// What every registered price model must keep. A new kind is tested by its line in the registry.
@Suite("Contract of price models")
struct PriceModelContractTests {
  private func table(_ model: any PriceModel.Type) throws -> RateTable {
    var findings = Findings()
    let node = try JSONParser.parse(Array(model.example.utf8), file: "example.json")
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

  @Test("more never costs less", arguments: PriceModels.all.names)
  func monotone(_ name: String) throws {
    let model = try #require(PriceModels.all[name])
    let table = try table(model)
    if model.canFall {
      // A kind that declares cliffs shows them; elsewhere more costs more.
      #expect(table.isMonotone == table.cliffs.isEmpty)
      return
    }
    #expect(table.isMonotone)
    let costs = try interesting(table).sorted().map { try #require(table.cost(of: $0)) }
    #expect(zip(costs, costs.dropFirst()).allSatisfy { $0 <= $1 })
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
    let cost = table.cost(of: .max)
    if let cost { #expect(table.unit.last == 0 && cost >= .zero) }
  }

  @Test("the names of the models differ and every one has a summary")
  func names() {
    #expect(Set(PriceModels.all.names).count == PriceModels.all.entries.count)
    #expect(PriceModels.all.entries.allSatisfy { !$0.summary.isEmpty })
  }

  // MARK: Against a loop over single units

  /// Graduated tiers with small bounds, as JSON and as plain numbers.
  private func randomTiers(_ random: inout TestRandom) -> (json: String, tiers: [(Int64, Int64)]) {
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
    var random = TestRandom(seed: seed)
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
