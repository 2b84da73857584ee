import Foundation

/// The Kalman filter of a level that wanders under a regression, run once for the observations and for
/// every column (Harvey and Phillips 1979; de Jong 1991): it turns correlated errors into independent
/// ones, so that the regression is an ordinary one of the innovations.
///
/// y_t = l_t + x_t·β + ε_t, l_t = l_{t−1} + s_{t−1} + η_t, s_t = φ·s_{t−1} + ζ_t. Level and slope
/// begin at 0; a level at the beginning is a column of x. The filter is linear in y, so its end for
/// y − Xβ is that of y less that of X times β.
struct LevelFilter: Sendable {
  /// Variances per step.
  struct Variances: Sendable, Hashable {
    /// Of ε, η and ζ.
    var noise: Double
    var walk: Double
    var slope: Double
    /// φ, below 1 where there is a slope.
    var persistence: Double

    /// Of the slope before anything is seen.
    var firstSlope: Double {
      slope > 0 ? slope / (1 - persistence * persistence) : 0
    }
  }

  let variances: Variances
  /// Columns of X.
  let columns: Int
  /// Of the innovations of [X y], over their variances: by rows, columns + 1 of them.
  private(set) var products: [Double]
  /// Σ log F_t.
  private(set) var logDeterminant = 0.0
  /// How many observations are known.
  private(set) var count = 0
  /// Filtered level and slope at the end, of each column and of y.
  private(set) var level: [Double]
  private(set) var slope: [Double]
  /// Their variances and covariance, which no column changes.
  private(set) var levelVariance = 0.0
  private(set) var covariance = 0.0
  private(set) var slopeVariance: Double
  /// Innovations of [X y] over their standard deviations, by known observation.
  private(set) var innovations: [Double] = []

  /// `rows` is X with y as its last column, by rows; where y is NaN nothing is known.
  init(_ rows: [Double], columns: Int, variances: Variances) {
    self.variances = variances
    self.columns = columns
    let width = columns + 1
    products = [Double](repeating: 0, count: width * width)
    level = [Double](repeating: 0, count: width)
    slope = level
    slopeVariance = variances.firstSlope
    innovations.reserveCapacity(rows.count)
    for first in stride(from: 0, to: rows.count, by: width) {
      if first > 0 { step() }
      if !rows[first + columns].isNaN { observe(rows, from: first) }
    }
  }

  private mutating func step() {
    let persistence = variances.persistence
    if variances.slope > 0 {
      for index in level.indices {
        level[index] += slope[index]
        slope[index] *= persistence
      }
    }
    levelVariance += 2 * covariance + slopeVariance + variances.walk
    covariance = persistence * (covariance + slopeVariance)
    slopeVariance = persistence * persistence * slopeVariance + variances.slope
  }

  private mutating func observe(_ rows: [Double], from first: Int) {
    let width = columns + 1
    let variance = levelVariance + variances.noise
    let gain = levelVariance / variance
    let slopeGain = covariance / variance
    let root = variance.squareRoot()
    let start = innovations.count
    for index in 0..<width {
      let innovation = rows[first + index] - level[index]
      level[index] += gain * innovation
      slope[index] += slopeGain * innovation
      innovations.append(innovation / root)
    }
    products.withUnsafeMutableBufferPointer { products in
      innovations.withUnsafeBufferPointer { innovations in
        for row in 0..<width {
          let own = innovations[start + row]
          for column in 0...row {
            products[row * width + column] += own * innovations[start + column]
          }
        }
      }
    }
    slopeVariance -= slopeGain * covariance
    covariance -= slopeGain * levelVariance
    levelVariance -= gain * levelVariance
    logDeterminant += log(variance)
    count += 1
  }

  /// The product of two columns' innovations.
  subscript(_ a: Int, _ b: Int) -> Double {
    products[max(a, b) * (columns + 1) + min(a, b)]
  }

  /// Innovations of y − Xβ over their standard deviations, `kept` the columns that β belongs to.
  func standardized(_ coefficients: [Double], kept: [Int]) -> [Double] {
    stride(from: 0, to: innovations.count, by: columns + 1).map { first in
      zip(kept, coefficients).reduce(innovations[first + columns]) {
        $0 - $1.1 * innovations[first + $1.0]
      }
    }
  }

  /// The end for y − Xβ.
  func end(_ coefficients: [Double], kept: [Int]) -> (level: Double, slope: Double) {
    var end = (level: level[columns], slope: slope[columns])
    for (column, coefficient) in zip(kept, coefficients) {
      end.level -= level[column] * coefficient
      end.slope -= slope[column] * coefficient
    }
    return end
  }
}
