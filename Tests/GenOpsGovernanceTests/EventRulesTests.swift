import GenOpsTestSupport
import GenOpsUnits
import Testing

@testable import GenOpsGovernance

@Suite("Rules on single events")
struct EventRulesTests {
  private func plan(_ name: String, _ text: String, _ findings: inout Findings) throws
    -> GovernancePlan
  {
    var plan = GovernancePlan.open
    let node = try JSONParser.parse(Array(text.utf8), file: "p.json")
    PolicyKinds.decode(name, node, at: nil, &findings)?.apply(to: &plan)
    return plan
  }

  @Test("are read from files; one that is not enabled does nothing")
  func reading() throws {
    var findings = Findings()
    let cost = try plan("cost_limit", #"{"max_cost": "0.25 EUR"}"#, &findings)
    #expect(cost.eventRules.mostCost == Money(nanos: 250_000_000))
    let rate = try plan("rate_limit", #"{"max_requests_per_minute": "6k"}"#, &findings)
    #expect(rate.eventRules.mostPerMinute == 6000)
    let team = try plan("team_access", #"{"allowed_teams": "growth"}"#, &findings)
    #expect(team.eventRules.allowedTeams == ["growth"])
    for kind in ["cost-limit", "rate-limit", "content-filter", "team-access"] {
      let example = try #require(PolicyKinds.all[kind]).example
      let off = example.dropLast() + #", "enabled": false}"#
      #expect(try plan(kind, String(off), &findings) == .open)
    }
    #expect(findings.all.isEmpty)
    for (kind, text, code) in [
      ("cost-limit", #"{"max_cost": "5 USD per month"}"#, "amount"),
      ("cost-limit", #"{"max_cost": -1}"#, "amount"),
      ("rate-limit", #"{"max_requests_per_minute": -1}"#, "whole-number"),
      ("content-filter", #"{"blocked_patterns": ["**"]}"#, "content-pattern"),
      ("team-access", #"{"allowed_teams": [""]}"#, "team-name"),
    ] {
      var own = Findings()
      #expect(try plan(kind, text, &own) == .open)
      #expect(own.all.map(\.code) == [code], "\(kind) \(text)")
    }
  }

  @Test(
    "look for a text as a plain search does, and for its parts in their order", arguments: 1...20)
  func patterns(seed: UInt64) {
    var random = SeededGenerator(seed)
    func word(_ length: ClosedRange<Int>) -> [UInt8] {
      (0..<Int.random(in: length, using: &random)).map { _ in
        UInt8.random(in: 97...98, using: &random)
      }
    }
    for _ in 0..<200 {
      let parts = (0..<Int.random(in: 1...3, using: &random)).map { _ in word(1...4) }
      let text = word(0...14)
      // Every way of placing them one behind the other.
      func fits(_ parts: ArraySlice<[UInt8]>, from start: Int) -> Bool {
        guard let part = parts.first else { return true }
        return (start...max(start, text.count)).contains { at in
          at + part.count <= text.count && Array(text[at..<at + part.count]) == part
            && fits(parts.dropFirst(), from: at + part.count)
        }
      }
      let pattern = ContentPattern(
        parts.map { String(decoding: $0, as: UTF8.self) }.joined(separator: "*"))
      #expect(
        pattern?.occurs(in: String(decoding: text, as: UTF8.self)) == fits(parts[...], from: 0))
    }
  }

  @Test("read no byte of a text twice, however the pattern repeats itself")
  func linear() throws {
    let pattern = try #require(ContentPattern(String(repeating: "a", count: 255) + "b"))
    // 255 million comparisons one by one.
    #expect(!pattern.occurs(in: String(repeating: "a", count: 1_000_000)))
    #expect(ContentPattern("API*Key")?.occurs(in: "my api-KEY here") == true)
    #expect(ContentPattern("straße")?.occurs(in: "STRAßE") == true)
    #expect(ContentPattern("") == nil && ContentPattern("*") == nil)
    #expect(ContentPattern(String(repeating: "x", count: 257)) == nil)
  }

  @Test("count a minute of the clock, and no instant that goes back opens it again")
  func rate() throws {
    var rate = RateCount(most: 5)
    func at(_ text: String) throws -> Timestamp { try #require(Timestamp(text)) }
    #expect(try rate.take(3, at: at("2027-01-10T12:00:01Z")) == 3)
    #expect(try rate.take(4, at: at("2027-01-10T12:00:59.9Z")) == 2)
    #expect(try rate.take(1, at: at("2027-01-10T11:59:59Z")) == 0)
    #expect(try rate.take(9, at: at("2027-01-10T12:01:00Z")) == 5)
    #expect(try rate.take(1, at: at("1969-12-31T23:59:59Z")) == 0)
    var none = RateCount(most: 0)
    #expect(try none.take(1, at: at("2027-01-10T12:00:00Z")) == 0)
  }

  @Test("are the guide's four words")
  func words() {
    #expect(
      PolicyResult.allCases.map(\.rawValue) == ["allowed", "blocked", "warning", "rate_limited"])
    #expect(PolicyResult(.rateLimit) == .rateLimited && PolicyResult(.budget) == .blocked)
  }
}
