import GenOpsAdmission
import GenOpsCosting
import GenOpsGovernance
import GenOpsMetering
import GenOpsTestSupport
import GenOpsUnits
import Testing

@testable import GenOpsPostHog

struct `Places of distinct ids` {
  /// Two ids of one fingerprint are not told apart by the meter either; here only that a place belongs to its id.
  @Test func `are those of the hash, first and again`() {
    let places = SamplingPlaces()
    var generator = SeededGenerator(5)
    let ids =
      (0..<1_500).map { "\(generator.next())-\($0)" } + [
        "", "é", String(repeating: "long", count: 60),
      ]
    for _ in 0..<3 {
      for (number, id) in ids.enumerated() {
        #expect(places.place(of: id, UInt64(number + 1)) == SamplingHash.place(of: id))
      }
    }
  }

  /// The fingerprint of a long id is that of its beginning.
  @Test func `are those of the whole id where the fingerprint is not`() {
    let places = SamplingPlaces()
    let (short, long) = (String(repeating: "x", count: 200), String(repeating: "x", count: 201))
    for id in [short, long, short, long] {
      #expect(places.place(of: id, 9) == SamplingHash.place(of: id))
    }
    #expect(SamplingHash.place(of: short) != SamplingHash.place(of: long))
  }
}

struct `Items of events` {
  @Test func `are the core's own, whatever shares their place`() throws {
    var core = AdapterCore(
      rules: try Rules(plan: GovernancePlan(), calculator: CostCalculator(book: .standard)),
      start: Timestamp(startOf: CalendarDay(number: 20_700)))
    let table = ItemTable()
    var classes: [UsageClassID] = []
    for number in 0..<200 {
      classes.append(
        core.register(
          UsageClass(
            attribution: Attribution(team: "\(number)"), eventClass: "other", isCritical: false)))
    }
    // More kinds of units than the core keeps for one class.
    for _ in 0..<2 {
      for usageClass in classes {
        for raw in UInt8(0)..<80 {
          let units = EventUnits(rawValue: raw)
          let item = table.item(units, of: usageClass, in: &core)
          #expect(item == core.register(units.usage, usageClass: usageClass))
        }
      }
    }
  }
}
