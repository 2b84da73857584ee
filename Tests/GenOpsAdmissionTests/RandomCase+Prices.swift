import GenOpsCosting
import GenOpsMetering
import GenOpsTestSupport
import GenOpsUnits

@testable import GenOpsAdmission

extension RandomCase {
  /// The same account with prices that change up to three times while its traffic runs, with
  /// packages and with tiers whose price is unknown.
  func withPriceChanges(seed: UInt64, cliffs: Bool = true) -> RandomCase {
    var random = SeededGenerator(seed ^ 0x5EED)
    var changed = self
    for meter in RandomCase.meters where random.chance(40) {
      changed.tables[meter] = RandomCase.oddTable(&random)
    }
    let days = calls.map(\.day.number)
    let (first, last) = (start.day.number, max(start.day.number + 1, days.max() ?? 0))
    for _ in 0..<random.whole(0...3) {
      let day = CalendarDay(number: Int32(random.whole(Int64(first) - 2...Int64(last))))
      if changed.priceChanges.contains(where: { $0.from == day }) { continue }
      changed.priceChanges.append(
        Rules.PriceChange(
          from: day,
          tables: Meter.allCases.map { meter in
            // A limit needs a price at every time.
            guard RandomCase.meters.contains(meter), meter == .events || random.chance(95) else {
              return nil
            }
            if random.chance(30) { return RandomCase.oddTable(&random) }
            return RandomCase.table(cliff: cliffs && random.chance(30), &random)
          }))
    }
    return changed
  }

  /// Packages, or a last tier that nobody knows.
  static func oddTable(_ random: inout SeededGenerator) -> RateTable {
    if random.chance(50) {
      let free = random.whole(0...20)
      let package = RateTable.Segment(
        upTo: .max, origin: 0, base: 0, unit: random.whole(0...90), step: random.whole(1...25))
      return RateTable([package]).after(free: free)
    }
    let bound = random.whole(1...80)
    let unit = random.whole(0...20)
    return RateTable(
      [
        .init(upTo: bound, origin: 0, base: 0, unit: unit),
        .init(upTo: .max, origin: bound, base: bound * unit, unit: 0),
      ], knownUpTo: bound)
  }
}
