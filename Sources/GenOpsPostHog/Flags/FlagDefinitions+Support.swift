import GenOpsUnits

extension FlagDefinitions {
  /// Whether a flag's definition holds something that only the server can evaluate, whoever asks.
  func isUnsupported(_ flag: FlagDefinition) -> Bool {
    if let index = flag.groupType, groupTypes["\(index)"] == nil { return true }
    var seen: Set<String> = []
    return flag.conditions.contains { condition in
      condition.filters.contains { isUnsupported($0, &seen) }
    }
  }

  /// `seen` are the cohorts that were looked at, so that cohorts that hold each other end.
  private func isUnsupported(_ filter: PropertyFilter, _ seen: inout Set<String>) -> Bool {
    switch filter.type {
    case "flag":
      // The wrong form matches nobody, which is a result.
      guard filter.isDependency else { return false }
      guard let chain = filter.dependencyChain, !chain.isEmpty else { return true }
      return chain.contains { self[$0] == nil }
    case "cohort":
      guard let id = PropertyText.python(filter.value), let tree = cohorts.exactly(id),
        ["exact", "in", "not_in"].contains(filter.operation)
      else { return true }
      return seen.insert(id).inserted ? isUnsupported(tree, &seen) : false
    default:
      // Which relative dates are right does not depend on now.
      return !PropertyMatch(now: Timestamp(microseconds: 0), matchingVersion: matchingVersion)
        .isSupported(filter)
    }
  }

  private func isUnsupported(_ tree: CohortTree, _ seen: inout Set<String>) -> Bool {
    switch tree {
    case .malformed: true
    case .filter(let filter): isUnsupported(filter, &seen)
    case .all(let parts), .any(let parts):
      parts.contains { isUnsupported($0, &seen) }
    }
  }
}
