import Foundation
import GenOpsNumerics
import GenOpsUnits

/// Joint paths of the level ahead under a ``StructuralFit``, as multipliers by week with expectation
/// exactly 1: which way holds, its coefficients and today's level are drawn once a path, the level's
/// steps every week. Under a growth that is given all of it stays open but the growth (``LevelMotion``).
///
/// The steps are the history's own, standardized, each with a random sign: series of one account that
/// are given one key meet the same weeks of history with the same signs and so move together as far as
/// they did. The rest is the series' own.
struct StructuralPaths: Sendable {
  private struct Way: Sendable {
    var until: Double
    var posterior: NormalPosterior
    /// Of today's level and slope: the triangular root of their covariance.
    var level: Double
    var slope: Double
    var slopeRest: Double
    /// Of a week's step.
    var walk: Double
    var shock: Double
    var persistence: Double
    /// By motion of the level, in the order of its cases.
    var views: [View] = []
  }

  /// A way's weeks ahead under one motion of the level.
  private struct View: Sendable {
    /// By week: what the way expects over what all do and the logarithm of the expectation, together.
    var offsets: [Double] = []
    /// By week, then coefficient.
    var rows: [Double] = []
  }

  /// Weeks ahead that differ; what comes later stands where the last did.
  static let weeks = 106
  private var ways: [Way] = []
  /// Steps of the history by week, the latest first, with standard deviation 1.
  private let steps: [Double]
  /// Makes the series' own numbers of an account's key.
  private let own: UInt64

  init(_ fit: StructuralFit, name: String) {
    own = RandomSource(seed: 0).key(name, purpose: "structure").bits
    guard let best = fit.ways.first else {
      steps = []
      return
    }
    steps = StructuralPaths.steps(
      fit.filters[best.filter].standardized(best.posterior.mean, kept: best.kept))
    let columns = (0..<StructuralPaths.weeks).map { fit.columns.row(Double(7 * $0 + 3)) }
    var sum = 0.0
    for way in fit.ways {
      let filter = fit.filters[way.filter]
      sum += way.weight
      let root = way.scale.squareRoot() * StructuralPriors.width
      let level = max(0, filter.levelVariance).squareRoot()
      let slope = level > 0 ? filter.covariance / level : 0
      let rest = max(0, filter.slopeVariance - slope * slope).squareRoot()
      ways.append(
        Way(
          until: sum, posterior: way.posterior, level: root * level, slope: root * slope,
          slopeRest: root * rest, walk: root * filter.variances.walk.squareRoot(),
          shock: root * filter.variances.slope.squareRoot(),
          persistence: filter.variances.persistence))
    }
    for motion in LevelMotion.allCases { look(ahead: columns, motion, fit) }
  }

  /// Adds the view of each way under `motion`; `columns` are those of the fit, by week.
  private mutating func look(ahead columns: [[Double]], _ motion: LevelMotion, _ fit: StructuralFit)
  {
    var (means, spreads): ([[Double]], [[Double]]) = ([], [])
    let width = StructuralPriors.width
    for (index, way) in fit.ways.enumerated() {
      let made = ways[index]
      let filter = fit.filters[way.filter]
      let step = StructuralPaths.expected(steps, times: motion == .withGrowth ? 0 : made.walk)
      var (view, mean, spread) = (View(), [Double](), [Double]())
      // The variance of what shocks to the slope have made of the level, and of the slope.
      var shocks = (level: 0.0, both: 0.0, slope: 0.0)
      for (week, values) in columns.enumerated() {
        let weeks = Double(week + 1)
        let reach =
          motion == .own && filter.variances.slope > 0
          ? StructuralOutlook.sum(made.persistence, weeks: weeks) : 0
        let row = way.kept.map { column -> Double in
          // A growth that is given begins today, where all columns of growth are 0.
          let isOpen = motion == .own || !StructuralColumns.isGrowth(column)
          return (isOpen ? values[column] : 0) - filter.level[column] - reach * filter.slope[column]
        }
        view.rows += row.map { $0 * width }
        let today = filter.level[filter.columns] + reach * filter.slope[filter.columns]
        mean.append(zip(row, way.posterior.mean).reduce(today) { $0 + $1.0 * $1.1 })
        if motion == .own {
          shocks.level += 2 * shocks.both + shocks.slope
          shocks.both = made.persistence * (shocks.both + shocks.slope)
          shocks.slope =
            made.persistence * made.persistence * shocks.slope + made.shock * made.shock
        }
        // A shock counts from the week in which it is drawn.
        let drawn = shocks.level + 2 * shocks.both + shocks.slope
        let start = made.level + reach * made.slope
        let variance =
          width * width * way.posterior.variance(of: row) + start * start
          + reach * reach * made.slopeRest * made.slopeRest + drawn
        spread.append(variance / 2 + weeks * step)
      }
      ways[index].views.append(view)
      means.append(mean)
      spreads.append(spread)
    }
    settle(fit, means, spreads)
  }

