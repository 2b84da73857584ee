/// The items that usage classes make of one future's days, as running sums. Options mostly make the same of
/// them, so that they are counted once for all. One belongs to one worker.
final class RunningItems {
  private let dayCount: Int
  /// Of each column: the items before each day of the period, then all of them. A day has at most 10^15, so no
  /// sum of a period overflows.
  private(set) var sums: [Int64] = []
  private var columns: [(share: UsageClassShare, isKept: Bool)] = []

  /// Of a period of `dayCount` days.
  init(dayCount: Int) { self.dayCount = dayCount }

  /// Forgets all, for other units.
  func clear() { columns.removeAll(keepingCapacity: true) }

  /// Where the sums of `share` begin: of its items, or of those that sampling keeps. `units` and
  /// `identified`, by stream then day, are the same until ``clear()``.
  func column(
    _ share: UsageClassShare, kept isKept: Bool, _ units: [Int64], _ identified: [Int64]
  ) -> Int {
    let stride = dayCount + 1
    let known = columns.firstIndex {
      $0.isKept == isKept && $0.share.countsAs(share) && (!isKept || $0.share.kept == share.kept)
    }
    if let known { return known * stride }
    let first = columns.count * stride
    columns.append((share, isKept))
    if sums.count < first + stride { sums += [Int64](repeating: 0, count: stride) }
    sums.withUnsafeMutableBufferPointer { sums in
      var sum: Int64 = 0
      for day in 0..<dayCount {
        sums[first + day] = sum
        let items = max(0, share.count(units[share.first + day], identified[share.first + day]))
        sum &+= isKept ? share.survivors(of: items) : items
      }
      sums[first + dayCount] = sum
    }
    return first
  }
}
