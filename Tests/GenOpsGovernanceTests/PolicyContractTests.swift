import GenOpsMetering
import GenOpsUnits
import Testing

@testable import GenOpsGovernance

@Suite("Every registered policy")
struct PolicyContractTests {
  @Test(
    "reads its example, changes the plan and says what else it changes",
    arguments: PolicyKinds.all.names)
  func contract(name: String) throws {
    let kind = try #require(PolicyKinds.all[name])
    #expect(kind.name == name && kind.name == kind.name.lowercased())
    #expect(!name.contains("_") && kind.summary.hasSuffix("."))
    var findings = Findings()
    let node = try JSONParser.parse(Array(kind.example.utf8), file: "example")
    let policy = try #require(kind.init(node, &findings))
    #expect(findings.all.isEmpty)
    #expect(!policy.sideEffect.isEmpty)
    var plan = GovernancePlan.open
    policy.apply(to: &plan)
    #expect(plan != .open)
    var planFindings = Findings()
    plan.validate(&planFindings)
    #expect(!planFindings.hasErrors)
  }

  @Test("rejects a wrong shape with findings that have a place", arguments: PolicyKinds.all.names)
  func wrongShapes(name: String) throws {
    let kind = try #require(PolicyKinds.all[name])
    for text in [#"{"nonsense": "x"}"#, #"["nonsense"]"#, #""nonsense""#, "12", "{}"] {
      var findings = Findings()
      let node = try JSONParser.parse(Array(text.utf8), file: "wrong")
      let policy = kind.init(node, &findings)
      if policy == nil {
        #expect(findings.hasErrors)
        #expect(findings.all.allSatisfy { $0.location != nil && $0.help != nil })
      }
      if text.contains("nonsense") { #expect(policy == nil, "\(name) took \(text)") }
    }
  }

  @Test("is found by the key a scenario writes, or suggested")
  func names() throws {
    var findings = Findings()
    let node = try JSONParser.parse(Array(#"{"events": "5 USD per month"}"#.utf8), file: "f")
    let policy = PolicyKinds.decode("posthog_limit", node, at: nil, &findings)
    #expect(
      (policy as? PostHogLimitPolicy)?.limits.first?.cap == .money(Money(units: 5), currency: "USD")
    )
    #expect(PolicyKinds.decode("sampeling", node, at: nil, &findings) == nil)
    #expect(findings.all.last?.help == "did you mean 'sampling'?")
  }
}

@Suite("Policies from files")
struct PolicyDecodingTests {
  private func findings(_ name: String, _ text: String) throws -> [String] {
    var findings = Findings()
    let node = try JSONParser.parse(Array(text.utf8), file: "p.json")
    _ = PolicyKinds.decode(name, node, at: nil, &findings)
    return findings.all.map { "\($0.location?.line ?? 0):\($0.location?.column ?? 0) \($0.code)" }
  }

  @Test("A budget keeps every key")
  func budget() throws {
    var all = Findings()
    let node = try JSONParser.parse(Array(BudgetPolicy.example.utf8), file: "p.json")
    let budget = try #require(BudgetPolicy(node, &all)?.budget)
    #expect(budget.name == "growth" && budget.limit == Money(units: 5000))
    #expect(budget.scope == Attribution(team: "growth") && budget.isHard)
    #expect(budget.meters == [.events, .featureFlagRequests])
    #expect(budget.alertPercents == [80, 95, 100] && budget.committed == Money(units: 250))
    let short = try JSONParser.parse(Array(#""60000 USD per year""#.utf8), file: "p.json")
    #expect(BudgetPolicy(short, &all)?.budget.period == .year)
    #expect(all.all.isEmpty)
  }

  @Test("All mistakes of a policy are reported at once, with their places")
  func allAtOnce() throws {
    let budget = try findings(
      "budget",
      #"{"limit": "5 USD", "scop": {"team": "x"}, "alerts": [0], "meters": ["evnts"]}"#)
    #expect(
      budget == ["1:11 amount", "1:69 unknown-meter", "1:54 whole-number", "1:20 unknown-key"])
    let sampling = try findings("sampling", #"{"click": "150%", "default": "x"}"#)
    #expect(sampling == ["1:30 share", "1:11 share"])
    #expect(try findings("sampling", #"{"click": "100%"}"#) == ["1:1 sampling-nothing"])
    #expect(try findings("required-attribution", #"["team", "tem"]"#) == ["1:10 unknown-dimension"])
    #expect(
      try findings(
        "posthog-limit", #"{"profiles": "5 USD per month", "events": "5 USD per day"}"#)
        == ["1:2 limit-meter", "1:43 limit-period"])
    #expect(
      try findings("budget", #"{"limit": "5 USD per day", "committed": "1 USD per month"}"#)
        == ["1:41 budget-committed"])
  }
}
