import GenOpsMetering
import GenOpsUnits

/// Projects that one export names and another has by id only: nothing but their numbers says that they are
/// one.
struct ProjectTwins {
  /// Fewer days, or fewer different numbers on them, may be equal by chance.
  private static let fewestDays = 7
  private static let fewestValues = 3

  /// A project of some exports.
  private struct Project {
    var key: ProjectNames.Key
    var id: String?
    var name: String?
    var exports: Set<Int>
    var series: [Meter: UsageSeries]

    /// What people call it; a number is PostHog's id.
    var isNamed: Bool { name.map { !$0.utf8.allSatisfy { (48...57).contains($0) } } ?? false }
  }

  /// The exports with one name and id for each two projects of different exports that have the same
  /// numbers on all days that both know. An export tells its own projects apart.
  static func united(_ exports: [UsageExport], _ findings: inout Findings) -> [UsageExport] {
    let names = ProjectNames(exports.flatMap(\.series))
    let projects = self.projects(of: exports, names)
    var united: [ProjectNames.Key: Project] = [:]
    var told: [(a: String, b: String, days: Int)] = []
    for (place, one) in projects.enumerated() where united[one.key] == nil {
      for other in projects[(place + 1)...] where united[other.key] == nil {
        guard one.exports.isDisjoint(with: other.exports), one.id == nil || other.id == nil,
          let days = equalDays(one, other)
        else { continue }
        let named = one.isNamed ? one : other
        var whole = named
        whole.id = one.id ?? other.id
        united[one.key] = whole
        united[other.key] = whole
        let unnamed = one.isNamed ? other : one
        told.append((unnamed.name ?? unnamed.id ?? "", named.name ?? named.id ?? "", days))
        break
      }
    }
    guard let first = told.first else { return exports }
    let others = told.count == 2 ? "has 1 more pair" : "have \(told.count - 1) more pairs"
    let more = told.count > 1 ? ", and so \(others)" : ""
    findings.note(
      "same-project",
      "'\(first.a)' and '\(first.b)' of different exports have the same numbers on the "
        + "\(countedNoun(first.days, "day")) that "
        + "both know\(more): taken as one project, counted once",
      help: "where they are two, export them with a breakdown by product and project in one file")
    return exports.map { export in
      var export = export
      for index in export.series.indices {
        guard let key = names.key(of: export.series[index]), let project = united[key] else {
          continue
        }
        export.series[index].projectID = project.id
        export.series[index].project = project.name
      }
      return export
    }
  }

  private static func projects(of exports: [UsageExport], _ names: ProjectNames) -> [Project] {
    var projects: [Project] = []
    var places: [ProjectNames.Key: Int] = [:]
    for (number, export) in exports.enumerated() {
      for series in export.series {
        guard let key = names.key(of: series) else { continue }
        let place = places[key] ?? projects.count
        if place == projects.count {
          places[key] = place
          projects.append(Project(key: key, exports: [], series: [:]))
        }
        projects[place].exports.insert(number)
        projects[place].id = projects[place].id ?? series.projectID
        projects[place].name = names.name(of: series)
        var whole = projects[place].series[series.meter].map { JoinedSeries($0, from: 0) }
        if whole == nil {
          whole = JoinedSeries(series, from: number)
        } else {
          _ = whole?.add(series, from: number)
        }
        projects[place].series[series.meter] = whole?.series
      }
    }
    return projects
  }

  /// On how many days both know the same of a meter; nil when they differ, or when it may be by chance. The
  /// last day of an export may have been counted on since.
  private static func equalDays(_ one: Project, _ other: Project) -> Int? {
    var most: Int?
    for meter in Meter.allCases {
      guard let a = one.series[meter], let b = other.series[meter] else { continue }
      var days = 0
      var values: Set<Double> = []
      for index in a.values.indices {
        let day = a.start.advanced(by: index)
        guard let value = a[day], let same = b[day] else { continue }
        if value != same {
          let next = day.advanced(by: 1)
          if next == a.end || next == b.end { continue }
          return nil
        }
        days += 1
        values.insert(value)
      }
      if days >= fewestDays, values.count >= fewestValues { most = max(most ?? 0, days) }
    }
    return most
  }
}
