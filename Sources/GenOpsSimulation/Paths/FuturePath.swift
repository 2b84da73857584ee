import GenOpsForecasting
import GenOpsHistory
import GenOpsNumerics
import GenOpsScenario
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
  /// The busiest days of each month.
  private(set) var peaks: DayPeaks
  /// The values of the plan's draws.
  private(set) var values: [Double]

  private var generator = RandomGenerator()
  private var days: [Double]
  private var uniforms: [Double]
  /// Uniform numbers for the parameters of each growth.
  private var parameters: [[Double]]
  private let generators: [PathGenerator]
  private var calendar: [CalendarWalk]
  /// What follows from other draws, in order.
  private let formulas: [(index: Int, formula: DrawFormula)]
  /// A day's usage beyond this is an error in the scenario, not a plan.
  static let maximumUnits = 1e12
  /// Whether a day passed ``maximumUnits`` and was cut there.
  private(set) var wasCut = false
  /// What each fault did on this path.
  var traces: [FaultTrace]

  /// What is assumed, at its lower end; empty where it is drawn as everything else.
  private let pinned: [(index: Int, value: Double)]

  /// A future of `plan`; `atLow` takes everything that is assumed at its lower end.
  init(plan: Plan, atLow: Bool = false) {
    self.plan = plan
    pinned =
      atLow
      ? plan.draws.enumerated().filter { $1.assumption != nil }.map {
        ($0, $1.distribution.quantile(0))
      } : []
    dayCount = plan.period.dayCount
    units = [Int64](repeating: 0, count: plan.streams.count * dayCount)
    identified = units
    peaks = DayPeaks(
      streams: plan.streams.count, monthDays: plan.period.months.map(\.dayCount))
    values = [Double](repeating: 0, count: plan.draws.count)
    days = [Double](repeating: 0, count: plan.forecastDays)
    let source = RandomSource(seed: plan.scenario.seed)
    uniforms = [Double](repeating: 0, count: plan.inputs.sampler.inputs.count)
    parameters = plan.inputs.ofGrowth.map { [Double](repeating: 0, count: $0.count) }
    generator.variables = [Double](repeating: 0, count: plan.inputs.variableCount)
    traces = plan.faults.map { _ in FaultTrace() }
    formulas = plan.draws.enumerated().compactMap { index, draw in
      draw.formula.map { (index, $0) }
    }
    calendar = plan.calendar.groups.map {
      CalendarWalk($0.profile, from: plan.forecastStart, count: plan.forecastDays)
    }
    generators = plan.streams.map { PathGenerator($0.model, source: source) }
    for (index, stream) in plan.streams.enumerated() {
      for (day, value) in stream.actual.enumerated() { units[index * dayCount + day] = value }
      for (day, value) in stream.identifiedActual.enumerated() {
        identified[index * dayCount + day] = value
      }
    }
  }

  /// Fills in the future number `path`.
  func draw(path: Int) {
    drawInputs(path: path)
    for (index, value) in pinned { values[index] = value }
    for (index, formula) in formulas { values[index] = formula.value(values) }
    for (index, group) in plan.calendar.groups.enumerated() where !calendar[index].isCertain {
      calendar[index].walk(group.draws.map { values[$0] })
    }
    for index in plan.streams.indices where plan.streams[index].fault == nil {
      drawStream(index, path: path)
    }
    drawFaults()
    peaks.take(units, identified)
  }

  private func drawInputs(path: Int) {
    uniforms.withUnsafeMutableBufferPointer {
      plan.inputs.sampler.uniforms(path: path, into: $0, using: &generator)
    }
    for index in values.indices {
      if let input = plan.inputs.ofDraws[index] {
        values[index] = plan.draws[index].distribution.quantile(uniforms[input.index])
        if index < plan.inputs.variableCount { generator.variables[index] = values[index] }
      } else {
        values[index] = plan.draws[index].distribution.value(&generator)
      }
    }
    for (growth, inputs) in plan.inputs.ofGrowth.enumerated() {
      for (place, input) in inputs.enumerated() {
        parameters[growth][place] = uniforms[input.index]
      }
    }
  }

  private func drawStream(_ index: Int, path: Int) {
    let usage = plan.streams[index]
    days.withUnsafeMutableBufferPointer { days in
      generators[index].means(
        path: path, into: days, using: &generator,
        parameters: usage.growth.map { parameters[$0.index] } ?? [])
      scale(days, by: factor(usage))
      if let group = usage.calendar {
        for day in days.indices { days[day] *= calendar[group.index].days[day] }
      }
      for change in plan.changes where change.stream.index == index {
        // A factor below 0 is 0, as the note on its interval says.
        let effect = change.kind == .factor ? max(0, values[change.draw]) : values[change.draw]
        for day in change.days {
          days[day] =
            change.kind == .factor ? days[day] * effect : days[day] + effect * change.scale
        }
      }
      for day in days.indices where !(days[day] < FuturePath.maximumUnits) {
        wasCut = true
        days[day] = FuturePath.maximumUnits
      }
      generators[index].count(path: path, days, using: &generator)
      // Days before the period (a gap after the history) are drawn and left out.
      let offset = plan.forecastStart.distance(to: plan.period.start)
      splitActual(index, usage)
      let share = usage.identifiedShare.map { min(1, max(0, values[$0])) } ?? 0
      // Where the history does not say who was identified, days that have passed are no better known.
      if usage.identifiedActual.isEmpty, share > 0 {
        var known = CarriedShare(share)
        for day in 0..<plan.actualDays {
          identified[index * dayCount + day] = known.next(units[index * dayCount + day])
        }
      }
      fill(index, days, offset, share)
    }
  }

  /// The days that are forecast. One access to each array for all of them: a check per day costs as much
  /// as the draw.
  private func fill(
    _ index: Int, _ days: UnsafeMutableBufferPointer<Double>, _ offset: Int, _ share: Double
  ) {
    let first = index * dayCount
    // The days that have passed are some of the period's, from its first on.
    let forecast = min(plan.actualDays, dayCount)..<dayCount
    var known = CarriedShare(share)
    units.withUnsafeMutableBufferPointer { units in
      identified.withUnsafeMutableBufferPointer { identified in
        // At most 10^12, where days are cut, so the conversion cannot fail.
        for day in forecast { units[first + day] = Int64(days[day + offset]) }
        for day in forecast {
          identified[first + day] = share > 0 ? known.next(units[first + day]) : 0
        }
      }
    }
  }

  /// Sets a day of a stream.
  func set(_ stream: StreamID, _ day: Int, units: Int64, identified: Int64) {
    self.units[stream.index * dayCount + day] = units
    self.identified[stream.index * dayCount + day] = identified
  }

  /// Notes that a day passed ``maximumUnits``.
  func noteCut() { wasCut = true }

  /// The days that have passed of a stream that is a part of what the history has: its share of them,
  /// or what that leaves, so that the two parts are together what was used.
  private func splitActual(_ index: Int, _ usage: PlanStream) {
    let draw: DrawID
    switch usage.weight {
    case .one: return
    case .share(let share), .rest(let share): draw = share
    }
    let isRest = usage.weight == .rest(draw)
    var share = CarriedShare(values[draw])
    for (day, all) in usage.actual.enumerated() {
      let part = share.next(all)
      units[index * dayCount + day] = isRest ? all - part : part
    }
  }

  private func factor(_ usage: PlanStream) -> Double {
    let weight =
      switch usage.weight {
      case .one: 1.0
      case .share(let draw): min(1, max(0, values[draw]))
      case .rest(let draw): 1 - min(1, max(0, values[draw]))
      }
    return usage.factors.reduce(weight) { $0 * max(0, values[$1]) }
  }

  private func scale(_ days: UnsafeMutableBufferPointer<Double>, by factor: Double) {
    if factor == 1 { return }
    for day in days.indices { days[day] *= factor }
  }
}
