import GenOpsUnits
import Testing

@testable import GenOpsForecasting
@testable import GenOpsNumerics

@Suite("Weekdays")
struct WeekdayEffectsTests {
  /// A Monday.
  static let start = CalendarDay(number: 20_451 - Int32(CalendarDay(number: 20_451).weekday))
  static let week = [0.3, 0.2, 0.1, 0.0, -0.1, -0.2, -0.3]

  static func logs(_ days: Int) -> [Double] {
    (0..<days).map { 5 + 0.001 * Double($0) + week[$0 % 7] }
  }

  @Test("are found under a trend and taken out")
  func removed() {
    let logs = WeekdayEffectsTests.logs(70)
    let effects = WeekdayEffects(
      logs, start: WeekdayEffectsTests.start, knownDays: 7, weeks: 4)
    let rest = effects.centered.removed(from: logs, start: WeekdayEffectsTests.start)
    for (index, value) in rest.enumerated() {
      #expect(abs(value - 5 - 0.001 * Double(index)) < 1e-9)
    }
  }

  @Test("are none where a weekday has too few weeks, and one strange day does not bend them")
  func robust() {
    let start = WeekdayEffectsTests.start
    let short = WeekdayEffectsTests.logs(28)
    let few = WeekdayEffects(short, start: start, knownDays: 7, weeks: 4)
    #expect(few.removed(from: short, start: start) == short)
    // Ten weeks: the strange day and the missing one touch one or two distances of each weekday.
    var logs = WeekdayEffectsTests.logs(70)
    logs[14] += 7
    logs[40] = .nan
    let rest = WeekdayEffects(logs, start: start, knownDays: 4, weeks: 0)
      .removed(from: logs, start: start)
    for (index, value) in rest.enumerated() where index != 14 && index != 40 {
      #expect(abs(value - 5 - 0.001 * Double(index)) < 0.05, "day \(index)")
    }
  }
}
