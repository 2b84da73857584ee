import GenOpsUnits
import Testing

@testable import GenOpsGovernance

@Suite("Limits that an account's own days suggest")
struct SuggestedLimitsTests {
  private let start = CalendarDay(number: 20_000)

  private func costs(_ amounts: [Int64]) -> [CalendarDay: Money] {
    var result: [CalendarDay: Money] = [:]
    for (index, amount) in amounts.enumerated() {
      result[start.advanced(by: index)] = Money(units: amount)
    }
    return result
  }

  @Test("are quantiles of its days, weeks and months: the days 1 to 100")
  func golden() throws {
    // Costs of 1, 2, …, 100. Seven days to day n cost 7n − 21, thirty 30n − 435.
    let limits = try SuggestedLimits(dailyCosts: costs(Array(1...100)))
    // 94 weeks: place 90, which ends on day 96. 71 months: place 68, which ends on day 97.
    #expect(
      limits.json.description
        == #"{"daily":"95.00","weekly":"651.00","monthly":"2475.00","emergency_stop":"225.00","days":100}"#
    )
  }

  @Test("of an account without any spread are what it costs")
  func constant() throws {
    let limits = try SuggestedLimits(dailyCosts: costs(Array(repeating: 4, count: 90)))
    #expect(limits.daily == Money(units: 4) && limits.weekly == Money(units: 28))
    #expect(limits.monthly == Money(units: 120) && limits.emergencyStop == Money(units: 4))
  }

  @Test("do not depend on one wild day, but do not stop what has been")
  func wild() throws {
    var amounts = Array(repeating: Int64(10), count: 40)
    amounts[20] = 1000
    let limits = try SuggestedLimits(dailyCosts: costs(amounts))
    #expect(limits.daily == Money(units: 10) && limits.emergencyStop == Money(units: 1000))
    #expect(limits.monthly == nil)
  }

  @Test("take no week across a day that is not known, and say when there are too few days")
  func gaps() throws {
    var known = costs(Array(repeating: 1, count: 40))
    for gap in stride(from: 3, to: 40, by: 6) { known[start.advanced(by: gap)] = nil }
    let limits = try SuggestedLimits(dailyCosts: known)
    #expect(limits.weekly == nil && limits.daily == Money(units: 1) && limits.days == 33)
    #expect(throws: FindingsError.self) {
      try SuggestedLimits(dailyCosts: costs(Array(repeating: 1, count: 13)))
    }
  }

  @Test("come from the days that an account remembers")
  func history() throws {
    var history = CostHistory()
    for day in 0..<20 { history.add(Money(units: Int64(day)), on: start.advanced(by: day)) }
    #expect(history.byDay == costs(Array(0..<20)))
    #expect(try history.suggestedLimits().daily == Money(units: 18))
  }
}
