import Foundation
import GenOpsNumerics
import GenOpsUnits

/// A centre and a spread of each step turned into quantiles and joint paths.
///
/// On the scale of smoothing the error of each step follows Student's distribution with the
/// deviations of ``ErrorSpread``, drawn in to ``widest``. A path has one error that stays and fades,
/// and new ones at each step, so that its steps are distributed as the quantiles say and its sum is
/// as uncertain as errors of the past that went together make it.
struct SeriesOutlook {
  /// The most by which the noise that comes and goes raises the point forecast, as a logarithm.
  static let mostLift = 0.15

  /// By step, on the scale of smoothing.
  let centers: [Double]
  let spread: ErrorSpread
  let scale: SeriesScale
  /// No error is larger, on the scale of smoothing: errors on logarithms have tails that nothing else
  /// holds.
  let widest: Double

  init(_ rolling: RollingForecast, _ ground: SeriesGround) {
    centers = rolling.ahead
    spread = ErrorSpread(rolling, z: ground.z, season: ground.season)
    scale = ground.scale
    widest = 0.6 * ((ground.z.max() ?? 0) - (ground.z.min() ?? 0))
  }

  /// The standard deviation of step `k`'s error, at most ``widest``.
  func deviation(_ k: Int) -> Double { min(widest, spread.deviations[k]) }

  private func value(_ k: Int, _ score: Double) -> Double {
    scale.value(centers[k] + min(widest, max(-widest, score * spread.deviations[k])))
  }

  /// The middle of what is expected, over the noise that comes and goes: on logarithms such noise with
  /// variance s² raises the mean by s²∕2, and sums over steps see that mean. The error that stays is
  /// left at its median, and where that is zero so is the point.
  private func point(_ k: Int) -> Double {
    let center = scale.value(centers[k])
    guard scale.isLogarithmic, center > 0 else { return center }
    let lift = (1 - spread.persistentPart) * deviation(k) * deviation(k) / 2
    return scale.value(centers[k] + min(SeriesOutlook.mostLift, lift))
  }

  /// The answer to `request`.
  func forecast(_ request: SeriesRequest, name: String, model: String, findings: Findings)
    -> SeriesForecast
  {
    let steps = 0..<min(max(0, request.horizon), centers.count)
    let scores = request.levels.map {
      Statistics.studentQuantile($0, degreesOfFreedom: spread.freedom)
    }
    return SeriesForecast(
      point: steps.map(point),
      quantiles: steps.map { k in scores.map { value(k, $0) } },
      paths: paths(request, name: name, steps: steps), model: model, findings: findings)
  }

  private func paths(_ request: SeriesRequest, name: String, steps: Range<Int>) -> [[Double]] {
    let key = request.source.key(name, purpose: "forecast")
    var generator = RandomGenerator()
    let stays = spread.persistentPart.squareRoot()
    let isNew = (1 - spread.persistentPart).squareRoot()
    let renewal = (1 - spread.persistence * spread.persistence).squareRoot()
    return (0..<max(0, request.pathCount)).map { path in
      generator.seek(key, path: path)
      // One χ² for the whole path makes its steps Student's, each by itself and together.
      let chi = generator.gamma(shape: spread.freedom / 2, scale: 2)
      let stretch = (spread.freedom / max(chi, 1e-300)).squareRoot()
      var lasting = generator.normal()
      return steps.map { k in
        if k > 0 { lasting = spread.persistence * lasting + renewal * generator.normal() }
        return value(k, stretch * (stays * lasting + isNew * generator.normal()))
      }
    }
  }
}
