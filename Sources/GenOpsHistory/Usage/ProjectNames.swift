import GenOpsUnits

/// Which projects of several exports are the same, and what each is called.
///
/// One export names a project, another its id, a third both; a project is renamed, and two have one name.
struct ProjectNames {
  /// What a series is of; nil is the whole account.
  typealias Key = String

  private var idsOfName: [String: Set<String>] = [:]
  private var nameOfID: [String: String] = [:]
  private var ids: Set<String> = []

  /// `series` in an order in which the latest name comes last.
  init(_ series: some Sequence<UsageSeries>) {
    for one in series {
      guard let id = one.projectID else { continue }
      ids.insert(id)
      // A label such as `134::Events` repeats the id where PostHog has no name.
      guard let name = one.project, name != id else { continue }
      idsOfName[name, default: []].insert(id)
      nameOfID[id] = name
    }
  }

  /// Equal for series of one project.
  func key(of series: UsageSeries) -> Key? {
    id(of: series).map { "id " + $0 } ?? series.project.map { "name " + $0 }
  }

  /// What people call the project of a series; nil for the whole account.
  func name(of series: UsageSeries) -> String? {
    guard let id = id(of: series) else { return series.project }
    guard let name = nameOfID[id] else { return id }
    let namesakes = nameOfID.count { $0.value == name }
    return namesakes > 1 ? "\(name) (\(id))" : name
  }

  private func id(of series: UsageSeries) -> String? {
    if let id = series.projectID { return id }
    guard let name = series.project else { return nil }
    if ids.contains(name) { return name }
    return idsOfName[name].flatMap { $0.count == 1 ? $0.first : nil }
  }
}
