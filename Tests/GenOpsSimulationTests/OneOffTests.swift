import GenOpsMetering
import GenOpsUnits
import Testing

@testable import GenOpsSimulation

/// A month of 30 equal days of which 8 in 10 futures lie within 10 % of the middle.
@Suite struct `Days that are not of a month's usual run` {
  private let first = CalendarMonth(year: 2026, month: 11).firstDay
  private let shape = DayShape(
    mean: Array(repeating: 1.0 / 30, count: 30), p10: Array(repeating: 0.9 / 30, count: 30),
    p50: Array(repeating: 1.0 / 30, count: 30), p90: Array(repeating: 1.1 / 30, count: 30))

  private func find(_ days: [Int64?], _ names: [Int: String] = [:]) -> [OneOff] {
    OneOffs.find(days, shape, meter: .events, names: names, from: first)
  }

  @Test func `are none in a month that is larger throughout`() {
    #expect(find(Array(repeating: 5000, count: 30)).isEmpty)
  }

  // 1.1³ = 1.331 is below the least of 1.5, which rules: 1,499 of 1,000 is within it, 1,501 is not.
  @Test func `lie beyond half as much again`() {
    var days = [Int64?](repeating: 1000, count: 30)
    days[9] = 1499
    #expect(find(days).isEmpty)
    days[9] = 1501
    #expect(
      find(days) == [
        OneOff(meter: .events, day: first.advanced(by: 9), units: 501, name: nil)
      ])
  }

  // 1000 / 1.5 = 666.67; 0.9³ = 0.729 is nearer, so the least rules here too.
  @Test func `lie a third below`() {
    var days = [Int64?](repeating: 1000, count: 30)
    days[3] = 667
    #expect(find(days).isEmpty)
    days[3] = 666
    #expect(find(days).map(\.units) == [-334])
  }

  // 8 of 10 within 30 %: 1.3³ = 2.197.
  @Test func `lie three times as far as the range where that is wide`() {
    var wide = shape
    wide.p90 = Array(repeating: 1.3 / 30, count: 30)
    var days = [Int64?](repeating: 1000, count: 30)
    days[0] = 2196
    #expect(OneOffs.find(days, wide, meter: .events, names: [:], from: first).isEmpty)
    days[0] = 2198
    #expect(
      OneOffs.find(days, wide, meter: .events, names: [:], from: first).map(\.units) == [1198])
  }

  @Test func `are those that the scenario names, however near`() {
    var days = [Int64?](repeating: 1000, count: 30)
    days[23] = 1100
    #expect(
      find(days, [23: "Black Friday", 24: "Black Friday"]) == [
        OneOff(meter: .events, day: first.advanced(by: 23), units: 100, name: "Black Friday")
      ])
  }

  @Test func `are held against the month's own level`() {
    // Twice of what was expected on each day, and a day of twice that.
    var days = [Int64?](repeating: 2000, count: 30)
    days[5] = 4000
    #expect(find(days).map(\.units) == [2000])
  }

  @Test func `are at most one in ten: more of them are another shape`() {
    var days = [Int64?](repeating: 1000, count: 30)
    for day in 0..<3 { days[day] = 3000 }
    #expect(find(days).count == 3)
    days[3] = 3000
    #expect(find(days).isEmpty)
    days[4] = 3000
    #expect(find(days, [0: "a sale"]).map(\.name) == ["a sale"])
  }

  @Test func `need a week of known days`() {
    var days = [Int64?](repeating: nil, count: 30)
    for day in 0..<6 { days[day] = day == 0 ? 9000 : 1000 }
    #expect(find(days).isEmpty)
  }

  @Test func `are not among the days that are unknown`() {
    var days = [Int64?](repeating: 1000, count: 30)
    days[7] = nil
    #expect(find(days).isEmpty)
  }
}
