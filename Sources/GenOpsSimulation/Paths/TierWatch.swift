import GenOpsAdmission
import GenOpsMetering
import GenOpsUnits

/// A meter that several streams use, and the day on which they come to its next price together. It adds up
/// whole streams, so that no usage class has to be counted to know that nothing happens.
struct TierWatch {
  /// A half of a stream that uses the meter.
  struct Part {
    /// Where the stream's days begin.
    var first: Int
    var half: UsageClassShare.Half
    /// The most units of one of its own, and what rounding may add.
    var factor: Double
    var slack: Int64
  }

  let meter: Meter
  private var parts: [Part] = []
  /// The first day on which the next price may be reached; it has to be looked at again then.
  var freeUntil = 0

  /// A watch on `meter`, of all shares that use it. `units` are one item's by share.
  init(_ meter: Meter, _ shares: [UsageClassShare], units: [Int64]) {
    self.meter = meter
    for (share, each) in zip(shares, units) where each > 0 {
      let factor = share.scale * Double(each)
      let index = parts.firstIndex { $0.first == share.first && $0.half == share.half }
      if let index {
        parts[index].factor = max(parts[index].factor, factor)
        parts[index].slack += 2 * each
      } else {
        parts.append(Part(first: share.first, half: share.half, factor: factor, slack: 2 * each))
      }
    }
  }

  /// Finds the day on which more than `room` units have come, from `day` up to `end`.
  mutating func look(
    _ room: Int64, from day: Int, to end: Int, _ units: [Int64], _ identified: [Int64]
  ) {
    freeUntil = end
    if room == .max { return }
    var left = room
    var day = day
    while day < end {
      for part in parts {
        let all = units[part.first + day]
        let whole =
          switch part.half {
          case .whole: all
          case .identified: identified[part.first + day]
          case .anonymous: all - identified[part.first + day]
          }
        if whole <= 0 { continue }
        // At most 10^15 and a little, so the conversion cannot fail.
        let scaled =
          part.factor == 1
          ? whole : Int64(min(UsageClassShare.most, Double(whole) * part.factor) + 1)
        left = left.subtractingClamped(scaled).subtractingClamped(part.slack)
      }
      if left < 0 { break }
      day += 1
    }
    freeUntil = min(day, end)
  }
}
