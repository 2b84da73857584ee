import GenOpsMetering
import GenOpsUnits

/// Gathers the dated values of one export and lays them out as a series per meter and project.
struct HistoryBuilder {
  private struct Key: Hashable {
    var meter: Meter
    var projectID: String?
    var projectName: String?
  }

  private var values: [Key: [CalendarDay: Double]] = [:]
  /// Days named by the file without a usable value: they stretch a series but stay missing.
  private var named: [Key: (first: CalendarDay, last: CalendarDay)] = [:]
  /// In the order of the file, so that no dictionary order reaches the output.
  private var keys: [Key] = []

  /// What became of a value handed to ``add(_:on:meter:projectID:project:)``.
  enum Outcome { case new, repeated, conflicting }

  /// Notes the units of a day; nil is a day the file names without a usable value.
  ///
  /// Of two values for the same day the later stands.
  @discardableResult
  mutating func add(
    _ units: Double?, on day: CalendarDay, meter: Meter, projectID: String?, project: String?
  ) -> Outcome {
    let key = Key(meter: meter, projectID: projectID, projectName: project)
    if values[key] == nil {
      values[key] = [:]
      keys.append(key)
      named[key] = (day, day)
    }
    if let span = named[key] { named[key] = (min(span.first, day), max(span.last, day)) }
    guard let units else { return .new }
    guard let old = values[key]?.updateValue(units, forKey: day) else { return .new }
    return old == units ? .repeated : .conflicting
  }

  /// The series, with the names and ids of projects as the export has them.
  func series() -> [UsageSeries] {
    keys.compactMap { key in
      guard let span = named[key], let values = values[key] else { return nil }
      // The last day named is not before the first.
      let days = (0...span.first.distance(to: span.last)).map {
        values[span.first.advanced(by: $0)] ?? .nan
      }
      return UsageSeries(
        meter: key.meter, project: key.projectName, projectID: key.projectID, start: span.first,
        values: days)
    }
  }
}
