import GenOpsMetering
import GenOpsUnits

/// Finds the rows that are the sum of the other projects and stand among them as one: they are the whole account.
enum TotalProjects {
  /// The fewest days on which a row has to be the sum of others to be taken for it.
  private static let fewestDays = 5
  private static let names: Set<String> = [
    "total", "totals", "sum", "all", "all projects", "overall", "organization", "organisation",
  ]

  /// `series` with such rows as those of the whole account.
  static func found(in series: [UsageSeries]) -> [UsageSeries] {
    var found = series
    for project in Set(series.compactMap(\.project)).sorted() {
      let own = found.filter { $0.project == project }
      let isNamed = names.contains(project.lowercased()) && own.allSatisfy { $0.projectID == nil }
      let others = own.map { one in
        found.filter { $0.meter == one.meter && $0.project != nil && $0.project != project }
      }
      // The only project there is, is one.
      guard others.contains(where: { !$0.isEmpty }) else { continue }
      guard isNamed || zip(own, others).allSatisfy({ isSum($0, of: $1) }) else { continue }
      for index in found.indices where found[index].project == project {
        let meter = found[index].meter
        let hasWhole = found.contains { $0.meter == meter && $0.project == nil }
        if !hasWhole { found[index].project = nil }
      }
    }
    return found
  }

  /// Whether `one` is what at least two others come to on each day that is known of all.
  private static func isSum(_ one: UsageSeries, of others: [UsageSeries]) -> Bool {
    guard others.count > 1 else { return false }
    var days = 0
    for index in one.values.indices where !one.values[index].isNaN {
      let day = one.start.advanced(by: index)
      let parts = others.compactMap { $0[day] }
      guard parts.count == others.count else { continue }
      let sum = parts.reduce(0, +)
      if (one.values[index] - sum).magnitude > 0.5 { return false }
      if sum > 0 { days += 1 }
    }
    return days >= fewestDays
  }
}
