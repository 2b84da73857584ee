package import GenOpsCosting
import GenOpsMetering
import GenOpsNumerics
package import GenOpsUnits

/// What a month of recorded days costs: months are drawn from whole days of a recording, some days in a row at a
/// time, as the circular block bootstrap does (Politis and Romano 1992), so that a week keeps its shape. Usage is what
/// was sent; growth and season are not in it.
package struct BlockBootstrap: Sendable, Hashable {
  /// Days in a row that are drawn together, and days of a month.
  package var block: Int
  package var days = 30
  package var draws = 1000

  package init(block: Int) { self.block = block }

  /// Quantiles of the cost of a month, in the calculator's currency and without fees.
  package struct Answer: Sendable, Hashable {
    package var bootstrap: BlockBootstrap
    /// Whole days that were drawn from.
    package var recorded: Int
    package var p10: Money
    package var p50: Money
    package var p90: Money
  }

  /// Of the whole days of `replay`.
  ///
  /// - Throws: When there are fewer than two blocks of them, or a month has no known price.
  package func answer(_ replay: EventReplay, _ calculator: CostCalculator) throws(FindingsError)
    -> Answer
  {
    var whole = replay.days[...]
    if replay.beginsWithin != nil { whole = whole.dropFirst() }
    if replay.endsWithin != nil { whole = whole.dropLast() }
    // What has no price is told elsewhere.
    let recorded = whole.map { day in
      MeterTotals(
        Dictionary(
          uniqueKeysWithValues: day.usage.used.filter { calculator.table(for: $0) != nil }.map {
            ($0, day.usage[$0])
          }))
    }
    guard block >= 1, recorded.count >= 2 * block else {
      throw FindingsError(
        "block-bootstrap",
        "blocks of \(countedNoun(block, "day")) are drawn from at least \(2 * block) whole days, and the recording has "
          + "\(recorded.count)", help: "record longer, or take shorter blocks: --block-bootstrap 1")
    }
    let key = RandomSource(seed: 1).key("recording", purpose: "block bootstrap")
    var generator = RandomGenerator()
    var costs: [Int64] = []
    for path in 0..<draws {
      generator.seek(key, path: path)
      var month = MeterTotals()
      var (place, left) = (0, 0)
      for _ in 0..<days {
        if left == 0 { (place, left) = (generator.index(below: recorded.count), block) }
        month = month + recorded[place]
        (place, left) = ((place + 1) % recorded.count, left - 1)
      }
      do throws(CostError) {
        costs.append(try calculator.cost(of: month).nanos)
      } catch {
        throw FindingsError(
          "block-bootstrap", "a month of the recorded days cannot be priced: \(error)")
      }
    }
    costs.sort()
    // Of 1,000 costs in order; there is at least one.
    func quantile(_ part: Int) -> Money { Money(nanos: costs[(costs.count - 1) * part / 100]) }
    return Answer(
      bootstrap: self, recorded: recorded.count, p10: quantile(10), p50: quantile(50),
      p90: quantile(90))
  }
}
