import GenOpsCosting
import GenOpsMetering
import GenOpsTestSupport
import GenOpsUnits
import Testing

@Suite("Splitting a bill")
struct CostSplitTests {
  private let calculator = CostCalculator(addOns: ["boost", "group_analytics"])
  private let teams = ["web", "mobile", "api"].map { Attribution(team: $0) }

  @Test("both views sum to the bill exactly, whatever the usage", arguments: 0..<100)
  func exact(seed: Int) throws {
    var random = SeededGenerator(seed)
    var steps: [AttributedUsage] = []
    var totals = MeterTotals()
    for _ in 0..<12 {
      var usage = MeterTotals()
      for meter in [Meter.events, .groupEvents, .sessionRecordings, .llmEvents, .logsMB] {
        usage[meter] = random.below(4) == 0 ? 0 : random.below(1_000_003)
      }
      steps.append(AttributedUsage(teams[Int(random.below(3))], usage))
      totals = totals + usage
    }
    totals[.events] += random.below(3) * 77_777  // claimed by nobody
    let bill = try calculator.bill(for: totals)
    let proRata = try bill.splitProRata(steps)
    let marginal = try bill.splitMarginally(steps, using: calculator)
    #expect(proRata.total == bill.total)
    #expect(marginal.total == bill.total)
    #expect(proRata.parts.allSatisfy { $0.amount >= .zero } && proRata.unattributed >= .zero)
    let counted = bill.splitMarginally(counted: [
      .init(attribution: teams[0], amount: Money(nanos: random.below(1_000_000_000)))
    ])
    #expect(counted.total == bill.total)
  }

  @Test("pro rata is blind to order, the marginal view gives the free units to whoever came first")
  func views() throws {
    let calculator = CostCalculator()
    let million = MeterTotals([.events: 1_000_000])
    let steps = [AttributedUsage(teams[0], million), AttributedUsage(teams[1], million)]
    let bill = try calculator.bill(for: million + million)
    let proRata = try bill.splitProRata(steps)
    #expect(proRata[teams[0]].description == "25.00" && proRata[teams[1]].description == "25.00")
    let marginal = try bill.splitMarginally(steps, using: calculator)
    #expect(marginal[teams[0]] == .zero && marginal[teams[1]].description == "50.00")
  }

  @Test("fees follow the usage cost, and are unattributed when nothing else costs")
  func fees() throws {
    let usage = MeterTotals([.events: 2_000_000])
    let paid = try calculator.bill(for: usage).splitProRata([AttributedUsage(teams[0], usage)])
    #expect(paid[teams[0]].description == "300.00" && paid.unattributed == .zero)
    let free = MeterTotals([.events: 10])
    let unpaid = try calculator.bill(for: free).splitProRata([AttributedUsage(teams[0], free)])
    #expect(unpaid[teams[0]] == .zero && unpaid.unattributed.description == "250.00")
  }

  @Test("more attributed than billed is an error")
  func tooMuch() throws {
    let bill = try calculator.bill(for: MeterTotals([.events: 5]))
    #expect(throws: CostError.moreThanBilled(.events, attributed: 6, billed: 5)) {
      try bill.splitProRata([AttributedUsage(teams[0], MeterTotals([.events: 6]))])
    }
  }
}
