import GenOpsUnits

extension FlagEvaluator {
  /// Whether the subject belongs to a cohort that is defined by conditions. A cohort that is a list
  /// of people is not among the definitions: only the server knows it.
  mutating func isInCohort(_ filter: PropertyFilter, _ subject: Subject) throws(Unresolved) -> Bool
  {
    guard let id = PropertyText.python(filter.value), let tree = definitions.cohorts.exactly(id)
    else {
      throw Unresolved(.unsupportedDefinition, endsEvaluation: true)
    }
    guard ["exact", "in", "not_in"].contains(filter.operation) else {
      throw Unresolved(.unsupportedDefinition)
    }
    let isIn = try holds(tree, subject)
    return filter.operation == "not_in" ? !isIn : isIn
  }

  private mutating func holds(_ tree: CohortTree, _ subject: Subject) throws(Unresolved) -> Bool {
    // Cohorts that name each other would never end, and cohorts that name two others each double the work
    // with every step: either is left to the server.
    guard nesting < FlagEvaluator.deepest, work > 0 else {
      throw Unresolved(.unsupportedDefinition, endsEvaluation: true)
    }
    nesting += 1
    work -= FlagEvaluator.costOfFilter
    defer { nesting -= 1 }
    switch tree {
    case .malformed: throw Unresolved(.unsupportedDefinition, endsEvaluation: true)
    case .filter(let filter): return try holds(filter, subject) != filter.isNegated
    case .all(let parts): return try combine(parts, subject, isAll: true)
    case .any(let parts): return try combine(parts, subject, isAll: false)
    }
  }

  /// And or or. A part that cannot be decided matters only when no other part decides.
  private mutating func combine(_ parts: [CohortTree], _ subject: Subject, isAll: Bool)
    throws(Unresolved) -> Bool
  {
    // Without conditions there is nothing to fail.
    if parts.isEmpty { return true }
    var isDecided = false
    var unresolved: UnresolvedReason?
    for part in parts {
      do throws(Unresolved) {
        if try holds(part, subject) != isAll { isDecided = true }
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
    guard filter.isDependency, let key = filter.key else { return false }
    // Each flag of a chain of thousands would go one call deeper.
    guard nesting < FlagEvaluator.deepest else {
      throw Unresolved(.unresolvedDependency, endsEvaluation: true)
    }
    nesting += 1
    defer { nesting -= 1 }
    guard let chain = filter.dependencyChain, !chain.isEmpty,
      chain.allSatisfy({ known.exactly($0) != nil || definitions[$0] != nil })
    else { throw Unresolved(.unsupportedDefinition) }
    for key in chain where known.exactly(key) == nil {
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
    guard case let value?? = known.exactly(key) else {
      let isKnown = definitions[key] != nil && known.exactly(key) != nil
      throw Unresolved(isKnown ? .unresolvedDependency : .unsupportedDefinition)
    }
    switch (value, filter.value) {
    // Any variant is true.
    case (.variant, .bool(let wanted)): return wanted
    case (.variant(let name), .string(let wanted)): return name.isExactly(wanted)
    case (_, .bool(let wanted)): return value.isOn == wanted
    default: return false
    }
  }
}
