/// Whether the part of values that an interval held is one that its promise allows.
public struct CoverageRange: Sendable, Hashable {
  /// The part that the interval promises to hold.
  public var promised: Double
  /// The part that it held.
  public var held: Double
  /// How many independent values that part is worth: fewer than were compared, because the errors of one
  /// forecast go together.
  public var trials: Double
  /// Where 95 % of such parts lie if the promise holds.
  public var low: Double
  public var high: Double

  /// `hits` says for each forecast which of its values were held.
  ///
  /// Values of one forecast are one sample of a cluster: n values in clusters of m are worth
  /// n / (1 + (m − 1)·ρ), with the correlation ρ within clusters from an analysis of variance (L. Kish,
  /// "Survey Sampling", 1965, 5.4). The range is that of a binomial proportion, exact up to 200 trials and
  /// normal beyond.
  public init?(promised: Double, hits: [[Bool]]) {
    let clusters = hits.filter { !$0.isEmpty }
    let count = clusters.reduce(0) { $0 + $1.count }
    guard count > 0 else { return nil }
    let held = clusters.reduce(0) { $0 + $1.count { $0 } }
    self.promised = promised
    self.held = Double(held) / Double(count)
    let size = Double(count) / Double(clusters.count)
    let correlation = CoverageRange.correlation(clusters, mean: self.held)
    trials = max(1, Double(count) / (1 + (size - 1) * correlation))
    (low, high) = CoverageRange.range(promised, trials)
  }

  /// Whether the part is in the range.
  public var isCredible: Bool { low <= held && held <= high }

  /// The intraclass correlation, 0…1; 1 of a single cluster, which tells nothing of others. Where every
  /// value was held, or none, nothing varies: taken as half, neither a free ride nor a veto.
  private static func correlation(_ clusters: [[Bool]], mean: Double) -> Double {
    let size = Double(clusters.reduce(0) { $0 + $1.count }) / Double(clusters.count)
    guard clusters.count > 1 else { return 1 }
    if size <= 1 { return 0 }
    var within = 0.0
    var between = 0.0
    for cluster in clusters {
      let part = Double(cluster.count { $0 }) / Double(cluster.count)
      within += Double(cluster.count) * part * (1 - part)
      between += Double(cluster.count) * (part - mean) * (part - mean)
    }
    let n = size * Double(clusters.count)
    let meanWithin = within / (n - Double(clusters.count))
    let meanBetween = between / Double(clusters.count - 1)
    let sum = meanBetween + (size - 1) * meanWithin
    return sum > 0 ? min(1, max(0, (meanBetween - meanWithin) / sum)) : 0.5
  }

  /// The central 95 % of the part of `trials` that succeed with probability `p`.
  static func range(_ p: Double, _ trials: Double) -> (low: Double, high: Double) {
    guard p > 0, p < 1 else { return (p, p) }
    guard trials <= 200 else {
      let width = 1.959963984540054 * (p * (1 - p) / trials).squareRoot()
      return (max(0, p - width), min(1, p + width))
    }
    // At least one, and no more than 200.
    let n = Int(max(1, trials.rounded()))
    // (1 - p)^200 is above the smallest Double for every level below 97 %; beyond, the other tail.
    let isMirrored = p > 0.5
    let q = isMirrored ? 1 - p : p
    var term = 1.0
    for _ in 0..<n { term *= 1 - q }
    var sum = 0.0
    var low: Int?
    var high = n
    for k in 0...n {
      sum += term
      if low == nil, sum > 0.025 { low = k }
      if sum >= 0.975 {
        high = k
        break
      }
      term *= Double(n - k) / Double(k + 1) * q / (1 - q)
    }
    let (a, b) = (Double(low ?? 0) / Double(n), Double(high) / Double(n))
    return isMirrored ? (1 - b, 1 - a) : (a, b)
  }
}
