import GenOpsHistory
import GenOpsMetering
import GenOpsNumerics
package import GenOpsScenario
package import GenOpsUnits

/// What the streams of a plan look like before anything is priced: some futures, and where 8 of 10
/// of many lie.
package struct PlanPreview: Sendable {
  package struct Stream: Sendable {
    package var name: String
    package var unit: String
    /// Units by day of the period.
    package var mean: [Double]
    package var p10: [Double]
    package var p90: [Double]
    /// The first few futures, by path then day.
    package var samples: [[Double]]

    /// No unit on any day of any future.
    package var isEmpty: Bool { mean.allSatisfy { $0 == 0 } }
  }

  package var start: CalendarDay
  /// Days at the beginning that are taken from the history.
  package var actualDays: Int
  package var paths: Int
  package var streams: [Stream]

  /// Enough for 10 % points that are off by a hundredth of the spread or so.
  package static let paths = 400
  package static let samples = 8

  package init(_ plan: Plan, paths: Int = PlanPreview.paths) {
    start = plan.period.start
    actualDays = plan.actualDays
    self.paths = paths
    let future = FuturePath(plan: plan)
    let days = future.dayCount
    // By stream, day, then path.
    var units = [Double](repeating: 0, count: plan.streams.count * days * paths)
    for path in 0..<paths {
      future.draw(path: path)
      for place in future.units.indices {
        units[place * paths + path] = Double(future.units[place])
      }
    }
    streams = plan.streams.enumerated().map { index, stream in
      var preview = Stream(
        name: stream.name, unit: stream.meter.unit, mean: [], p10: [], p90: [], samples: [])
      for day in 0..<days {
        let from = (index * days + day) * paths
        let sorted = units[from..<from + paths].sorted()
        preview.mean.append(sorted.reduce(0, +) / Double(paths))
        preview.p10.append(Statistics.quantile(ofSorted: sorted, at: 0.1))
        preview.p90.append(Statistics.quantile(ofSorted: sorted, at: 0.9))
      }
      preview.samples = (0..<min(PlanPreview.samples, paths)).map { path in
        (0..<days).map { units[(index * days + $0) * paths + path] }
      }
      return preview
    }
  }
}
