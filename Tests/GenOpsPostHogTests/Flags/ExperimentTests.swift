import GenOpsGovernance
import GenOpsMetering
import GenOpsPostHogTesting
import GenOpsTestSupport
import GenOpsUnits
import Testing

@testable import GenOpsPostHog

@Suite("Experiments and the cost of their variants")
struct ExperimentTests {
  let base = AdapterFixture()

  func set(_ id: String, _ value: FlagValue?, _ adapter: PostHogAdapter) -> FlagSet {
    FlagSet(
      context: FlagContext(id), problem: nil, cost: .zero,
      records: value.map { ["button": FlagRecord(value: $0)] } ?? [:],
      reply: FlagSet.ReplyFacts(),
      reporter: FlagReporter(adapter, clock: base.clock, isOn: true))
  }

  @Test("The variants' costs and the rest add up to the bill; conversions count people once")
  func costs() throws {
    let adapter = try base.adapter()
    let experiment = Experiment("button", goal: "purchase", adapter: adapter)
    for number in 0..<30 {
      let name = number % 3 == 0 ? "test" : "control"
      let variant = experiment.variant(in: set("user-\(number)", .variant(name), adapter))
      #expect(variant == name)
      for copy in 0..<(number % 3 == 0 ? 4 : 1) {
        var event = base.event(number * 10 + copy, copy > 1 ? "purchase" : "$pageview")
        event.distinctID = "user-\(number)"
        experiment.capture(event)
      }
    }
    experiment.capture(base.event(999))
    let summary = experiment.summary
    let test = try #require(summary.variants["test"])
    let control = try #require(summary.variants["control"])
    #expect(test.people == 10 && test.events == 40 && test.conversions == 20)
    #expect(test.converted == 10 && test.conversionRate == 1 && control.conversionRate == 0)
    #expect(control.people == 20 && control.events == 20 && summary.unassigned.events == 1)
    #expect(test.cost.nanos == 40 * 50_000 && control.cost.nanos == 20 * 50_000)
    #expect(abs((test.costPerConversion ?? 0) - 0.0001) < 1e-12)
    #expect(control.costPerConversion == nil && abs((control.costPerPerson ?? 0) - 0.00005) < 1e-12)
    #expect(summary.cost == adapter.view(Attribution(feature: "button")).costSummary().dailyCosts)
    let sent = base.transport.all.filter { $0.event.name == "purchase" }
    #expect(sent.allSatisfy { $0.event.properties["$feature/button"] == "test" })
    #expect(sent.allSatisfy { $0.stamp.owner.attribution.feature == "button" })
  }

  @Test("A person keeps their first variant, and an unknown flag exposes nobody")
  func first() throws {
    let adapter = try base.adapter()
    let experiment = Experiment("button", goal: "purchase", adapter: adapter)
    #expect(experiment.variant(in: set("u", nil, adapter)) == "control")
    #expect(experiment.summary.variants.isEmpty)
    #expect(experiment.variant(in: set("u", .variant("test"), adapter)) == "test")
    #expect(experiment.variant(in: set("u", .variant("control"), adapter)) == "test")
    #expect(experiment.variant(in: set("v", .off, adapter)) == "false")
    #expect(experiment.summary.variants["test"]?.people == 1)
  }

  @Test("A budget with the experiment as its scope ends it and nothing else")
  func budget() throws {
    let plan = GovernancePlan(
      mode: .enforced, budgets: [base.dayBudget(150_000, scope: Attribution(feature: "button"))])
    let adapter = try base.adapter(plan)
    let experiment = Experiment("button", goal: "purchase", adapter: adapter)
    _ = experiment.variant(in: set("user-1", .variant("test"), adapter))
    for number in 0..<5 {
      var event = base.event(number)
      event.distinctID = "user-1"
      experiment.capture(event)
    }
    let test = experiment.summary.variants["test"]
    #expect(test?.events == 3 && test?.refused == 2 && test?.cost.nanos == 150_000)
    #expect(adapter.capture(base.event(100)).wasSent)
  }
}
