import GenOpsUnits

extension FlagEvaluator {
  /// Whether the subject belongs to a cohort that is defined by conditions. A cohort that is a list
  /// of people is not among the definitions: only the server knows it.
  mutating func isInCohort(_ filter: PropertyFilter, _ subject: Subject) throws(Unresolved) -> Bool
  {
    guard let tree = definitions.cohorts[PropertyText.of(filter.value)] else {
      throw Unresolved(.unsupportedDefinition, endsEvaluation: true)
    }
    guard ["exact", "in", "not_in"].contains(filter.operation) else {
      throw Unresolved(.unsupportedDefinition)
    }
    let isIn = try holds(tree, subject, depth: 0)
    return filter.operation == "not_in" ? !isIn : isIn
  }

  private mutating func holds(_ tree: CohortTree, _ subject: Subject, depth: Int)
    throws(Unresolved) -> Bool
  {
    // Cohorts that name each other would never end.
    guard depth < 64, nesting < 64 else {
      throw Unresolved(.unsupportedDefinition, endsEvaluation: true)
    }
    nesting += 1
    defer { nesting -= 1 }
    switch tree {
    case .malformed: throw Unresolved(.unsupportedDefinition, endsEvaluation: true)
    case .filter(let filter): return try holds(filter, subject) != filter.isNegated
    case .all(let parts): return try combine(parts, subject, depth, isAll: true)
    case .any(let parts): return try combine(parts, subject, depth, isAll: false)
    }
  }

  /// And or or. A part that cannot be decided matters only when no other part decides.
  private mutating func combine(
    _ parts: [CohortTree], _ subject: Subject, _ depth: Int, isAll: Bool
  ) throws(Unresolved) -> Bool {
    // Without conditions there is nothing to fail.
    if parts.isEmpty { return true }
    var isDecided = false
    var unresolved: UnresolvedReason?
    for part in parts {
      do throws(Unresolved) {
        if try holds(part, subject, depth: depth + 1) != isAll { isDecided = true }
      } catch {
        if error.endsEvaluation { throw error }
        unresolved = min(unresolved ?? error.reason, error.reason)
      }
    }
    if isDecided { return !isAll }
    if let unresolved { throw Unresolved(unresolved) }
    return isAll
  }

  /// Whether another flag has the value that a condition asks for.
  mutating func dependencyHolds(_ filter: PropertyFilter, _ subject: Subject) throws(Unresolved)
    -> Bool
  {
    // A condition of the wrong form matches nobody, on the server too.
    guard filter.operation == "flag_evaluates_to", !filter.key.isEmpty, filter.value != .null else {
      return false
    }
    guard let chain = filter.dependencyChain, !chain.isEmpty,
      chain.allSatisfy({ known[$0] != nil || definitions[$0] != nil })
    else { throw Unresolved(.unsupportedDefinition) }
    for key in chain where known[key] == nil {
      guard let flag = definitions[key] else { throw Unresolved(.unsupportedDefinition) }
      // Flags that depend on each other find this and end.
      known[key] = .some(nil)
      do throws(Unresolved) {
        known[key] = .some(try dependency(flag, subject))
      } catch {
        if error.endsEvaluation { known[key] = nil }
        throw Unresolved(.unresolvedDependency, endsEvaluation: error.endsEvaluation)
      }
    }
    guard case let value?? = known[filter.key] else {
      let isKnown = definitions[filter.key] != nil && known[filter.key] != nil
      throw Unresolved(isKnown ? .unresolvedDependency : .unsupportedDefinition)
    }
    switch (value, filter.value) {
    // Any variant is true.
    case (.variant, .bool(let wanted)): return wanted
    case (.variant(let name), .string(let wanted)): return name == wanted
    case (_, .bool(let wanted)): return value.isOn == wanted
    default: return false
    }
  }
}
