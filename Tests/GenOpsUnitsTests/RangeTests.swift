import GenOpsUnits
import Testing

/// Numbers of a file that no amount, count or date holds are held at the ends.
@Suite struct RangeTests {
  @Test(
    arguments: [
      (0.4, 0), (0.5, 1), (-0.5, -1), (1e30, .max), (-1e30, .min), (.infinity, .max),
      (-.infinity, .min), (.nan, 0), (0x1p63, .max), (-0x1p63, .min),
      (0x1p63.nextDown, 9_223_372_036_854_774_784),
    ] as [(Double, Int64)])
  func `A number of a file as a whole one`(value: Double, whole: Int64) {
    #expect(Int64(rounding: value) == whole)
  }

  @Test func `Money is held at its ends`() throws {
    let most = Money(nanos: .max)
    let least = Money(nanos: .min)
    #expect(most + Money(nanos: 1) == most && least - Money(nanos: 1) == least)
    #expect(-least == most && least.magnitude == most && Money(nanos: -3).magnitude.nanos == 3)
    #expect(Money(units: .max) == most && Money(units: .min) == least)
    #expect(throws: MoneyOverflow.self) { try most.adding(Money(nanos: 1)) }
    var sum = least
    sum += least
    #expect(sum == least)
  }

  @Test func `Instants are held at their ends`() {
    let now = Timestamp(startOf: CalendarDay(number: 20_000))
    #expect(now.advanced(bySeconds: 1e30).microseconds == .max)
    #expect(Timestamp(microseconds: -1).advanced(bySeconds: -1e30).microseconds == .min)
    #expect(Timestamp(startOf: CalendarDay(number: .max)).microseconds == .max)
    #expect(CalendarMonth(number: .max).firstDay.number == .max)
  }

  @Test func `A product is held with its sign`() {
    #expect(Int64.max.multipliedClamped(by: -2) == .min)
    #expect(Int64.min.multipliedClamped(by: -1) == .max)
    #expect((3 as Int64).multipliedClamped(by: -4) == -12)
  }
}
