import GenOpsAdmission
import GenOpsScenario

/// The counts of columns of items by day, each column once for all options that have it.
final class DayCounts {
  /// What a column's counts follow from on every future, but for the parts of a mix.
  struct Key: Hashable {
    var stream: Int
    var half: UsageClassShare.Half
    var scale: Double
    var weight: PlanStream.Weight
    /// Whether they are days that have passed.
    var isPast: Bool
  }

  let dayCount: Int
  /// By column then day.
  private(set) var counts: [Int64] = []
  /// What meters come to, for all options that use them alike.
  let meterDays: MeterDays
  /// ``DayRounding/cut(_:)`` of each day.
  private let offsets: [Double]
  private var sources: [Key: Int] = [:]
  private var places: [DayBlock.Source: Int] = [:]
  /// The parts up to which a half of a stream or all of it was counted last, and how many those are by day.
  private var bounds: [Bound] = []

  private struct Bound {
    var first = -1
    var scale = 0.0
    var share = 0.0
    var counts: [Int64]
  }

  /// Whether a runner has come to them: the first begins each future.
  private var isUsed = false

  init(days: Int) {
    dayCount = days
    meterDays = MeterDays(days: days)
    offsets = (0..<days).map(DayRounding.cut)
    bounds = [0, 1, 2].map { _ in Bound(counts: [Int64](repeating: 0, count: days)) }
  }

  /// The column of some parts of a stream's mix.
  func source(_ key: Key, parts: ClosedRange<Int>) -> DayBlock.Source {
    let number = sources[key] ?? sources.count
    sources[key] = number
    return DayBlock.Source(number: number, parts: parts)
  }

  /// Where a column begins, and whether no other had its source before: that one fills it.
  func place(for source: DayBlock.Source) -> (first: Int, isNew: Bool) {
    if let first = places[source] { return (first, false) }
    let first = place()
    places[source] = first
    return (first, true)
  }

  /// A place for one more column that no other has.
  func place() -> Int {
    counts += [Int64](repeating: 0, count: dayCount)
    return counts.count - dayCount
  }

  /// Fills in a column on a future: its items of some days.
  func fill(
    _ first: Int, _ share: UsageClassShare, _ units: [Int64], _ identified: [Int64],
    days: Range<Int>
  ) {
    let offsets = offsets
    units.withUnsafeBufferPointer { units in
      identified.withUnsafeBufferPointer { identified in
        counts.withUnsafeMutableBufferPointer { counts in
          let column = UnsafeMutableBufferPointer(rebasing: counts[first..<first + dayCount])
          if share.half == .whole, share.low == 0, share.high == 1 {
            share.counts(units, days: days, offsets, into: column)
            return
          }
          let half = share.half == .identified ? 0 : share.half == .anonymous ? 1 : 2
          let isNext =
            bounds[half].first == share.first && bounds[half].scale == share.scale
            && bounds[half].share == share.low
          bounds[half].first = share.first
          bounds[half].scale = share.scale
          bounds[half].share = share.high
          bounds[half].counts.withUnsafeMutableBufferPointer {
            share.counts(
              units, identified, days: days, offsets, below: $0, isCounted: isNext, into: column)
          }
        }
      }
    }
  }

  /// Whether the one that asks is the first: it walks each future before all others.
  func join() -> Bool {
    defer { isUsed = true }
    return !isUsed
  }

  /// Forgets what was counted last: another option or future follows.
  func begin() {
    for half in bounds.indices { bounds[half].first = -1 }
  }

  /// Fills in the survivors of a column.
  func keep(_ first: Int, of column: Int, _ share: UsageClassShare, days: Range<Int>) {
    counts.withUnsafeMutableBufferPointer { counts in
      for day in days {
        counts[first + day] = share.survivors(of: counts[column + day], on: day)
      }
    }
  }

  /// Whether a column has an item on any day.
  func hasItems(_ first: Int) -> Bool {
    counts[first..<first + dayCount].contains { $0 != 0 }
  }
}

extension UsageClassShare {
  /// The items of some days where the stream is not split, as ``count(_:_:on:)`` says; 0 where it is less.
  fileprivate func counts(
    _ units: UnsafeBufferPointer<Int64>, days: Range<Int>, _ offsets: [Double],
    into counts: UnsafeMutableBufferPointer<Int64>
  ) {
    let (first, scale) = (first, scale)
    if scale == 1 {
      for day in days { counts[day] = max(0, units[first + day]) }
    } else {
      for day in days {
        counts[day] = UsageClassShare.rounded(Double(units[first + day]) * scale, offsets[day])
      }
    }
  }

  /// The same of a part of the stream or of a half. `below` has the items of all parts before this one, where `isCounted` says
  /// so, and gets those of this one with them.
  fileprivate func counts(
    _ units: UnsafeBufferPointer<Int64>, _ identified: UnsafeBufferPointer<Int64>,
    days: Range<Int>, _ offsets: [Double], below: UnsafeMutableBufferPointer<Int64>,
    isCounted: Bool,
    into counts: UnsafeMutableBufferPointer<Int64>
  ) {
    let (first, low, high, scale) = (first, low, high, scale)
    switch half {
    case .whole: for day in days { counts[day] = units[first + day] }
    case .identified: for day in days { counts[day] = identified[first + day] }
    case .anonymous:
      for day in days { counts[day] = units[first + day] &- identified[first + day] }
    }
    if scale == 1, low == 0, high == 1 {
      for day in days {
        counts[day] = max(0, counts[day])
        below[day] = counts[day]
      }
      return
    }
    if !isCounted {
      for day in days {
        below[day] = UsageClassShare.rounded(Double(counts[day]) * scale * low, offsets[day])
      }
    }
    // The last part has what is left, also where a `Double` cannot tell a count from it and an offset.
    let isRest = scale == 1 && high == 1
    for day in days {
      let upTo =
        isRest
        ? counts[day] : UsageClassShare.rounded(Double(counts[day]) * scale * high, offsets[day])
      counts[day] = max(0, upTo &- below[day])
      below[day] = upTo
    }
  }

  /// `Int64(min(most, value + offset))` of a number that is not negative, 0 of one that is: without a conversion
  /// that checks its range, so that several days are rounded at once. `offset` is of 0…1.
  @inline(__always)
  private static func rounded(_ value: Double, _ offset: Double) -> Int64 {
    let raised = min(UsageClassShare.most, max(0, value + offset))
    // Above 2⁵² a step is 1, so the sum is whole and its last bits are the number; it may be rounded up.
    let whole = raised + 0x1p52
    let number = Int64(bitPattern: whole.bitPattern) &- Int64(bitPattern: (0x1p52).bitPattern)
    return whole - 0x1p52 > raised ? number &- 1 : number
  }
}
