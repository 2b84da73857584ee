import Foundation
import GenOpsScenario
import GenOpsUnits
import Testing

/// Owner, review and source of numbers, and what inherits them.
@Suite struct StewardshipTests {
  private func read(_ text: String) throws -> (scenario: Scenario?, findings: Findings) {
    let node = try YAMLReader.parse(Data(text.utf8), file: "a.yaml")
    return ScenarioReader.read(node, bytes: Data(text.utf8), file: "a.yaml")
  }

  private let text = """
    period: 2027-01 to 2027-03
    owner: Finance
    source: plan of record
    traffic:
      - app: {users: 1k to 2k, events: 40 per user per month, owner: Ada}
    growth:
      review: 2027-06-01
      owner: Grace
      events: 2% to 6% per month
      feature_flag_requests: {model: compound, rate: 1% to 3% per month, source: "board deck"}
    changes:
      - Black Friday: {from: 2027-02-01, events: x1.8 to x2.6, owner: Marketing}
      - owner: {from: 2027-03-01, events: +10 % to +20 %}
    value:
      owner: CFO
      benefits:
        - hours saved: {amount: 100 to 200 USD per month, review: 2027-09-01}
    """

  @Test func `The nearest owner, review and source hold, each by itself`() throws {
    let (scenario, findings) = try read(text)
    #expect(!findings.hasErrors, "\(findings.all)")
    let notes = try #require(scenario?.stewardship)
    let june = CalendarDay("2027-06-01")
    #expect(
      notes.note(on: "growth.events.rate")
        == .init(owner: "Grace", review: june, source: "plan of record"))
    #expect(
      notes.note(on: "change.Black Friday.0")
        == .init(owner: "Marketing", source: "plan of record"))
    #expect(notes.note(on: "traffic.app.users").owner == "Ada")
    #expect(
      notes.note(on: "value.hours saved")
        == .init(owner: "CFO", review: CalendarDay("2027-09-01"), source: "plan of record"))
    #expect(notes.note(on: "history.level") == .init(owner: "Finance", source: "plan of record"))
    // An entry that is called like a key is an entry.
    #expect(notes.note(on: "change.owner.0").owner == "Finance")
    #expect(scenario?.changes.map(\.name) == ["Black Friday", "owner"])
  }

  @Test func `A review that is not a day is a finding at its place`() throws {
    let (_, findings) = try read(
      "period: 2027-01\nreview: soon\ntraffic: [{a: {events: 1k per day}}]")
    let finding = try #require(findings.all.first { $0.code == "review-date" })
    #expect(finding.location?.line == 2)
  }

  @Test func `A scenario without them says nothing`() throws {
    let (scenario, _) = try read("period: 2027-01\ntraffic: [{a: {events: 1k per day}}]")
    #expect(scenario?.stewardship.note(on: "growth.events.rate") == .init())
  }
}
