import Foundation
import GenOpsNumerics
import GenOpsUnits

/// The regression, the level and the errors, on the logarithm of usage.
extension HistoryFit {
  /// Standard deviations a priori: of the slope per year (usage that grows by two thirds or shrinks
  /// by two fifths is one) and of each coefficient of the year's season.
  static let slopePrior = 0.5
  static let yearlyPrior = 0.15
  /// Of each change of the slope per year.
  static let bendPrior = 0.3
  /// Days before the end at which the trend may bend: what counts is the last half year and year.
  static let bends = [180, 365]

  mutating func fitLogarithms(_ values: [Double], start: CalendarDay) throws(NumericalError) {
    let closed = closedWeekdays(values, start: start)
    var open = values
    for index in open.indices where closed[start.advanced(by: index).weekday] != nil {
      open[index] = .nan
    }
    let used = open.filter { !$0.isNaN }
    let zeros = used.count { $0 == 0 }
    // Of usage on few days each weekday looks closed, and no days are left that tell level and weekdays.
    if zeros * 10 > used.count * 3 || used.count <= HistoryDesign.fewestColumns {
      fitIntermittent(values, start: start)
      return
    }
    isLogarithmic = true
    // log(0) is not a number: where there are zeros, everything is raised by a little first.
    let raised = zeros == 0 ? 0 : max(1, Statistics.quantiles(of: used, at: [0.5])[0] / 100)
    let all = open.map { log($0 + raised) }
    let week = WeekdayEffects(all, start: start, knownDays: 4, weeks: 0)
    let late = LateRunSearch(week.removed(from: all, start: start), daysPerStep: 1, whole: true)
    var logs = all
    for index in late.steps { logs[index] = .nan }
    lateRun = late.run.map { believed($0, start: start) }
    lateDays = late.steps.map { $0 + residuals.count - values.count }
    reportLateRun(start: start)
    let shifts = LevelShift.find(week.removed(from: logs, start: start))
    reportShifts(shifts, logs, start: start)
    let design = HistoryDesign(
      yearlyPairs: values.count < HistoryFit.forYear ? 0 : values.count < 700 ? 2 : 3,
      shifts: shifts.map { start.advanced(by: $0).number },
      bends: HistoryFit.bends.filter { values.count >= $0 + 120 }, dayZero: series.end)
    let known = logs.indices.filter { !logs[$0].isNaN }
    let rows = known.flatMap { design.row(start.advanced(by: $0)) }
    let y = known.map { logs[$0] }
    let fit = try regress(rows, design, y)
    let (coefficients, slopeSD) = try shrunk(
      rows, design, y, fit, autocorrelation: HistoryFit.longRun(fit.residuals, at: known))
    // What is left for the level: everything but the constant taken away.
    var rest = [Double](repeating: .nan, count: logs.count)
    var seen = rest
    for (position, index) in known.enumerated() {
      var explained = 0.0
      for column in 1..<design.columns {
        explained += rows[position * design.columns + column] * coefficients[column]
      }
      rest[index] = y[position] - explained
      var weekday = 0.0
      for column in HistoryDesign.firstWeekday..<design.firstYearly {
        weekday += rows[position * design.columns + column] * coefficients[column]
      }
      seen[index] = y[position] - weekday
    }
    let local = LocalLevel.fit(rest, chosenOn: seen)
    gain = local.gain
    var errors = local.errors
    for index in late.steps {
      // Against the level before, as no level was learnt from them.
      let row = design.row(start.advanced(by: index))
      errors[index] = all[index] - local.level
      for column in 1..<design.columns { errors[index] -= row[column] * coefficients[column] }
    }
    reportOutliers(errors, scale: local.scale, start: start)
    keepResiduals(errors.map { expm1($0) })
    self.errors = ErrorBlocks(
      local, firstWeekday: start.weekday, dayZeroWeekday: series.end.weekday)
    var still = local
    still.wander = 0
    scatter = ErrorBlocks(
      still, firstWeekday: start.weekday, dayZeroWeekday: series.end.weekday)
    if known.count >= HistoryFit.forTrend, slopeSD > 0 {
      trend = DampedTrend(slope: coefficients[1], sd: slopeSD)
    }
    settleSeason(
      coefficients, design, local, start: start, raised: raised, closed: closed)
  }

  /// A run that is known to stay where a new level began with it.
  private func believed(_ run: LateRun, start: CalendarDay) -> LateRun {
    let first = start.advanced(by: run.first)
    guard series.newLevels.contains(where: { abs(first.distance(to: $0)) <= 2 }) else { return run }
    var known = run
    known.stays = LateRun.certain
    known.fading = nil
    return known
  }

  /// The weekdays on which there is practically no usage, with their mean; nil for the others.
  private func closedWeekdays(_ values: [Double], start: CalendarDay) -> [Double?] {
    (0..<7).map { weekday in
      let days = values.indices.suffix(182).filter {
        start.advanced(by: $0).weekday == weekday && !values[$0].isNaN
      }
      let zeros = days.count { values[$0] == 0 }
      guard days.count >= 2, zeros * 5 >= days.count * 4 else { return nil }
      return Statistics.mean(days.map { values[$0] })
    }
  }

