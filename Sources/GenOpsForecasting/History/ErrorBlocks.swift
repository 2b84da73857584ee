import Foundation
import GenOpsNumerics

/// Paths of errors made of blocks of a history's own errors, 14 days each (a moving block
/// bootstrap, Künsch 1989): what happened together stays together.
///
/// A block starting at day b gives, on its day j, the multiplier exp(w·Σ_{i<j} ψ_i + e_j), where e
/// are the errors of those days and ψ the part of them that moves the level, w how far
/// (``LocalLevel/wander``); after the block the level has moved by exp(w·Σ ψ). Both are divided by
/// their mean over all blocks, so every day's multiplier has expectation exactly 1, and all of it
/// is computed once: a path costs one multiplication a day.
struct ErrorBlocks: Sendable {
  static let length = 14
  /// Pieces of 10 bits are drawn as days back from the end of the history; beyond that it is not
  /// looked at.
  static let farthest = 1024

  /// By block start, then by day in the block.
  private var multipliers: [Double]
  /// By block start: what the level is multiplied by at the block's end.
  private var carries: [Double]
  /// Number of block starts.
  let count: Int

  static let none = ErrorBlocks(multipliers: [], carries: [])

  private init(multipliers: [Double], carries: [Double]) {
    self.multipliers = multipliers
    self.carries = carries
    count = carries.count
  }

  /// Blocks of `level`'s errors as they would fall on the days from day 0 on.
  ///
  /// Errors are taken relative to the spread of their weekday and given that of the day they fall
  /// on: on Sundays little is used and the logarithm swings more. They are cut at
  /// ``LocalLevel/cut``. Unknown days count as no error.
  init(_ level: LocalLevel, firstWeekday: Int, dayZeroWeekday: Int) {
    let recent = Array(level.errors.suffix(ErrorBlocks.farthest + ErrorBlocks.length - 1))
    let skipped = level.errors.count - recent.count
    let spreads = WeekdaySpread(level, firstWeekday: firstWeekday)
    let cut = level.cut
    let standard = recent.enumerated().map { index, error in
      error.isNaN
        ? 0 : min(cut, max(-cut, error / spreads[(firstWeekday + skipped + index) % 7]))
    }
    let length = ErrorBlocks.length
    let starts = standard.count - length + 1
    guard starts > 0 else {
      self = .none
      return
    }
    var multipliers = [Double](repeating: 0, count: starts * length)
    var carries = [Double](repeating: 0, count: starts)
    for start in 0..<starts {
      var moved = 0.0
      for day in 0..<length {
        let error = standard[start + day] * spreads[(dayZeroWeekday + day) % 7]
        multipliers[start * length + day] = exp(moved + error)
        moved += level.wander * LocalLevel.clipped(error, scale: level.scale)
      }
      carries[start] = exp(moved)
    }
    for day in 0..<length {
      let column = (0..<starts).map { multipliers[$0 * length + day] }
      let mean = Statistics.mean(column)
      for start in 0..<starts { multipliers[start * length + day] /= mean }
    }
    let mean = Statistics.mean(carries)
    for start in 0..<starts { carries[start] /= mean }
    self.init(multipliers: multipliers, carries: carries)
  }

  /// Blocks of the values themselves over their mean: for a series that is mostly zero, where
  /// logarithms say nothing.
  init(ratios: [Double]) {
    let recent = ratios.suffix(ErrorBlocks.farthest + ErrorBlocks.length - 1).map {
      $0.isNaN ? 1 : $0
    }
    let length = ErrorBlocks.length
    let starts = recent.count - length + 1
    guard starts > 0 else {
      self = .none
      return
    }
    var multipliers: [Double] = []
    for start in 0..<starts { multipliers += recent[start..<start + length] }
    for day in 0..<length {
      let mean = Statistics.mean((0..<starts).map { multipliers[$0 * length + day] })
      for start in 0..<starts where mean > 0 { multipliers[start * length + day] /= mean }
    }
    self.init(multipliers: multipliers, carries: [Double](repeating: 1, count: starts))
  }

  /// Multiplies `days` by one path of errors, drawn from `key` and `path`.
  ///
  /// Series that get the same key meet the same days of history and so move together: each block's
  /// place is drawn in days back from the end, as the first of a row of proposals that lies within
  /// the series' own history. Histories of one length agree on every block; a shorter one agrees
  /// wherever the proposal lies within it.
  func apply(
    to days: UnsafeMutableBufferPointer<Double>, key: RandomKey, path: Int,
    generator: inout RandomGenerator
  ) {
    guard count > 0 else { return }
    generator.seek(key, path: path)
    var level = 1.0
    var from = 0
    multipliers.withUnsafeBufferPointer { multipliers in
      while from < days.count {
        let start = count - 1 - ErrorBlocks.daysBack(within: count, &generator)
        let to = min(days.count, from + ErrorBlocks.length)
        let base = start * ErrorBlocks.length - from
        for day in from..<to { days[day] *= level * multipliers[base + day] }
        level *= carries[start]
        from = to
      }
    }
  }

  /// A place in `0 ..< count` days back from the end, on which series that are given the same key agree
  /// wherever it lies within both.
  ///
  /// `count` is at most ``farthest``. Always takes eight words, so that a block's words do not depend on
  /// the blocks before it.
  static func daysBack(within count: Int, _ generator: inout RandomGenerator) -> Int {
    var chosen = -1
    var last: UInt32 = 0
    for _ in 0..<8 {
      last = generator.word()
      if chosen < 0 {
        let (low, high) = (Int(last & 1023), Int(last >> 10 & 1023))
        if low < count { chosen = low } else if high < count { chosen = high }
      }
    }
    return chosen >= 0 ? chosen : Int(last >> 12) % count
  }
}

/// Robust standard deviations of the errors by weekday, drawn towards the common one as if two
/// weeks of it had been seen.
struct WeekdaySpread {
  private var values: [Double]

  init(_ level: LocalLevel, firstWeekday: Int) {
    var sums = [Double](repeating: 0, count: 7)
    var counts = [Double](repeating: 0, count: 7)
    for (index, error) in level.errors.enumerated() where !error.isNaN {
      let weekday = (firstWeekday + index) % 7
      let cut = min(4 * level.scale, max(-4 * level.scale, error))
      sums[weekday] += cut * cut
      counts[weekday] += 1
    }
    let total = counts.reduce(0, +)
    let common = total > 0 ? sums.reduce(0, +) / total : 1
    values = (0..<7).map {
      max(1e-12, ((sums[$0] + 14 * common) / (counts[$0] + 14)).squareRoot())
    }
  }

  subscript(weekday: Int) -> Double { values[weekday] }
}
