import GenOpsTestSupport
import Testing

@testable import GenOpsReporting

struct `A column of money` {
  @Test(arguments: [
    ([757.5, 757.5], ["758", "757"], "1,515"), ([84.3, 84.3], ["84.30", "84.30"], "168.60"),
    ([0.333, 0.333, 0.334], ["0.33", "0.33", "0.34"], "1.00"), ([0, 500.4], ["0", "500"], "500"),
    ([-120.6, 300.3], ["-120", "300"], "180"), ([], [], "0"),
  ])
  func `adds up as shown`(amounts: [Double], texts: [String], total: String) {
    let column = MoneyColumn(amounts)
    #expect(column.parts.map(column.text) == texts)
    #expect(column.text(column.total) == total)
  }

  @Test func `adds up as shown for any amounts, each within one unit`() {
    var random = SeededGenerator(11)
    for _ in 0..<2_000 {
      let size = Double.random(in: 0...6, using: &random)
      let amounts = (0..<Int.random(in: 1...40, using: &random)).map { _ in
        Double.random(in: 0...1, using: &random) * pow10(size)
      }
      let column = MoneyColumn(amounts)
      let unit = column.hasCents ? 0.01 : 1.0
      let sum = column.parts.reduce(0, +)
      #expect(abs(sum - column.total) < unit / 100, "\(amounts)")
      #expect(zip(amounts, column.parts).allSatisfy { abs($0 - $1) < unit * 1.000_001 })
    }
  }

  @Test func `says when a part is not what it is rounded to by itself`() {
    #expect(MoneyColumn([757.5, 757.5]).isAdjusted)
    #expect(!MoneyColumn([84.3, 84.3]).isAdjusted && !MoneyColumn(alternatives: [0.5]).isAdjusted)
  }

  /// 59,607.4 less 64,835.6 is -5,228.2, and what is shown beside it, 59,607 and 64,836, differs by 5,229.
  @Test func `has differences of what is shown`() {
    let amounts = ComparedAmounts([64_835.6, 59_607.4, nil], base: 0)
    #expect(amounts.cell(0).text == "64,836" && amounts.cell(1).text == "59,607")
    #expect(amounts.difference(1, -5_228.2).text == "-5,229")
    #expect(amounts.difference(1, -5_228.2).value?.hasPrefix("-5228.2") == true)
    #expect(amounts.cell(2).text == "-" && amounts.signed(12.6).text == "+13")
    // A low end never looks higher than what is expected.
    #expect(ComparedAmounts([100.4, 99.7], base: 0).beside(0, 100.3999).text == "100")
  }

  private func pow10(_ exponent: Double) -> Double {
    (0..<Int(exponent)).reduce(1) { value, _ in value * 10 }
  }

  @Test func `leaves alone what does not add up before it is rounded`() {
    let column = MoneyColumn([100.4, 200.4], total: 900)
    #expect(column.parts == [100, 200] && column.total == 900)
    #expect(MoneyColumn([.nan, 1e15]).parts.count == 2)
  }

  @Test func `shows what lies beside an amount on its own side`() {
    let column = MoneyColumn([757.5, 757.5])
    // All are one number: so are their texts.
    #expect(column.text(757.5, beside: 757.5, shown: 757) == "757")
    #expect(column.text(757.6, beside: 757.5, shown: 757) == "758")
    #expect(column.text(757.4, beside: 757.5, shown: 758) == "757")
    #expect(column.text(757.6, beside: 757.5, shown: 758) == "758")
  }
}
