import Foundation

/// Members joined by how well each did in the past over the horizon asked for.
///
/// Weights ∝ 1 ∕ (mean |error| over all origins and steps)², later origins counting more, and drawn
/// half of the way to equal ones, because weights that are learnt are worse than equal ones where
/// they are learnt from little (Bates and Granger 1969; the "forecast combination puzzle" of Stock
/// and Watson 2004). What is joined is the weighted median: one member that goes astray moves
/// nothing (Petropoulos and Svetunkov, "A simple combination of univariate models", International
/// Journal of Forecasting 36, 2020).
enum SeriesCombination {
  /// How far weights are drawn to equal ones.
  static let towardsEqual = 0.5
  /// The logarithm of how much more the last origin counts than the first.
  static let recency = 2.0

  /// The weight of `origin` of `count`.
  static func weight(origin: Int, of count: Int) -> Double {
    exp(-recency * Double(count - origin) / Double(max(1, count)))
  }

  /// Mean |error| of each member.
  static func errors(_ members: [RollingForecast], z: [Double]) -> [Double] {
    members.map { member in
      let h = member.horizon
      var (total, count) = (0.0, 0.0)
      for origin in 0..<member.origins {
        let weight = weight(origin: origin, of: member.origins)
        let judged = member.judged(origin, count: z.count)
        for k in 0..<judged {
          total += weight * abs(z[member.firstOrigin + origin + k] - member.past[origin * h + k])
        }
        count += weight * Double(judged)
      }
      return count > 0 ? total / count : 0
    }
  }

  /// By member, adding up to 1.
  static func weights(_ errors: [Double]) -> [Double] {
    let equal = 1 / Double(errors.count)
    let least = errors.min() ?? 0
    guard least > 0 else { return errors.map { _ in equal } }
    let raw = errors.map { (least / $0) * (least / $0) }
    let sum = raw.reduce(0, +)
    return raw.map { (1 - towardsEqual) * $0 / sum + towardsEqual * equal }
  }

  /// The members as one.
  static func joined(_ members: [RollingForecast], weights: [Double]) -> RollingForecast {
    var joined = members[0]
    guard members.count > 1 else { return joined }
    var points = members.map { (value: $0.ahead[0], weight: 0.0) }
    points.withUnsafeMutableBufferPointer { points in
      for index in joined.past.indices {
        for j in 0..<points.count { points[j] = (members[j].past[index], weights[j]) }
        joined.past[index] = median(points)
      }
      for index in joined.ahead.indices {
        for j in 0..<points.count { points[j] = (members[j].ahead[index], weights[j]) }
        joined.ahead[index] = median(points)
      }
    }
    return joined
  }

  /// The median of points with weights that add up to 1: each point stands in the middle of its
  /// share, and between two points the median goes in a straight line. Sorts `points`.
  static func median(_ points: UnsafeMutableBufferPointer<(value: Double, weight: Double)>)
    -> Double
  {
    for i in 1..<max(1, points.count) {
      let point = points[i]
      var j = i
      while j > 0, points[j - 1].value > point.value {
        points[j] = points[j - 1]
        j -= 1
      }
      points[j] = point
    }
    var (below, before) = (0.0, 0.0)
    for i in 0..<points.count {
      let share = below + points[i].weight / 2
      if share >= 0.5 {
        guard i > 0 else { return points[0].value }
        let part = (0.5 - before) / (share - before)
        return points[i - 1].value + (points[i].value - points[i - 1].value) * part
      }
      below += points[i].weight
      before = share
    }
    return points.isEmpty ? 0 : points[points.count - 1].value
  }
}
