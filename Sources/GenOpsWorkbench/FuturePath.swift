import Foundation
import GenOpsForecasting
import GenOpsUnits

/// One future: the units of every stream on every day of the period, drawn once and met by all
/// options. One belongs to one worker and is filled anew for each path.
final class FuturePath {
  let plan: Plan
  let dayCount: Int
  /// Units, by stream then day.
  private(set) var units: [Int64]
  /// Identified units of event streams, by stream then day.
  private(set) var identified: [Int64]
  /// The values of the plan's draws.
  private(set) var values: [Double]

  private var stream = RandomStream()
  private var growth: [Double]
  private var mean: [Double]
  private let drawKeys: [RandomKey]
  private let growthKeys: [RandomKey]
  private let trendKeys: [RandomKey]
  private let noiseKeys: [RandomKey]
  private let scatterKey: RandomKey
  /// A day's usage beyond this is an error in the scenario, not a plan.
  static let maximumUnits = 1e12
  /// Whether a day passed ``maximumUnits`` and was cut there.
  private(set) var wasCut = false

  init(plan: Plan) {
    self.plan = plan
    dayCount = plan.period.dayCount
    units = [Int64](repeating: 0, count: plan.streams.count * dayCount)
    identified = units
    values = [Double](repeating: 0, count: plan.draws.count)
    growth = [Double](repeating: 1, count: plan.growth.count * (plan.forecastDays + 1))
    mean = [Double](repeating: 0, count: plan.forecastDays + 1)
    let source = RandomSource(seed: plan.scenario.seed)
    drawKeys = plan.draws.map { source.stream($0.name, purpose: "value") }
    growthKeys = plan.growth.map { source.stream($0.name, purpose: "growth") }
    trendKeys = plan.streams.map { source.stream($0.name, purpose: "trend") }
    noiseKeys = plan.streams.map { source.stream($0.name, purpose: "counts") }
    // One key for all histories: products of one account have their good weeks together.
    scatterKey = source.stream("history", purpose: "residuals")
    for (index, stream) in plan.streams.enumerated() {
      for (day, value) in stream.actual.enumerated() { units[index * dayCount + day] = value }
      for (day, value) in stream.identifiedActual.enumerated() {
        identified[index * dayCount + day] = value
      }
    }
  }

  /// Fills in the future number `path`.
  func draw(path: Int) {
    for index in values.indices {
      stream.seek(drawKeys[index], path: path)
      values[index] = plan.draws[index].law.value(&stream)
    }
    let length = plan.forecastDays + 1
    for index in plan.growth.indices {
      stream.seek(growthKeys[index], path: path)
      growth.withUnsafeMutableBufferPointer {
        plan.growth[index].model.path(
          into: UnsafeMutableBufferPointer(rebasing: $0[(index * length)..<((index + 1) * length)]),
          stream: &stream)
      }
    }
    for index in plan.streams.indices { drawStream(index, path: path) }
  }

  private func drawStream(_ index: Int, path: Int) {
    let law = plan.streams[index]
    let count = plan.forecastDays
    mean.withUnsafeMutableBufferPointer { buffer in
      let days = UnsafeMutableBufferPointer(rebasing: buffer[0..<count])
      base(law, index, path, days)
      for change in plan.changes where change.stream == index {
        let effect = values[change.draw]
        for day in change.days {
          days[day] =
            change.kind == .factor ? days[day] * effect : days[day] + effect * change.scale
        }
      }
      // Days before the period (a gap after the history) are drawn and left out.
      let offset = plan.forecastStart.distance(to: plan.period.start)
      let share = law.identifiedShare.map { min(1, max(0, values[$0])) } ?? 0
      for day in plan.actualDays..<dayCount {
        let whole = wholeUnits(of: days[day + offset], law.noise, index, path, day)
        units[index * dayCount + day] = whole
        identified[index * dayCount + day] = Int64((Double(whole) * share).rounded())
      }
    }
  }

  /// The mean units per day before changes and count noise.
  private func base(
    _ law: PlanStream, _ index: Int, _ path: Int, _ days: UnsafeMutableBufferPointer<Double>
  ) {
    let length = plan.forecastDays + 1
    switch law.base {
    case .history(let history):
      if let growth = law.growth {
        for day in days.indices { days[day] = self.growth[growth * length + day + 1] }
      } else {
        stream.seek(trendKeys[index], path: path)
        history.trend(into: days, stream: &stream)
      }
      stream.seek(scatterKey, path: path)
      history.scatter(days, stream: &stream)
      scale(days, law, by: history.level)
    case .draws(let indices, let factor):
      for day in days.indices {
        days[day] = law.growth.map { self.growth[$0 * length + day + 1] } ?? 1
      }
      scale(days, law, by: indices.reduce(factor) { $0 * max(0, values[$1]) })
    }
  }

  private func scale(
    _ days: UnsafeMutableBufferPointer<Double>, _ law: PlanStream, by level: Double
  ) {
    let weight =
      switch law.weight {
      case .one: 1.0
      case .share(let draw): min(1, max(0, values[draw]))
      case .rest(let draw): 1 - min(1, max(0, values[draw]))
      }
    for day in days.indices { days[day] *= level * weight * law.profile[day] }
  }

  /// Whole units of one day: the one place where usage is rounded.
  private func wholeUnits(
    of mean: Double, _ noise: TrafficStream.Noise, _ index: Int, _ path: Int, _ day: Int
  ) -> Int64 {
    guard mean > 0 else { return 0 }
    if !(mean < FuturePath.maximumUnits) {
      wasCut = true
      return Int64(FuturePath.maximumUnits)
    }
    switch noise {
    case .none: return Int64(mean.rounded())
    case .poisson:
      stream.seek(noiseKeys[index], path: path, step: day)
      return stream.poisson(mean: mean)
    case .negativeBinomial(let k):
      stream.seek(noiseKeys[index], path: path, step: day)
      return stream.negativeBinomial(mean: mean, dispersion: k)
    }
  }
}
