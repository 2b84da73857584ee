import GenOpsGovernance
import GenOpsHistory
import GenOpsNumerics
import GenOpsScenario
import GenOpsUnits

/// Walks the same futures with and without each fault, through every option: the difference is what
/// the fault costs, and what each option leaves of it.
enum FaultStudy {
  /// Futures looked at. A mean over so many is good to a few percent, and each is walked anew for
  /// every fault and option.
  static let paths = 1_000

  /// What matters of one walk.
  private struct Walked {
    var cost: Int64
    var othersLost: [Int64]
    var alerts: [Alert]

    init(_ runner: OptionRunner) {
      cost = runner.outcome.months.reduce(0, &+)
      othersLost = runner.outcome.othersLost
      alerts = runner.alerts
    }
  }

  /// The samples of a path that `future` holds, by fault. The runners have just walked it with all
  /// its faults.
  static func samples(
    _ plan: Plan, _ future: FuturePath, _ path: Int, _ runners: [OptionRunner]
  ) -> [FaultSample] {
    let with = runners.map(Walked.init)
    return plan.faults.ids.map { sample(plan, future, path, $0, with: with, runners) }
  }

  private static func sample(
    _ plan: Plan, _ future: FuturePath, _ path: Int, _ fault: FaultID, with: [Walked],
    _ runners: [OptionRunner]
  ) -> FaultSample {
    let trace = future.traces[fault.index]
    var sample = FaultSample(
      happened: trace.happened, units: 0, duplicates: trace.duplicates, noticed: nil,
      costs: [Int64](repeating: 0, count: runners.count),
      othersLost: [Int64](repeating: 0, count: runners.count))
    guard trace.happened else { return sample }
    for made in plan.faults[fault].streams {
      let first = made.stream.index * future.dayCount
      sample.units += future.units[first..<(first + future.dayCount)].reduce(0, +)
    }
    let (units, identified) = future.without(fault: fault)
    var peaks = future.peaks
    peaks.take(units, identified)
    for (index, runner) in runners.enumerated() {
      runner.run(future, path: path, units, identified, peaks)
      let without = Walked(runner)
      sample.costs[index] = with[index].cost - without.cost
      // Day by day: what the fault spares on one day makes good no loss of another.
      sample.othersLost[index] = zip(with[index].othersLost, without.othersLost).reduce(0) {
        $0 + max(0, $1.0 - $1.1)
      }
      if index == 0, let day = firstAlert(with[0].alerts, without.alerts) {
        let begin = plan.period.start.advanced(by: trace.begin)
        sample.noticed = max(0, begin.distance(to: day))
      }
    }
    return sample
  }

  /// The day of the first alert that is missing in the other walk, or comes later there.
  private static func firstAlert(_ alerts: [Alert], _ others: [Alert]) -> CalendarDay? {
    alerts.filter { alert in
      !others.contains {
        $0.budget == alert.budget && $0.periodStart == alert.periodStart
          && $0.percent == alert.percent && $0.at <= alert.at
      }
    }.map(\.at.day).min()
  }

  /// What the samples of all paths, by path then fault, say of one fault.
  static func result(_ plan: Plan, _ fault: FaultID, _ all: [[FaultSample]]) -> FaultResult {
    let samples = all.map { $0[fault.index] }.filter(\.happened)
    let count = Double(max(1, samples.count))
    func mean(_ value: (FaultSample) -> Int64) -> Double {
      samples.reduce(0) { $0 + Double(value($1)) } / count
    }
    let days = samples.compactMap(\.noticed).map(Double.init).sorted()
    let hasAlerts = plan.options[0].governance.budgets.contains { !$0.alertPercents.isEmpty }
    func quantile(_ p: Double) -> Double { Statistics.quantile(ofSorted: days, at: p) }
    let cost = mean { $0.costs[0] } / 1e9
    return FaultResult(
      name: plan.faults[fault].name, kind: type(of: plan.faults[fault].fault).name,
      probability: Double(samples.count) / Double(max(1, all.count)),
      cost: ForecastDistribution(samples.isEmpty ? [0] : samples.map { Double($0.costs[0]) / 1e9 }),
      units: mean { $0.units }, duplicates: mean { $0.duplicates },
      notice: !hasAlerts
        ? nil
        : .init(
          probability: Double(days.count) / count,
          days: days.isEmpty ? nil : (quantile(0.1), quantile(0.5), quantile(0.9))),
      options: plan.options.indices.dropFirst().map { option in
        let left = mean { $0.costs[option] } / 1e9
        return .init(
          option: plan.options[option].name, cost: left,
          othersLost: mean { $0.othersLost[option] },
          stops: cost > 0 && left <= cost * FaultResult.stoppedPart)
      })
  }
}

/// What one fault did on one path.
struct FaultSample: Sendable {
  var happened: Bool
  var units: Int64
  var duplicates: Int64
  /// Days from its first day to the first alert it raised; nil without one.
  var noticed: Int?
  /// Nano-units by option: with the fault minus without it.
  var costs: [Int64]
  /// By option, items that are not the fault's and are lost with it only: never negative.
  var othersLost: [Int64]
}
