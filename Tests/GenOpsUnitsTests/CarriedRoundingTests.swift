import GenOpsTestSupport
import Testing

@testable import GenOpsUnits

struct `Rounding that carries` {
  @Test func `makes 146 a year of 0.4 a day, and nothing of nothing`() {
    var whole = CarriedAmount()
    let year = (0..<365).map { _ in whole.next(0.4) }
    #expect(year.reduce(0, +) == 146 && year.allSatisfy { (0...1).contains($0) })
    #expect(whole.next(0) == 0 && whole.next(-3) == 0 && whole.next(.nan) == 0)
  }

  @Test func `keeps every sum of amounts to half a unit`() {
    var random = SeededGenerator(11)
    for _ in 0..<200 {
      var whole = CarriedAmount()
      var (sum, exact) = (Int64(0), 0.0)
      for _ in 0..<400 {
        let amount =
          random.whole(0...4) == 0 ? 0 : Double(random.whole(0...3_000_000)) / 1_000_000
        let number = whole.next(amount)
        #expect(amount > 0 || number == 0)
        sum += number
        exact += amount
        #expect(abs(Double(sum) - exact) <= 0.5 + 1e-9)
      }
    }
  }

  @Test func `takes a share of counts, never more than there is`() {
    var random = SeededGenerator(12)
    for _ in 0..<200 {
      let part = Double(random.whole(0...1000)) / 1000
      var share = CarriedShare(part)
      var (all, taken) = (Int64(0), Int64(0))
      for _ in 0..<400 {
        let count = Int64(random.whole(0...3))
        let own = share.next(count)
        #expect((0...count).contains(own))
        (all, taken) = (all + count, taken + own)
        #expect(abs(Double(taken) - Double(all) * part) <= 0.5 + 1e-9)
      }
    }
    var (whole, none) = (CarriedShare(1.2), CarriedShare(.nan))
    #expect(whole.next(1_000_000_000_000_000) == 1_000_000_000_000_000 && none.next(5) == 0)
  }
}
