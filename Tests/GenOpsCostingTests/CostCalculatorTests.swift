import GenOpsCosting
import GenOpsMetering
import GenOpsTestSupport
import GenOpsUnits
import Testing

@Suite("Cost calculator")
struct CostCalculatorTests {
  private let guide = CostCalculator(book: PriceBooks.builtIn["genops-guide"] ?? .unpriced)
  private let current = CostCalculator()

  @Test("an unknown price is never nothing")
  func unknown() throws {
    #expect(guide.table(for: .exceptions) == nil)
    #expect(throws: CostError.unknownPrice(.exceptions, book: "genops-guide")) {
      try guide.cost(of: 5, on: .exceptions)
    }
    let bill = try guide.bill(for: MeterTotals([.events: 2_000_000, .exceptions: 7]))
    #expect(bill.total.description == "50.00")
    #expect(bill.unpriced == [.init(meter: .exceptions, units: 7)])
    #expect(bill.findings.all.map(\.code) == ["unknown-price"])
    #expect(throws: CostError.self) { try guide.cost(of: MeterTotals([.exceptions: 7])) }
  }

  @Test("an opt-in product costs nothing until it is chosen, and is known all the same")
  func optIn() throws {
    #expect(current.table(for: .groupEvents) == .free)
    let chosen = CostCalculator(addOns: ["group_analytics"])
    #expect(try chosen.cost(of: 2_000_000, on: .groupEvents).description == "71.00")
  }

  @Test("an add-on that does not exist is a finding of the calculator and of its bills")
  func unknownAddOn() throws {
    let calculator = CostCalculator(addOns: ["bost", "boost"])
    #expect(calculator.addOns == ["boost"])
    #expect(try calculator.bill(for: MeterTotals()).findings.all.map(\.code) == ["unknown-add-on"])
  }

  @Test("more of a part than of its whole is a finding, more of what is counted apart is none")
  func subset() throws {
    let parts = MeterTotals([.events: 1, .identifiedEvents: 2, .groupEvents: 2])
    let bill = try current.bill(for: parts)
    #expect(
      bill.findings.all.map(\.code) == ["subset-exceeds-whole", "subset-exceeds-whole"])
    let apart = try current.bill(for: MeterTotals([.sessionRecordings: 1, .mobileRecordings: 2]))
    #expect(apart.findings.all.isEmpty)
  }

  @Test("costs outside the range of money are typed errors")
  func overflow() {
    #expect(throws: CostError.outOfRange(.events, units: .max)) {
      try current.cost(of: .max, on: .events)
    }
    #expect(throws: CostError.outOfRange(.events, units: .max)) {
      try current.marginalCost(on: .events, after: .max)
    }
    #expect(throws: CostError.negativeUsage(.events, units: -1)) {
      try current.cost(of: -1, on: .events)
    }
    let much = MeterTotals([.events: 900_000_000_000_000, .identifiedEvents: 9_000_000_000_000_000])
    #expect(throws: CostError.totalOutOfRange) { try current.bill(for: much) }
    #expect(throws: CostError.totalOutOfRange) { try current.cost(of: much) }
  }

  @Test("what an interval adds is the difference of its ends, on every meter", arguments: 0..<20)
  func intervals(seed: Int) throws {
    var random = SeededGenerator(seed)
    for meter in current.book.rates.map(\.meter) {
      let from: Int64 = random.below(3_000_000)
      let to = from + random.below(3_000_000)
      let middle = from + random.below(max(1, to - from))
      let whole = try current.cost(on: meter, from: from, to: to)
      let parts =
        try current.cost(on: meter, from: from, to: middle)
        + current.cost(on: meter, from: middle, to: to)
      #expect(parts == whole)
      let opening = MeterTotals([meter: from])
      #expect(try current.cost(of: MeterTotals([meter: to - from]), after: opening) == whole)
    }
  }

  @Test("the tiers of a charge sum to it and cover every unit once", arguments: 0..<20)
  func tiers(seed: Int) throws {
    var random = SeededGenerator(seed)
    let units: Int64 = random.below(400_000_000)
    let lines = try current.tierCharges(of: units, on: .events)
    #expect(
      lines.reduce(Money.zero) { $0 + $1.amount } == (try current.cost(of: units, on: .events)))
    #expect(lines.first?.from == (units > 0 ? 1 : nil))
    #expect(lines.last?.to == (units > 0 ? units : nil))
    #expect(zip(lines, lines.dropFirst()).allSatisfy { $0.to + 1 == $1.from })
    for line in lines {
      #expect(line.amount.nanos == (line.to - line.from + 1) * line.unitPrice.nanosPerUnit)
    }
  }

  @Test("the free allotment and what is left of it")
  func freeTier() throws {
    let usage = MeterTotals([.events: 250_000, .sessionRecordings: 6_000])
    let tiers = current.freeTierUsage(for: usage)
    #expect(tiers.map(\.meter) == [.events, .sessionRecordings])
    #expect(tiers[0].percent == 25 && tiers[0].remaining == 750_000)
    #expect(tiers[1].percent == 100 && tiers[1].remaining == 0)
    #expect(guide.freeTierUsage(of: .identifiedEvents, in: usage)?.percent == nil)
    #expect(current.freeTierUsage(of: .historicalRowsSynced, in: usage) == nil)
    #expect(guide.freeTierUsage(of: .exceptions, in: usage) == nil)
  }
}
