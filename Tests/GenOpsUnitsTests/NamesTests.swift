import GenOpsUnits
import Testing

@Suite("Names and findings")
struct NamesTests {
  @Test(
    "the name that was meant",
    arguments: [
      ("evnts", "events"), ("event", "events"), ("feature-flags", "feature_flags"),
      ("RECORDINGS", "recordings"), ("recrodings", "recordings"), ("featureflags", "feature_flags"),
      ("xyz", nil), ("", nil), ("zzzzzzzzzz", nil),
    ])
  func nearest(_ name: String, _ meant: String?) {
    #expect(nearestName(to: name, among: ["events", "recordings", "feature_flags"]) == meant)
  }

  @Test("the nearer of two names wins, the first on a tie, and nothing among none")
  func choice() {
    #expect(nearestName(to: "cost", among: ["most", "cosy", "coast"]) == "most")
    #expect(nearestName(to: "dayly", among: ["weekly", "daily"]) == "daily")
    #expect(nearestName(to: "x", among: []) == nil)
  }

  @Test(
    "a shortened name is the only one that begins so, after one that differs by a letter",
    arguments: [
      ("idents", "identified_events"), ("ident", "identified_events"), ("evnts", "events"),
      ("DAILY_BUDGET", "daily_budget_limit"), ("group", nil), ("day", nil), ("edents", "events"),
    ])
  func beginning(_ name: String, _ meant: String?) {
    let known = ["events", "identified_events", "daily_budget_limit", "group_events", "group_keys"]
    #expect(nearestName(to: name, orBeginning: known) == meant)
  }

  @Test("a registry finds by name and lists what it knows")
  func registry() {
    let registry = Registry(
      "colour",
      [
        .init(name: "red", summary: "warm", kind: 1), .init(name: "blue", summary: "cold", kind: 2),
      ])
    var findings = Findings()
    #expect(registry.find("blue", at: nil, &findings) == 2 && findings.all.isEmpty)
    #expect(registry.find("bleu", at: nil, &findings) == nil)
    #expect(registry.find("mauve", at: nil, &findings) == nil)
    #expect(findings.all.map(\.help) == ["did you mean 'blue'?", "known: red, blue"])
  }

  @Test("the same finding twice counts once; only errors stop the work")
  func findings() throws {
    var findings = Findings()
    let place = SourceLocation(file: "a.yaml", line: 3, column: 7)
    findings.warning("w", "look", at: place)
    findings.warning("w", "look", at: place)
    #expect(findings.all.count == 1 && place.description == "a.yaml:3:7")
    try findings.throwIfErrors()
    findings.error("e", "stop")
    #expect(throws: FindingsError(findings: findings)) { try findings.throwIfErrors() }
  }
}
