import Foundation
import GenOpsNumerics
import GenOpsUnits

/// Steps at the end of a daily or weekly series that lie far from those before them: models see the series without
/// them, and their answer is mixed from futures in which they stay and in which they pass.
struct SeriesLateRun {
  /// The series as models see it.
  private(set) var values: [Double]
  /// What lasts to the end; nil where what was found is over.
  let run: LateRun?

  /// Levels at which a model is asked, so that a mixture of its answers has quantiles.
  private static let grid = (1..<200).map { Double($0) / 200 }

  /// Of `series`; nil where nothing lies far off, or where it is too short, negative or mostly silent.
  init?(_ series: TimeSeries) {
    let daysPerStep: Int
    switch (series.step, series.seasonLength) {
    case (.day, _), (.number, 7): daysPerStep = 1
    case (.week, _), (.number, 52): daysPerStep = 7
    default: return nil
    }
    let known = series.values.filter(\.isFinite)
    let zeros = known.count { $0 == 0 }
    guard known.allSatisfy({ $0 >= 0 }), zeros * 10 <= known.count, zeros < known.count else {
      return nil
    }
    // So that a zero is not infinitely far from the others.
    let raised = zeros == 0 ? 0 : Statistics.quantiles(of: known, at: [0.5])[0] / 100
    let all = series.values.map { $0.isFinite ? log($0 + raised) : .nan }
    // Whichever day it begins with: the effects are told by place.
    let start = CalendarDay(number: 0)
    let logs =
      daysPerStep == 1 && series.seasonLength == 7
      ? WeekdayEffects(all, start: start, knownDays: 4, weeks: 0).removed(from: all, start: start)
      : all
    let late = LateRunSearch(logs, daysPerStep: daysPerStep)
    guard !late.steps.isEmpty else { return nil }
    run = late.run
    values = series.values
    for step in late.steps where series.values[step].isFinite {
      values[step] = max(0, exp(late.base + all[step] - logs[step]) - raised)
    }
  }

  /// The answer of `model` to `series`, which is this one.
  func forecast(_ series: TimeSeries, _ request: SeriesRequest, by model: SeriesModelKind)
    -> SeriesForecast
  {
    guard let run else { return model.forecast(series, request) }
    var asked = request
    asked.levels = Array(Set(SeriesLateRun.grid + request.levels)).sorted()
    var answer = model.forecast(series, asked)
    for (ahead, row) in answer.quantiles.enumerated() {
      // A few futures far off do not draw the point out of where 8 of 10 are.
      let ends = mixed(run, ahead, row, asked.levels, at: [0.1, 0.9])
      answer.point[ahead] = min(
        max(answer.point[ahead] * run.expected(ahead), ends[0]), max(ends[0], ends[1]))
      answer.quantiles[ahead] = mixed(run, ahead, row, asked.levels, at: request.levels)
    }
    let key = request.source.key(series.name, purpose: "late run")
    var generator = RandomGenerator()
    for path in answer.paths.indices {
      generator.seek(key, path: path)
      let future = run.future(generator.uniform(), count: answer.paths[path].count)
      for (ahead, factor) in future.enumerated() {
        answer.paths[path][ahead] *= factor * run.expected(ahead)
      }
    }
    answer.findings.add(
      Finding(
        run.count > 1 ? .warning : .note, "late-run",
        "\(series.name): the last \(countedNoun(run.count, "step")) \(run.words)",
        help: "forecast again when it is clear what they are"))
    return answer
  }

  /// The quantiles at `levels` of the mixture of `row`, a model's quantiles at `grid`, as they are and times each
  /// of the run's states on step `ahead`.
  private func mixed(
    _ run: LateRun, _ ahead: Int, _ row: [Double], _ grid: [Double], at levels: [Double]
  ) -> [Double] {
    let there = run.fading == nil ? run.stays + (1 - run.stays) * run.passed(ahead) : run.stays
    let rest = run.fading == nil ? 1 : 1 + run.excess * run.passed(ahead)
    // Each quantile stands for the levels that are nearest to it.
    let ends = zip(grid, grid.dropFirst()).map { ($0 + $1) / 2 }
    var points: [(value: Double, weight: Double)] = []
    for (index, value) in row.enumerated() {
      let low = index == 0 ? 0 : ends[index - 1]
      let weight = (index < ends.count ? ends[index] : 1) - low
      points.append((value * (1 + run.excess), weight * there))
      points.append((value * rest, weight * (1 - there)))
    }
    points.sort { $0.value < $1.value }
    return levels.map { level in
      // A line through the middles of the points' shares.
      var (below, before) = (0.0, (place: 0.0, value: points[0].value))
      for point in points where point.weight > 0 {
        let place = below + point.weight / 2
        if place >= level {
          guard place > before.place, before.place > 0 else { return point.value }
          let part = (level - before.place) / (place - before.place)
          return before.value + part * (point.value - before.value)
        }
        before = (place, point.value)
        below += point.weight
      }
      return before.value
    }
  }
}
