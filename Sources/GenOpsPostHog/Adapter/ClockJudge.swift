import GenOpsUnits

/// Tells a clock that goes on from one that went wrong.
///
/// A reading is held against the time that has passed since the last one that was believed. What agrees
/// is believed. What does not moves nothing: the instant is then that of the last believed reading with
/// the time that has passed since. Readings that agree among each other for a minute are believed, since
/// the clock was then set, or the machine was stopped without its knowing.
///
/// A value: it reads no clock. Without it one reading of +40 days opens the next billing period, and
/// every event of the next forty days counts as late.
struct ClockJudge {
  /// How far a reading may be off, besides a thousandth of the time since: leap seconds and corrections
  /// of a clock that runs too fast or too slow are less.
  static let tolerance = Duration.seconds(60)
  /// How long readings that disagree with the others must agree among each other.
  static let probation = Duration.seconds(60)

  private struct Reading {
    var wall: Timestamp
    var elapsed: Duration
  }

  private var believed: Reading
  /// The first of the readings that disagree with the believed ones and agree among each other.
  private var doubted: Reading?
  /// Readings that moved nothing, and how far the farthest of them was off, in seconds.
  private(set) var doubtedReadings: Int64 = 0
  private(set) var farthest = 0.0
  /// Jumps that were believed in the end, and the last of them, in seconds.
  private(set) var believedJumps: Int64 = 0
  private(set) var lastJump = 0.0

  /// The first reading has none before it to be held against.
  init(wall: Timestamp, elapsed: Duration) {
    believed = Reading(wall: wall, elapsed: elapsed)
  }

  /// The last reading that was believed.
  var anchor: Timestamp { believed.wall }

  /// The instant that a reading stands for.
  mutating func instant(wall: Timestamp, elapsed: Duration) -> Timestamp {
    let reading = Reading(wall: wall, elapsed: elapsed)
    let off = ClockJudge.difference(reading, from: believed)
    if off.magnitude <= ClockJudge.bound(reading, from: believed) {
      believed = reading
      doubted = nil
      return wall
    }
    if let first = doubted, first.elapsed <= elapsed,
      ClockJudge.difference(reading, from: first).magnitude
        <= ClockJudge.bound(reading, from: first)
    {
      if elapsed - first.elapsed >= ClockJudge.probation {
        believedJumps += 1
        lastJump = off
        believed = reading
        doubted = nil
        return wall
      }
    } else {
      doubted = reading
    }
    doubtedReadings += 1
    if off.magnitude > farthest.magnitude { farthest = off }
    return believed.wall.advanced(bySeconds: (elapsed - believed.elapsed).inSeconds)
  }

  /// Seconds by which a reading is ahead of another one and of the time between them.
  private static func difference(_ reading: Reading, from other: Reading) -> Double {
    // As floating point: two instants may lie further apart than a whole number of microseconds says.
    (Double(reading.wall.microseconds) - Double(other.wall.microseconds)) / 1e6
      - (reading.elapsed - other.elapsed).inSeconds
  }

  private static func bound(_ reading: Reading, from other: Reading) -> Double {
    tolerance.inSeconds + (reading.elapsed - other.elapsed).inSeconds.magnitude / 1000
  }
}

extension Duration {
  var inSeconds: Double {
    let (seconds, attoseconds) = components
    return Double(seconds) + Double(attoseconds) / 1e18
  }
}
