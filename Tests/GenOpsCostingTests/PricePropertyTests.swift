import GenOpsCosting
import GenOpsMetering
import GenOpsTestSupport
import GenOpsUnits
import Testing

/// What holds for every price book and every usage, tried on random ones.
@Suite("Properties of prices")
struct PricePropertyTests {
  private func usage(_ random: inout SeededGenerator) -> MeterTotals {
    var totals = MeterTotals()
    for meter in RandomBook.meters where random.below(4) > 0 { totals[meter] = random.below(250) }
    return totals
  }

  @Test("every model equals a loop over single units", arguments: 0..<40)
  func naiveLoop(seed: Int) throws {
    var random = SeededGenerator(seed)
    let plan = RandomBook(&random, falling: seed % 2 == 0)
    let calculator = CostCalculator(book: try plan.book())
    for meter in RandomBook.meters {
      for units in Int64(0)...130 {
        let cost = try calculator.cost(of: units, on: meter)
        if cost.nanos == plan.cost(of: units, on: meter) { continue }
        Issue.record("\(units) \(meter.id) cost \(cost): \(plan.json)")
      }
    }
  }

  @Test("no cost is negative, and more costs more unless a cliff is declared", arguments: 0..<60)
  func monotone(seed: Int) throws {
    var random = SeededGenerator(seed)
    let book = try RandomBook(&random, falling: true).book()
    for rate in book.rates {
      let canFall = try #require(PriceModels.all[rate.model]).canFall
      #expect(rate.table.isMonotone || canFall, "\(rate.model)")
      var before = Money.zero
      for units in Int64(0)...300 {
        let cost = try #require(rate.table.cost(of: units))
        if cost < .zero || (cost < before && !rate.table.cliffs.contains(units - 1)) {
          Issue.record("\(units) \(rate.meter.id) cost \(cost) after \(before)")
        }
        before = cost
      }
    }
  }

  @Test("the marginal costs of single units sum to the total", arguments: 0..<60)
  func marginals(seed: Int) throws {
    var random = SeededGenerator(seed)
    let calculator = CostCalculator(book: try RandomBook(&random, falling: true).book())
    for meter in RandomBook.meters {
      var sum = Money.zero
      for units in Int64(0)..<150 { sum += try calculator.marginalCost(on: meter, after: units) }
      #expect(try sum == calculator.cost(of: 150, on: meter))
    }
  }

  @Test("a period split at any instant equals the whole", arguments: 0..<60)
  func split(seed: Int) throws {
    var random = SeededGenerator(seed)
    let calculator = CostCalculator(book: try RandomBook(&random, falling: true).book())
    let (first, second) = (usage(&random), usage(&random))
    let parts = try calculator.cost(of: first) + calculator.cost(of: second, after: first)
    #expect(try parts == calculator.cost(of: first + second))
  }

  @Test("both views of a bill with terms sum to it, to the nano-unit", arguments: 0..<60)
  func views(seed: Int) throws {
    var random = SeededGenerator(seed)
    var plan = RandomBook(&random, falling: true)
    plan.terms = """
      , "terms": {"discount": "\(random.below(60)).\(random.below(99))%",
        "amount_off": "0.00000\(random.below(9_999))", "minimum": "0.0000\(random.below(999))",
        "commitment": {"amount": "0.001", "from": "2027-01-01", "to": "2027-01-31"},
        "credits": [{"kind": "startup", "amount": "0.0000\(random.below(99))"}]}
      """
    let calculator = CostCalculator(book: try plan.book(), addOns: ["boost"])
    let teams = ["web", "app", "api"].map { Attribution(team: $0) }
    var steps: [AttributedUsage] = []
    var totals = MeterTotals()
    for step in 0..<9 {
      steps.append(AttributedUsage(teams[step % 3], usage(&random)))
      totals = totals + steps[step].totals
    }
    totals[.events] += random.below(50)
    let period = BillingPeriod(containing: try #require(CalendarDay("2027-01-15")))
    let bill = try calculator.bill(for: totals, period: period)
    #expect(bill.total == bill.usageTotal + bill.feeTotal + bill.adjustmentTotal)
    #expect(bill.total >= .zero)
    #expect(try bill.splitProRata(steps).total == bill.total)
    #expect(try bill.splitMarginally(steps, using: calculator).total == bill.total)
  }

  @Test("a change by a percentage and what extends says are the same prices", arguments: 0..<40)
  func changes(seed: Int) throws {
    var random = SeededGenerator(seed)
    let book = try RandomBook(&random).book()
    for rate in book.rates {
      let doubled = try #require(rate.table.changed(by: Percent(nanos: 100_000_000_000)))
      #expect(!doubled.isRounded)
      for units in Int64(0)...200 {
        let before = try #require(rate.table.cost(of: units))
        if doubled.table.cost(of: units) != before + before {
          Issue.record("\(units) \(rate.meter.id) do not cost twice \(before)")
        }
      }
    }
  }
}
