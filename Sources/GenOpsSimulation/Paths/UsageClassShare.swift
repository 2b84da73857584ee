import GenOpsAdmission

/// How a usage class's count follows from its stream's units on one path, and what it is admitted
/// as. Plain numbers, because the day loop reads them hundreds of millions of times.
struct UsageClassShare {
  enum Half: Int, CaseIterable { case whole, identified, anonymous }

  var item: ItemID
  /// Where the stream's days begin in ``FuturePath/units``.
  var first: Int
  /// The stream's place in the plan.
  var stream: Int
  var half = Half.whole
  /// The meters it is on, by bit.
  var meters: UInt64
  /// Cumulative shares of the parts before this one and up to it.
  var low = 0.0
  var high = 1.0
  /// Whether it is a part of its stream.
  var isCut = false
  var scale = 1.0
  /// The part of its users that sampling keeps on this path.
  var kept = 1.0
  var isEvent: Bool
  var isCritical: Bool
  /// Whether another class counts its items as events: what is lost of them is lost there.
  var isCountedAsEvents: Bool
  var wasIdentified: Bool
  /// Whether a fault makes it, and by how many days its timestamps are off.
  var isFault = false
  var shift = 0

  /// The most items of a day; a lever that makes more of them is not a plan.
  static let most = 1e15

  /// The usage class's items of a day, from 0. The parts of a stream sum to its units: cumulative shares
  /// are rounded, not the parts, also where an option scales them, as ``DayRounding`` says.
  @inline(__always)
  func count(_ units: Int64, _ identified: Int64, on day: Int) -> Int64 {
    if !isCut {
      return scale == 1
        ? units
        : Int64(min(UsageClassShare.most, Double(units) * scale + DayRounding.cut(day)))
    }
    let whole =
      switch half {
      case .whole: units
      case .identified: identified
      case .anonymous: units - identified
      }
    let part = Double(whole) * scale
    let offset = DayRounding.cut(day)
    // Each is at most 10^15, so the conversions cannot fail.
    let upTo =
      scale == 1 && high == 1 ? whole : Int64(min(UsageClassShare.most, part * high + offset))
    return max(0, upTo - Int64(min(UsageClassShare.most, part * low + offset)))
  }

  /// At least the count of any day of the month: the parts are rounded, by an item at each end.
  func most(_ peaks: DayPeaks, month: Int) -> Int64 {
    let place = stream * peaks.monthCount + month
    let units =
      switch half {
      case .whole: peaks.units[place]
      case .identified: peaks.identified[place]
      case .anonymous: peaks.anonymous[place]
      }
    if units <= 0 { return 0 }
    if !isCut, scale == 1 { return units }
    let part = isCut ? Double(units) * max(0, high - low) + 2 : Double(units)
    // At most 10^15 and 2, which fits.
    return Int64(min(UsageClassShare.most, part * max(0, scale)) + 2)
  }

  /// How many of the `count` items of a day survive sampling.
  @inline(__always)
  func survivors(of count: Int64, on day: Int) -> Int64 {
    // A count is at most 10^15, so the conversion cannot fail.
    kept < 1 ? min(count, Int64(Double(count) * kept + DayRounding.kept(day))) : count
  }
}
