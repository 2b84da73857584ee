import GenOpsMetering
import GenOpsUnits

/// A series that grows by exports, and which of them each day is from.
struct JoinedSeries {
  private(set) var series: UsageSeries
  private var sources: [Int]

  init(_ series: UsageSeries, from source: Int) {
    self.series = series
    sources = [Int](repeating: source, count: series.values.count)
  }

  /// Takes the known days of `new` in place of those that are there; returns where they say something
  /// else.
  mutating func add(_ new: UsageSeries, from source: Int) -> [CellConflict] {
    let old = self
    var conflicts: [CellConflict] = []
    series = UsageSeries.spanning([old.series, new], of: new)
    sources = [Int](repeating: source, count: series.values.count)
    let shift = series.start.distance(to: old.series.start)
    for index in series.values.indices {
      let day = series.start.advanced(by: index)
      let (a, b) = (old.series[day], new[day])
      series.values[index] = b ?? a ?? .nan
      if let a {
        // A day that the old series knows is one of its days.
        let from = old.sources[index - shift]
        if b == nil { sources[index] = from }
        if let b, a != b {
          conflicts.append(
            CellConflict(old: from, new: source, label: new.label, day: day, units: (a, b)))
        }
      }
    }
    return conflicts
  }
}

extension UsageSeries {
  /// A series like `model` without a known day, over the days of `all`.
  static func spanning(_ all: [UsageSeries], of model: UsageSeries) -> UsageSeries {
    var empty = model
    empty.start = all.map(\.start).min() ?? model.start
    let end = all.map(\.end).max() ?? model.end
    empty.values = [Double](repeating: .nan, count: empty.start.distance(to: end))
    return empty
  }

  /// The meter, with the project before it.
  package var label: String { (project.map { $0 + "/" } ?? "") + meter.id }
}

/// A cell of which two exports say different things.
struct CellConflict {
  /// Positions of the exports; the second is used.
  var old: Int
  var new: Int
  var label: String
  var day: CalendarDay
  var units: (old: Double, new: Double)

  /// One finding for each two exports.
  static func tell(_ conflicts: [CellConflict], names: [String], _ findings: inout Findings) {
    var told: Set<[Int]> = []
    for first in conflicts where told.insert([first.old, first.new]).inserted {
      let more = conflicts.count { $0.old == first.old && $0.new == first.new } - 1
      findings.warning(
        "history-overlap",
        "\(names[first.old]) and \(names[first.new]) have different \(first.label) on \(first.day): "
          + "\(UnitsText.words(first.units.old)) and \(UnitsText.words(first.units.new))"
          + (more > 0 ? ", and differ in \(more) more cells" : "")
          + "; the second is used, which reaches further or is named later",
        help:
          "name each day once, or remove the older file; where they are of different projects, export by "
          + "product and project")
    }
  }
}
