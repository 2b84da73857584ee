import GenOpsCosting
import GenOpsMetering
import GenOpsTestSupport
import GenOpsUnits
import Testing

@Suite("Volume analysis")
struct VolumeAnalysisTests {
  private let calculator = CostCalculator()

  @Test("any volume has a position, from none to beyond the last tier")
  func everywhere() throws {
    var units: Int64 = 0
    while units < 2_000_000_000 {
      for count in [max(0, units - 1), units, units + 1] {
        let position = try calculator.position(of: count, on: .events)
        #expect((position.next == nil) == (position.tier == position.tierCount))
        #expect(position.cost == (try calculator.cost(of: count, on: .events)))
        if let next = position.next {
          #expect(next.unitsNeeded > 0 && next.costToReach >= .zero)
          let there = try calculator.position(of: count + next.unitsNeeded - 1, on: .events)
          #expect(there.tier == position.tier + 1 && there.marginalPrice == next.price)
        }
      }
      units = units == 0 ? 1 : units * 2
    }
  }

  @Test("average and marginal price differ, and the next tier costs money to reach")
  func position() throws {
    let position = try calculator.position(of: 10_000_000, on: .events)
    #expect(position.averagePrice == 0.00003244)
    #expect(position.marginalPrice.description == "0.0000343")
    #expect(position.tier == 3 && position.tierCount == 7)
    #expect(position.next?.price.description == "0.0000295")
    #expect(position.next?.unitsNeeded == 5_000_001)
    #expect(position.next?.costToReach.description == "171.5000295")
    #expect(position.json["next_tier"]?["is_saving"] == false)
    let end = try calculator.position(of: 1_000_000, on: .events)
    #expect(end.cost == .zero && end.marginalPrice.description == "0.00005")
  }

  @Test("each saving is the bill before minus the bill after", arguments: 0..<30)
  func savings(seed: Int) throws {
    var random = SeededGenerator(seed)
    let calculator = CostCalculator(addOns: ["boost", "group_analytics"])
    var usage = MeterTotals()
    for meter in Meter.allCases { usage[meter] = random.below(20_000_000) }
    usage[.identifiedEvents] = min(usage[.identifiedEvents], usage[.events])
    let before = try calculator.bill(for: usage).total
    let found = try calculator.recommendations(for: usage)
    #expect(!found.isEmpty)
    #expect(zip(found, found.dropFirst()).allSatisfy { $0.saving >= $1.saving })
    for item in found {
      let idea = try #require(SavingIdea.all.first { $0.name == item.name })
      let after = try CostCalculator(addOns: calculator.addOns.subtracting(idea.droppedAddOns))
        .bill(for: idea.change(usage)).total
      #expect(item.before == before && item.after == after)
      #expect(item.saving == before - after && item.saving > .zero)
      #expect((0...100).contains(item.priorityScore) && !item.sideEffect.isEmpty)
    }
  }

  @Test("who pays nothing has nothing to save")
  func free() throws {
    #expect(try calculator.recommendations(for: MeterTotals([.events: 500_000])).isEmpty)
  }

  @Test("the guide's keys at the guide's own value")
  func json() throws {
    let analysis = try calculator.volumeAnalysis(projectedMonthlyEvents: 500_000)
    #expect(
      analysis.json.description == """
        {"projected_monthly_events":500000,"projected_monthly_cost":"0.00","cost_per_event":0,\
        "optimization_recommendations":[],"free_tier_utilization":{"events":50,"identified_events":0,\
        "feature_flags":0,"session_recordings":0,"llm_analytics":0},"volume_tiers":{"current_tier":1,\
        "tiers":7,"cost_per_event":0,"marginal_price":"0.00","next_tier":{"price":"0.00005",\
        "events_needed":500001,"cost_to_reach":"0.00005","cost_per_event_improvement":"-0.00005",\
        "is_saving":false}}}
        """)
    let small = try calculator.volumeAnalysis(projectedMonthlyEvents: 100_000)
    #expect(small.projectedCost == .zero && small.recommendations.isEmpty)
    let large = try calculator.volumeAnalysis(
      projectedMonthlyEvents: 10_000_000, others: MeterTotals([.identifiedEvents: 10_000_000]))
    #expect(large.projectedCost.description == "1080.00")
    #expect(large.recommendations.map(\.name) == ["event_sampling", "anonymous_events"])
    #expect(large.recommendations.map(\.saving.description) == ["520.00", "348.50"])
    guard case .array(let listed) = large.json["optimization_recommendations"] else {
      Issue.record("no list of recommendations")
      return
    }
    let first = try #require(listed.first)
    #expect(first["optimization_type"] == "event_sampling")
    #expect(first["potential_savings_per_month"] == "520.00")
    #expect(first["priority_score"] == .double(large.recommendations[0].priorityScore))
  }
}
