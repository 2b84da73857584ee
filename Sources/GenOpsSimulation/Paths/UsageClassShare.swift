import GenOpsAdmission

/// How a usage class's count follows from its stream's units on one path, and what it is admitted
/// as. Plain numbers, because the day loop reads them hundreds of millions of times.
struct UsageClassShare {
  enum Half { case whole, identified, anonymous }

  var item: ItemID
  /// Where the stream's days begin in ``FuturePath/units``.
  var first: Int
  var half = Half.whole
  /// Cumulative shares of the parts before this one and up to it.
  var low = 0.0
  var high = 1.0
  var scale = 1.0
  /// The part of its users that sampling keeps on this path.
  var kept = 1.0
  var isEvent: Bool
  var isCritical: Bool
  var wasIdentified: Bool
  /// Whether a fault makes it, and by how many days its timestamps are off.
  var isFault = false
  var shift = 0

  /// The most items of a day; a lever that makes more of them is not a plan.
  static let most = 1e15

  /// The usage class's items of a day. The parts of a stream sum to its units: cumulative shares
  /// are rounded, not the parts. Halves round up, as counts are not negative.
  @inline(__always)
  func count(_ units: Int64, _ identified: Int64) -> Int64 {
    var count = units
    if half != .whole {
      let part = Double(half == .identified ? identified : units - identified)
      count = Int64(part * high + 0.5) - Int64(part * low + 0.5)
    }
    return scale == 1 ? count : Int64(min(UsageClassShare.most, Double(count) * scale + 0.5))
  }

  /// How many of `count` survive sampling.
  @inline(__always)
  func survivors(of count: Int64) -> Int64 {
    kept < 1 ? Int64(Double(count) * kept + 0.5) : count
  }
}
