import Foundation
import GenOpsNumerics
import GenOpsUnits

/// A Bayesian structural time series of weeks (Harvey 1989; Scott and Varian 2014): a wandering level,
/// growth, the season of the year and shifts, under every combination of ``StructuralPriors``, each
/// weighed by the likelihood of the history with its coefficients integrated out.
struct StructuralFit: Sendable {
  /// One combination.
  struct Way: Sendable {
    /// Of all ways kept; they sum to 1.
    var weight: Double
    /// The filter, by its number.
    var filter: Int
    /// What all its variances are multiplied by.
    var scale: Double
    /// Columns with a coefficient.
    var kept: [Int]
    var posterior: NormalPosterior
  }

  let columns: StructuralColumns
  /// The middle of the weeks' logarithms, which they are taken from.
  let middle: Double
  private(set) var filters: [LevelFilter] = []
  private(set) var ways: [Way] = []

  private struct Candidate {
    var evidence: Double
    var filter: Int
    var scale: Double
    var decay: Int?
    var season: Double
  }

  /// Of `weeks`, the last of which ends with the history. Throws where a way cannot be solved.
  init(_ weeks: [Double], columns: StructuralColumns) throws(NumericalError) {
    self.columns = columns
    let known = weeks.filter { !$0.isNaN }
    middle = known.isEmpty ? 0 : Statistics.quantiles(of: known, at: [0.5])[0]
    var rows: [Double] = []
    rows.reserveCapacity(weeks.count * (columns.count + 1))
    for (index, week) in weeks.enumerated() {
      rows += columns.row(Double(-7 * (weeks.count - index) + 3))
      rows.append(week - middle)
    }
    let difference = StructuralFit.difference(weeks)
    for walk in StructuralPriors.walks {
      for slope in StructuralPriors.slopes {
        let persistence = exp(-1 / slope.weeks)
        let stationary = slope.sd * 7 / 365.25
        filters.append(
          LevelFilter(
            rows, columns: columns.count,
            variances: .init(
              noise: max(1e-8, (1 - walk) * difference / 2), walk: walk * difference,
              slope: stationary * stationary * (1 - persistence * persistence),
              persistence: persistence)))
      }
    }
    ways = try weigh()
  }

  /// The variance of the difference of two weeks in a row, robust and drawn towards its prior.
  static func difference(_ weeks: [Double]) -> Double {
    let differences = zip(weeks, weeks.dropFirst()).map { $1 - $0 }.filter { !$0.isNaN }
    let scale = LocalLevel.robustScale(differences)
    let (sd, count) = StructuralPriors.difference
    let seen = Double(differences.count)
    return max(1e-8, (scale * scale * seen + sd * sd * count) / (seen + count))
  }

  private func weigh() throws(NumericalError) -> [Way] {
    var candidates: [Candidate] = []
    for filter in filters.indices {
      let odds = StructuralPriors.slopes[filter % StructuralPriors.slopes.count].odds
      for scale in StructuralPriors.scales {
        for decay in [nil] + StructuralColumns.decays.indices.map(Optional.some) {
          for season in StructuralPriors.seasons {
            var candidate = Candidate(
              evidence: log(odds) + (decay == nil ? 0 : log(StructuralPriors.decayOdds)),
              filter: filter, scale: scale, decay: decay, season: season)
            let (posterior, priors, right) = try solve(candidate)
            let own = filters[filter]
            // log p(y) up to what all ways share; c is the weighted sum of squares of y.
            let fit = zip(posterior.mean, right).reduce(0) { $0 + $1.0 * $1.1 }
            let squares = own[own.columns, own.columns] / scale
            candidate.evidence -=
              0.5
              * (own.logDeterminant + Double(own.count) * log(scale) + squares - fit
                + posterior.logDeterminant
                + priors.reduce(0) { $0 + $1.mean * $1.mean / $1.variance + log($1.variance) })
            candidates.append(candidate)
          }
        }
      }
    }
    candidates.sort { ($0.evidence, $1.filter) > ($1.evidence, $0.filter) }
    let best = candidates.first?.evidence ?? 0
    let total = candidates.reduce(0) { $0 + exp($1.evidence - best) }
    var ways: [Way] = []
    var covered = 0.0
    for candidate in candidates.prefix(StructuralPriors.most)
    where covered < 1 - StructuralPriors.leftOut {
      let weight = exp(candidate.evidence - best) / total
      covered += weight
      ways.append(
        Way(
          weight: weight, filter: candidate.filter, scale: candidate.scale,
          kept: kept(candidate.decay), posterior: try solve(candidate).posterior))
    }
    for index in ways.indices { ways[index].weight /= covered }
    return ways
  }

  private func kept(_ decay: Int?) -> [Int] {
    [0, StructuralColumns.growth] + (decay.map { [StructuralColumns.firstDecay + $0] } ?? [])
      + Array(StructuralColumns.firstSeason..<max(StructuralColumns.firstSeason, columns.count))
  }

  private func prior(_ column: Int, _ candidate: Candidate) -> (mean: Double, variance: Double) {
    func square(_ x: Double) -> Double { x * x }
    switch column {
    case 0: return (0, square(StructuralPriors.constant))
    case StructuralColumns.growth:
      let growth =
        candidate.decay == nil ? StructuralPriors.growth : StructuralPriors.growthAfterDecay
      return (growth.mean, square(growth.sd))
    case ..<StructuralColumns.firstSeason: return (0, square(StructuralPriors.decay))
    case ..<StructuralColumns.firstShift:
      let pair = (column - StructuralColumns.firstSeason) / 2 + 1
      return (0, square(candidate.season / Double(pair)))
    default: return (0, square(StructuralPriors.shift))
    }
  }

  private func solve(_ candidate: Candidate) throws(NumericalError) -> (
    posterior: NormalPosterior, priors: [(mean: Double, variance: Double)], right: [Double]
  ) {
    let filter = filters[candidate.filter]
    let kept = kept(candidate.decay)
    let priors = kept.map { prior($0, candidate) }
    var precision = [Double](repeating: 0, count: kept.count * kept.count)
    var right = [Double](repeating: 0, count: kept.count)
    for (row, a) in kept.enumerated() {
      for (column, b) in kept.enumerated() {
        precision[row * kept.count + column] = filter[a, b] / candidate.scale
      }
      precision[row * kept.count + row] += 1 / priors[row].variance
      right[row] =
        filter[a, filter.columns] / candidate.scale + priors[row].mean / priors[row].variance
    }
    return (try NormalPosterior(precision: precision, right: right), priors, right)
  }
}