  private func regress(_ rows: [Double], _ design: HistoryDesign, _ y: [Double])
    throws(NumericalError) -> LinearFit
  {
    switch method {
    case .ordinary: try LinearFit.ordinary(rows: rows, columns: design.columns, y: y)
    case .robust:
      // A weekday that never occurs has no effect, instead of an unsolvable system.
      try LinearFit.bisquare(rows: rows, columns: design.columns, y: y, ridge: 1e-6)
    }
  }

  /// The coefficients with slope and year drawn towards 0 as far as the data leave it open, and the
  /// slope's standard deviation: the posterior under normal priors with mean 0.
  ///
  /// Daily errors are autocorrelated, so the data count as `autocorrelation` times fewer independent
  /// days; only slope and year, the slow columns, have priors, so only they feel it.
  private func shrunk(
    _ rows: [Double], _ design: HistoryDesign, _ y: [Double], _ fit: LinearFit,
    autocorrelation: Double
  ) throws(NumericalError) -> (coefficients: [Double], slopeSD: Double) {
    var equations = NormalEquations(
      rows: rows, columns: design.columns, y: y, weights: fit.weights)
    let variance = max(1e-12, fit.scale * fit.scale * autocorrelation)
    equations.scale(by: 1 / variance)
    let hasTrend = y.count >= HistoryFit.forTrend
    for column in 0..<design.columns {
      let precision: Double
      switch column {
      case 0: precision = 0
      case 1: precision = hasTrend ? 1 / (HistoryFit.slopePrior * HistoryFit.slopePrior) : 1e12
      case design.firstYearly..<design.firstShift:
        precision = 1 / (HistoryFit.yearlyPrior * HistoryFit.yearlyPrior)
      case design.firstBend...: precision = 1 / (HistoryFit.bendPrior * HistoryFit.bendPrior)
      default: precision = 1e-6 / variance
      }
      equations.addPrecision(precision, at: column)
    }
    let coefficients = try equations.solved()
    let covariance = try equations.inverse()
    let sd = hasTrend ? max(0, covariance[design.columns + 1]).squareRoot() : 0
    return (coefficients, sd)
  }

  /// The variance of a sum of the residuals over that of independent ones: 1 + 2·Σ(1 − k/(L+1))·ρ_k
  /// (Newey and West 1987), between 1 and 100.
  static func longRun(_ residuals: [Double], at days: [Int]) -> Double {
    guard let last = days.last else { return 1 }
    var byDay = [Double](repeating: 0, count: last + 1)
    // One strange day must not look like a year of them.
    let limit = 4 * max(1e-12, LocalLevel.robustScale(residuals))
    for (position, day) in days.enumerated() {
      byDay[day] = min(limit, max(-limit, residuals[position]))
    }
    let variance = byDay.reduce(0) { $0 + $1 * $1 }
    guard variance > 0 else { return 1 }
    let lags = min(60, byDay.count / 4)
    var factor = 1.0
    for lag in 1...max(1, lags) where lag < byDay.count {
      var product = 0.0
      for index in lag..<byDay.count { product += byDay[index] * byDay[index - lag] }
      factor += 2 * (1 - Double(lag) / Double(lags + 1)) * product / variance
    }
    return min(100, max(1, factor))
  }

  /// Level and weekday multipliers in units: exp of the logarithms times what the errors add to the
  /// mean (Duan's smearing, 1983), by weekday because their spreads differ.
  private mutating func settleSeason(
    _ coefficients: [Double], _ design: HistoryDesign, _ local: LocalLevel, start: CalendarDay,
    raised: Double, closed: [Double?]
  ) {
    let spreads = WeekdaySpread(local, firstWeekday: start.weekday)
    let cut = local.cut
    let standard = local.errors.enumerated().filter { !$0.element.isNaN }.map { index, error in
      min(cut, max(-cut, error / spreads[(start.weekday + index) % 7]))
    }
    let sunday = -(0..<6).reduce(0.0) { $0 + coefficients[HistoryDesign.firstWeekday + $1] }
    var units = (0..<7).map { weekday -> Double in
      if let mean = closed[weekday] { return mean }
      let effect =
        weekday == 6 ? sunday : coefficients[HistoryDesign.firstWeekday + weekday]
      let smearing = Statistics.mean(standard.map { exp($0 * spreads[weekday]) })
      return max(0, exp(local.level + effect) * smearing - raised)
    }
    level = Statistics.mean(units)
    for weekday in units.indices { units[weekday] = level > 0 ? units[weekday] / level : 1 }
    season = SeasonalProfile(
      weekdays: units,
      yearly: Array(coefficients[design.firstYearly..<design.firstShift]))
  }

  /// Mostly zero, and not because of the weekday: the mean of the last 90 days and their own ups
  /// and downs, no season, no trend.
  private mutating func fitIntermittent(_ values: [Double], start: CalendarDay) {
    findings.note(
      "intermittent",
      "\(name): no usage on many days; the mean of the last 90 is used, without season or trend",
      at: location)
    let recent = Array(values.suffix(90))
    level = Statistics.mean(recent.filter { !$0.isNaN })
    guard level > 0 else { return }
    keepResiduals(recent.map { $0 / level - 1 })
    errors = ErrorBlocks(ratios: recent.map { $0 / level })
    scatter = errors
  }
}
