import GenOpsNumerics
package import GenOpsUnits

/// Which scenarios a sweep runs: every combination of the values, or a Latin hypercube over them.
package struct SweepDesign: Sendable, Equatable {
  /// More scenarios than this are a mistake more often than a plan.
  package static let mostPoints = 10_000

  package let axes: [SweepAxis]
  /// A value for each axis, by scenario. In a grid the last axis changes fastest.
  package let points: [[String]]

  /// Every combination.
  package init(grid axes: [SweepAxis]) throws(FindingsError) {
    self.axes = axes
    var points: [[String]] = [[]]
    for axis in axes {
      guard case .list(let values) = axis.values else { continue }
      // Each product is of two numbers below 10,001 and what a command line holds.
      try SweepDesign.check(points.count * values.count)
      points = points.flatMap { point in values.map { point + [$0] } }
    }
    self.points = points
  }

  /// `count` scenarios of a Latin hypercube: each axis is cut in `count` equal parts, and each part is met once.
  ///
  /// McKay, Beckman and Conover (1979). The parts are shuffled by Philox, with a key of seed and place, so that
  /// another axis disturbs no value of this one.
  package init(sampling axes: [SweepAxis], count: Int, seed: UInt64) throws(FindingsError) {
    self.axes = axes
    try SweepDesign.check(count)
    let source = RandomSource(seed: seed)
    var columns: [[String]] = []
    for axis in axes {
      var generator = RandomGenerator(source.key(axis.place, purpose: "sweep"))
      var order = Array(0..<count)
      // Fisher and Yates; the bound is at least 2.
      for last in stride(from: count - 1, to: 0, by: -1) {
        order.swapAt(last, generator.index(below: last + 1))
      }
      columns.append(
        order.map { part in
          let within = Int64(generator.index(below: 1_000_000))
          // At most 10^4 · 10^6.
          let millionths = (Int64(part) * 1_000_000 + within) / Int64(count)
          switch axis.values {
          case .range(let range): return range.value(at: millionths)
          case .list(let values):
            return values[min(values.count - 1, Int(millionths) * values.count / 1_000_000)]
          }
        })
    }
    points = (0..<count).map { index in columns.map { $0[index] } }
  }

  private static func check(_ count: Int) throws(FindingsError) {
    guard (1...mostPoints).contains(count) else {
      throw FindingsError(
        "not-an-axis",
        "a sweep of \(groupedDigits(String(count))) scenarios is not run; 1 to "
          + "\(groupedDigits(String(mostPoints))) are",
        help: "draw some of them: --samples 200")
    }
  }

  /// What `--set` takes for a scenario.
  package func settings(_ point: Int) -> [String] {
    zip(axes, points[point]).map { "\($0.place)=\($1)" }
  }
}
