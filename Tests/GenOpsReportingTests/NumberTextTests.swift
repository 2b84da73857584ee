import GenOpsReporting
import GenOpsUnits
import Testing

@Suite struct NumberTextTests {
  @Test(arguments: [
    (0, "0"), (65_440, "65,440"), (65_439.6, "65,440"), (99.994, "99.99"), (99.996, "100"),
    (12.5, "12.50"), (0.004, "0.00"), (-3.456, "-3.46"), (-1234.5, "-1,235"), (-0.001, "0.00"),
    (5e12, "5.0 T"), (Double.nan, "?"), (9_200_000_000, "9,200,000,000"),
  ])
  func `Money is whole from 100 up`(amount: Double, text: String) {
    #expect(NumberText.money(amount) == text)
  }

  @Test(arguments: [
    (0, "0"), (0.01, "<0.1"), (0.34, "0.3"), (5, "5"), (812.4, "812"), (9_120, "9,120"),
    (41_200, "41 k"), (999_600, "1.0 M"), (9_100_000, "9.1 M"), (372e6, "372 M"),
    (2.5e9, "2.5 bn"), (7e15, "7,000 T"), (-41_200, "-41 k"),
  ])
  func `Counts have at most three digits`(units: Double, text: String) {
    #expect(NumberText.count(units) == text)
  }

  @Test(arguments: [
    (0, "0 %", "no"), (1, "100 %", "every"), (0.001, "<1 %", "fewer than 1 of 100"),
    (0.999, ">99 %", "more than 99 of 100"), (0.94, "94 %", "94 of 100"),
  ])
  func `A rare thing is not never`(part: Double, percent: String, futures: String) {
    #expect(NumberText.percent(part) == percent)
    #expect(NumberText.futures(part) == futures)
  }

  @Test(arguments: [
    (0, "0"), (2500, "2.5k"), (10_000, "10k"), (0.25, "0.25"), (1_200_000, "1.2M"), (750, "750"),
  ])
  func `Ticks are short`(value: Double, text: String) {
    #expect(NumberText.tick(value) == text)
  }

  @Test func `A bar reaches its tick`() {
    let bar = BarText(maximum: 7410, columns: 33)
    #expect(bar.ticks == [0, 2500, 5000, 7500])
    #expect(bar.axis == "0        2.5k       5k       7.5k")
    #expect(bar.bar(7500, upTo: 7500).solid.count == 30)
    #expect(bar.bar(3750, upTo: 4000) == (String(repeating: "█", count: 15), "░"))
    // What is certain has no shade, wherever its end falls between two columns.
    #expect((1...99).allSatisfy { bar.bar(Double($0) * 74, upTo: Double($0) * 74).shade.isEmpty })
    #expect(bar.bar(125, upTo: 0) == ("▌", ""))
    #expect(bar.bar(-5, upTo: .infinity) == ("", ""))
  }
}
