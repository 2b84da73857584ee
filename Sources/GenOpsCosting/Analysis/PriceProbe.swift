public import GenOpsUnits

/// What a rate charges at one of its edges.
public struct PriceProbe: Sendable, Hashable {
  public var units: Int64
  /// Nil where it is unknown or beyond money's range.
  public var cost: Money?
  /// What unit number ``units`` + 1 costs.
  public var next: Money?
}

/// A place where more costs less in all.
public struct PriceCliff: Sendable, Hashable {
  /// One more unit than these costs less.
  public var units: Int64
  public var before: Money
  public var after: Money
  /// The first number of units that costs as much again; nil when none does.
  public var recovers: Int64?
}

extension RateTable {
  /// The edges of a table: 0, and around each bound the unit before, at and after it; then far
  /// beyond the last. Packages have edges of their own.
  public var probePoints: [Int64] {
    let packages = segments.filter { $0.step > 1 }.map { $0.origin.addingClamped($0.step) }
    let bounds = (upTo + packages).filter { $0 < .max }
    let last = bounds.max() ?? 0
    let huge = last > Int64.max / 10 ? Int64.max : max(10 * last, 1_000_000)
    return Set([0, 1, huge] + bounds.flatMap { [$0 - 1, $0, $0 + 1] }).sorted()
  }

  /// The table at its edges.
  public var probes: [PriceProbe] {
    probePoints.map { units in
      PriceProbe(
        units: units, cost: cost(of: units),
        next: units < .max ? cost(from: units, to: units + 1) : nil)
    }
  }

  /// Every cliff, with where its savings end.
  public var cliffEdges: [PriceCliff] {
    cliffs.compactMap { bound in
      guard let before = cost(of: bound), let after = cost(of: bound + 1) else { return nil }
      return PriceCliff(
        units: bound, before: before, after: after,
        recovers: firstUnits(after: bound, costing: before))
    }
  }

  /// The first number of units after `bound` that costs at least `amount`. Within a segment cost
  /// does not fall, so each is searched by halving.
  private func firstUnits(after bound: Int64, costing amount: Money) -> Int64? {
    for index in upTo.indices where upTo[index] > bound {
      let piece = segment(at: index)
      let end = min(piece.upTo, knownUpTo)
      func reaches(_ units: Int64) -> Bool {
        piece.cost(of: units).map { $0 >= amount.nanos } ?? true
      }
      guard end > bound, reaches(end) else { continue }
      var (low, high) = (max(bound, index == 0 ? 0 : upTo[index - 1]) + 1, end)
      while low < high {
        let middle = low + (high - low) / 2
        if reaches(middle) { high = middle } else { low = middle + 1 }
      }
      return low
    }
    return nil
  }
}