  /// Completes the last view: each way's distance from the mean of all, with the logarithm of the paths' expectation taken off.
  private mutating func settle(_ fit: StructuralFit, _ means: [[Double]], _ spreads: [[Double]]) {
    for week in 0..<StructuralPaths.weeks {
      let center = fit.ways.indices.reduce(0) { $0 + fit.ways[$1].weight * means[$1][week] }
      let distances = means.map { StructuralPriors.width * ($0[week] - center) }
      let expected = fit.ways.indices.reduce(0) {
        $0 + fit.ways[$1].weight * exp(distances[$1] + spreads[$1][week])
      }
      for way in ways.indices {
        ways[way].views[ways[way].views.count - 1].offsets.append(
          distances[way] - log(expected))
      }
    }
  }

  /// The latest first, cut at 3.5 and with mean square 1.
  private static func steps(_ innovations: [Double]) -> [Double] {
    let cut = innovations.reversed().map { min(3.5, max(-3.5, $0)) }
    let square = cut.reduce(0) { $0 + $1 * $1 } / Double(max(1, cut.count))
    guard square > 0 else { return [1] }
    return cut.map { $0 / square.squareRoot() }
  }

  /// The logarithm of the expectation of exp(step · `scale`) with a random sign.
  private static func expected(_ steps: [Double], times scale: Double) -> Double {
    log(steps.reduce(0) { $0 + cosh($1 * scale) } / Double(max(1, steps.count)))
  }

  /// Multiplies `days` by the level of one path.
  func apply(
    to days: UnsafeMutableBufferPointer<Double>, motion: LevelMotion, key: RandomKey, path: Int,
    generator: inout RandomGenerator
  ) {
    guard let last = ways.last, !days.isEmpty else { return }
    let count = min(StructuralPaths.weeks, (days.count + 6) / 7)
    generator.seek(RandomKey(bits: key.bits ^ own), path: path)
    let uniform = generator.uniform()
    let way = ways.first { uniform <= $0.until } ?? last
    let view = way.views[motion.place]
    let isOwn = motion == .own
    let width = way.posterior.mean.count
    var normals = (0..<width).map { _ in generator.normal() }
    way.posterior.deviate(&normals)
    let start = generator.normal()
    let level = way.level * start
    let slope = isOwn ? way.slope * start + way.slopeRest * generator.normal() : 0
    var levels = [Double](repeating: 0, count: count)
    var (wandered, growing, reach, power) = (0.0, 0.0, 0.0, 1.0)
    for week in 0..<count {
      if isOwn, way.shock > 0 {
        growing = way.persistence * growing + way.shock * generator.normal()
        wandered += growing
        reach += power
        power *= way.persistence
      }
      var sum = view.offsets[week] + level + reach * slope + wandered
      for column in 0..<width { sum += view.rows[week * width + column] * normals[column] }
      levels[week] = sum
    }
    // Step 1: the days' scatter is drawn at step 0.
    generator.seek(key, path: path, step: 1)
    var walked = 0.0
    for week in 0..<count where motion != .withGrowth {
      walked += way.walk * step(&generator)
      levels[week] += walked
    }
    levels.withUnsafeMutableBufferPointer { levels in
      Exponential.apply(levels)
      for day in days.indices { days[day] *= levels[min(count - 1, day / 7)] }
    }
  }

  /// A step of the history with a random sign. Always takes three words; the place is the first of
  /// eight proposals that lies within the series' own history, so that a shorter one agrees with a
  /// longer wherever it can.
  private func step(_ generator: inout RandomGenerator) -> Double {
    let words = (generator.word(), generator.word(), generator.word())
    var chosen: Int?
    for word in [words.1, words.2] {
      for shift in [0, 8, 16, 24] where chosen == nil {
        // Eight bits.
        let place = Int(word >> UInt32(shift) & 255)
        if place < steps.count { chosen = place }
      }
    }
    // Below 2³¹.
    let place = chosen ?? Int(words.0 >> 1) % steps.count
    return words.0 & 1 == 0 ? steps[place] : -steps[place]
  }
}
