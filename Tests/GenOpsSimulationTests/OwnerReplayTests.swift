import Foundation
import GenOpsGovernance
import GenOpsHistory
import GenOpsIngestion
import GenOpsMetering
import GenOpsPostHog
import GenOpsTestSupport
import GenOpsUnits
import Testing

@testable import GenOpsScenario
@testable import GenOpsSimulation

struct `Owners of recorded events` {
  private static let owners = OwnerProperties([
    .init(dimension: "team", property: "squad"), .init(dimension: "customer", property: "$group_0"),
  ])

  /// Events of a few days with owners of all kinds, as lines, and whose they are.
  private static func lines() -> (lines: [String], counts: [Attribution: Int64]) {
    var generator = SeededGenerator(3 as UInt64)
    var lines: [String] = []
    var counts: [Attribution: Int64] = [:]
    for number in 0..<4_000 {
      let squad: JSONValue? = [
        nil, "red", "blue", "a\u{1F600}\"b", .number("7"), .bool(true), .null, "",
      ][generator.below(8)]
      let customer = generator.below(3) == 0 ? nil : "c\(generator.below(40))"
      var members: [JSONValue.Member] = []
      if let squad { members.append(.init("squad", squad)) }
      if let customer { members.append(.init("$group_0", .string(customer))) }
      let time = Timestamp(startOf: CalendarDay("2027-02-01") ?? CalendarDay(number: 0))
        .advanced(bySeconds: Double(number) * 100)
      let line: JSONValue = [
        "event": "a", "distinct_id": .string("u\(generator.below(90))"),
        "properties": .object(members), "timestamp": .string(time.description),
      ]
      lines.append(line.description)
      var owner = Attribution(customer: customer)
      switch squad {
      case .string(let text)? where !text.isEmpty: owner.team = text
      case .number(let text)?: owner.team = text
      default: break
      }
      counts[owner, default: 0] += 1
    }
    return (lines, counts)
  }

  private static func sent(_ replay: EventReplay) -> [Attribution: Int64] {
    var sent: [Attribution: Int64] = [:]
    for (usageClass, tally) in replay.usageClasses {
      sent[usageClass.attribution, default: 0] += tally.sent
    }
    return sent
  }

  @Test func `are what their properties say, whoever reads them`() throws {
    let (lines, counts) = Self.lines()
    let file = try TemporaryFile(lines)
    let configuration = AdapterConfiguration(opening: .nothing)
    let terms = ReplayTerms(owners: Self.owners)
    let facts = try EventReplay.run([(file.path, "f")], configuration, terms: terms)
    #expect(Self.sent(facts).filter { $0.value > 0 } == counts)
    #expect(counts.count > 150)
    let together = try EventReplay.run([(file.path, "f")], configuration, jobs: 3, terms: terms)
    expectSame(together, facts)
    let singly = try EventReplay.run(
      [(file.path, "f")], configuration, terms: terms, onDecision: { _ in })
    #expect(Self.sent(singly).filter { $0.value > 0 } == counts)
    // Not in order, and one document: sorted, and read by the exact parser.
    let late = try TemporaryFile(lines.reversed())
    let sorted = try EventReplay.run([(late.path, "f")], configuration, terms: terms)
    #expect(Self.sent(sorted).filter { $0.value > 0 } == counts)
    let list = try TemporaryFile(["[" + lines.joined(separator: ",\n") + "]"], ending: "json")
    let read = try EventReplay.run([(list.path, "f")], configuration, terms: terms)
    #expect(Self.sent(read).filter { $0.value > 0 } == counts)
  }

  @Test func `have the rest in their defaults, and their own budgets`() throws {
    let (lines, counts) = Self.lines()
    let file = try TemporaryFile(lines)
    let red = counts.filter { $0.key.team == "red" }.reduce(0) { $0 + $1.value }
    var configuration = AdapterConfiguration(
      attribution: Attribution(team: "shop", project: "web"),
      plan: GovernancePlan(
        mode: .enforced,
        budgets: [
          Budget(
            name: "reds", limit: Money(nanos: 1_000_000), period: .month,
            scope: Attribution(team: "red"))
        ]),
      opening: OpeningBalance(
        current: Dictionary(
          uniqueKeysWithValues: Meter.allCases.map { ($0, $0 == .events ? 1_000_000 : 0) })))
    configuration.billingAnchorDay = 1
    let replay = try EventReplay.run(
      [(file.path, "f")], configuration, terms: ReplayTerms(owners: Self.owners))
    let refused = replay.usageClasses.filter { $0.tally.refused > 0 }
    #expect(Set(refused.map(\.usageClass.attribution.team)) == ["red"])
    // 0.00005 an event: there is room for 20.
    #expect(refused.reduce(0) { $0 + $1.tally.refused } == red - 20)
    #expect(Set(replay.usageClasses.map(\.usageClass.attribution.project)) == ["web"])
    #expect(replay.usageClasses.contains { $0.usageClass.attribution.team == "shop" })
  }

  @Test func `A replay's history is read back as it was`() throws {
    let traffic = try RecordedTraffic(perDay: 100)
    let replay = try EventReplay.run(
      [(traffic.path, "f")], AdapterConfiguration(opening: .nothing))
    let history = replay.history(keepsEdges: false)
    let read = UsageHistory.read(Array(history.rows.utf8), name: "days.csv")
    #expect(read.findings.all.isEmpty, "\(read.findings.all)")
    #expect(read.meters == history.meters && history.meters.count >= 6)
    for meter in history.meters {
      let (was, now) = (try #require(history.total(of: meter)), try #require(read.total(of: meter)))
      #expect(was.start == now.start && was.values == now.values, "\(meter)")
    }
  }
}
