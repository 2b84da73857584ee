import GenOpsGovernance
import GenOpsHistory
import GenOpsNumerics
package import GenOpsScenario
package import GenOpsUnits

/// Walks the same futures with and without each fault, through every option: the difference is what
/// the fault costs, and what each option leaves of it.
package enum FaultStudy {
  /// Futures looked at. A mean over so many is good to a few percent, and each is walked anew for
  /// every fault and option.
  package static let paths = 1_000

  /// By the number of the path alone, so the same for any number of threads.
  package static func run(_ plan: Plan, jobs: Int) async throws(FindingsError) -> [FaultResult] {
    if plan.faults.isEmpty { return [] }
    let paths = min(plan.scenario.paths, FaultStudy.paths)
    let size = 16
    let chunks = (paths + size - 1) / size
    let workers = max(1, min(jobs, chunks))
    typealias Part = (chunk: Int, result: Result<[[FaultSample]], FindingsError>)
    let parts = await withTaskGroup(of: [Part].self) { group in
      for worker in 0..<workers {
        group.addTask {
          var parts: [Part] = []
          for chunk in stride(from: worker, to: chunks, by: workers) where !Task.isCancelled {
            parts.append((chunk, walk(plan, (chunk * size)..<min(paths, (chunk + 1) * size))))
          }
          return parts
        }
      }
      var all: [Part] = []
      for await parts in group { all += parts }
      return all.sorted { $0.chunk < $1.chunk }
    }
    var samples: [[FaultSample]] = []
    for part in parts { samples += try part.result.get() }
    return plan.faults.indices.map { result(plan, $0, samples) }
  }

  /// The samples of each path, by fault.
  private static func walk(_ plan: Plan, _ range: Range<Int>) -> Result<
    [[FaultSample]], FindingsError
  > {
    do throws(FindingsError) {
      let future = FuturePath(plan: plan)
      var runners: [OptionRunner] = []
      for option in plan.options { runners.append(try OptionRunner(plan: plan, option: option)) }
      return .success(
        range.map { path in
          future.draw(path: path)
          let with = runners.map { outcome($0, future, path, future.units, future.identified) }
          return plan.faults.indices.map { fault in
            sample(plan, future, path, fault, with: with, runners)
          }
        })
    } catch { return .failure(error) }
  }

  /// What matters of one walk.
  private struct Walked {
    var cost: Int64
    var othersLost: Int64
    var alerts: [Alert]
  }

  private static func outcome(
    _ runner: OptionRunner, _ future: FuturePath, _ path: Int, _ units: [Int64],
    _ identified: [Int64]
  ) -> Walked {
    runner.run(future, path: path, units, identified)
    return Walked(
      cost: runner.outcome.months.reduce(0, &+), othersLost: runner.outcome.othersLost,
      alerts: runner.alerts)
  }

  private static func sample(
    _ plan: Plan, _ future: FuturePath, _ path: Int, _ fault: Int, with: [Walked],
    _ runners: [OptionRunner]
  ) -> FaultSample {
    let trace = future.traces[fault]
    var sample = FaultSample(
      happened: trace.happened, units: 0, duplicates: trace.duplicates, noticed: nil,
      costs: [Int64](repeating: 0, count: runners.count),
      othersLost: [Int64](repeating: 0, count: runners.count))
    guard trace.happened else { return sample }
    for made in plan.faults[fault].streams {
      let first = made.stream * future.dayCount
      sample.units += future.units[first..<(first + future.dayCount)].reduce(0, +)
    }
    let (units, identified) = future.without(fault: fault)
    for (index, runner) in runners.enumerated() {
      let without = outcome(runner, future, path, units, identified)
      sample.costs[index] = with[index].cost - without.cost
      sample.othersLost[index] = with[index].othersLost - without.othersLost
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

  private static func result(_ plan: Plan, _ fault: Int, _ all: [[FaultSample]])
    -> FaultResult
  {
    let samples = all.map { $0[fault] }.filter(\.happened)
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
  /// Nano-units and items, by option: with the fault minus without it.
  var costs: [Int64]
  var othersLost: [Int64]
}
