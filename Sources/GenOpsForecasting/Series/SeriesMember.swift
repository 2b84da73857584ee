import Foundation

/// What the combination is made of: a model on one of the scales.
enum SeriesMember: Sendable, CaseIterable {
  case damped
  /// On square roots, where a series is never negative: between logarithms, on which a season
  /// multiplies, and the values, to which it is added.
  case dampedRoot
  case theta
  case complex
  /// On the values as they are.
  case complexLinear
  case harmonic

  /// What it says of the past and the future of `ground`, on the ground's scale.
  func rolling(_ ground: SeriesGround) -> RollingForecast {
    var rolling: RollingForecast
    switch self {
    case .dampedRoot where ground.scale.isLogarithmic: rolling = onRoots(ground)
    case .complexLinear where ground.scale.isLogarithmic: rolling = onValues(ground)
    default:
      // Around 0, so that the answer is the same in whatever unit the series is counted.
      let middle = SeriesMember.mean(ground.clean)
      rolling = fit(ground.clean.map { $0 - middle }, ground).mapped { $0 + middle }
    }
    rolling.confine(to: ground.z)
    return rolling
  }

  private func onRoots(_ ground: SeriesGround) -> RollingForecast {
    let scale = ground.scale
    let values = ground.clean.map(scale.value)
    let middle = SeriesMember.mean(values)
    return fit(values.map { ($0 / middle).squareRoot() }, ground).mapped {
      scale.scaled($0 > 0 ? $0 * $0 * middle : 0)
    }
  }

  private func onValues(_ ground: SeriesGround) -> RollingForecast {
    let scale = ground.scale
    let values = ground.clean.map(scale.value)
    let middle = SeriesMember.mean(values)
    return fit(values.map { $0 / middle }, ground).mapped { scale.scaled(max(0, $0 * middle)) }
  }

  private func fit(_ z: [Double], _ ground: SeriesGround) -> RollingForecast {
    let (m, h, first) = (ground.season, ground.horizon, ground.firstOrigin)
    switch self {
    case .damped, .dampedRoot:
      return DampedSmoothing.fit(z, season: m, horizon: h, firstOrigin: first)
    case .theta:
      return DynamicTheta.fit(z, season: m, horizon: h, firstOrigin: first)
    case .complex, .complexLinear:
      return ComplexSmoothing.fit(z, season: m, horizon: h, firstOrigin: first)
    case .harmonic:
      return HarmonicRegression.fit(
        z, shape: HarmonicShape(ground), horizon: h, firstOrigin: first)
    }
  }

  private static func mean(_ values: [Double]) -> Double {
    var sum = 0.0
    for value in values { sum += value / Double(values.count) }
    return sum
  }
}
