import GenOpsMetering
import GenOpsUnits

/// Gathers dated values and lays them out as one series per meter and project.
///
/// The same meter and project may come in pieces: PostHog answers at most a year per request, so a
/// longer history is two answers in one file.
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

  var isEmpty: Bool { keys.isEmpty }

  /// What became of a value handed to ``add(_:on:meter:projectID:project:)``.
  enum Outcome { case new, repeated, conflicting }

  /// Notes the units of a day; nil is a day the file names without a usable value.
  ///
  /// A second value for the same day is kept only when it is the same; otherwise the first stays.
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
    if let old = values[key]?[day] { return old == units ? .repeated : .conflicting }
    values[key]?[day] = units
    return .new
  }

  /// The series. Two projects of the same name keep apart by their ids.
  func series() -> [UsageSeries] {
    var idsOfName: [String: Set<String>] = [:]
    for key in keys {
      if let name = key.projectName { idsOfName[name, default: []].insert(key.projectID ?? "") }
    }
    var result: [UsageSeries] = []
    for key in keys {
      guard let span = named[key], let values = values[key] else { continue }
      let count = span.first.distance(to: span.last) + 1
      let days = (0..<count).map { values[span.first.advanced(by: $0)] ?? .nan }
      var project = key.projectName ?? key.projectID
      if let name = key.projectName, let id = key.projectID, (idsOfName[name]?.count ?? 0) > 1 {
        project = "\(name) (\(id))"
      }
      result.append(
        UsageSeries(meter: key.meter, project: project, start: span.first, values: days))
    }
    return result.sorted {
      ($0.meter.index, $0.project ?? "") < ($1.meter.index, $1.project ?? "")
    }
  }
}
