public import GenOpsUnits

/// Evaluates flags from their definitions, without asking the server: the algorithm of PostHog's
/// own clients (posthog-python 7.91.1).
///
/// A flag is a list of conditions. The first one whose filters all hold and whose rollout reaches
/// the person decides. A condition that cannot be decided here is skipped; when nothing else
/// matches the flag is ``Unresolved``.
public struct FlagEvaluator: Sendable {
  let definitions: FlagDefinitions
  let context: FlagContext
  let match: PropertyMatch
  /// Flags that others depend on; the inner nil is unresolved.
  var known: [String: FlagValue?] = [:]
  /// How deep cohorts and flags are in each other at the moment.
  var nesting = 0
  /// What may still be spent on the flag that is evaluated, in comparisons of scalars: a tenth of a
  /// second at most. A flag that needs more is left to the server.
  var work = 0
  /// The same for all flags of this evaluator together.
  private var workOfAll = 5 * FlagEvaluator.workOfFlag

  private static let workOfFlag = 4_000_000
  /// Finding a property and its filter, whatever its texts.
  static let costOfFilter = 100
  /// Each step takes a few calls, on stacks of half a megabyte on some systems.
  static let deepest = 48

  /// `now` is for dates that are given relative to it.
  public init(_ definitions: FlagDefinitions, for context: FlagContext, at now: Timestamp) {
    self.definitions = definitions
    self.context = context
    match = PropertyMatch(now: now, matchingVersion: definitions.matchingVersion)
  }

  /// The value of a flag; nil when there is no such flag.
  /// - Throws: Why only the server can tell.
  public mutating func value(_ key: String) throws(Unresolved) -> FlagValue? {
    guard let flag = definitions[key] else { return nil }
    return try value(of: flag)
  }

  mutating func value(of flag: FlagDefinition) throws(Unresolved) -> FlagValue {
    known = [:]
    nesting = 0
    work = min(workOfAll, FlagEvaluator.workOfFlag)
    let before = work
    defer { workOfAll -= before - max(0, work) }
    guard flag.isActive else { return .off }
    guard !flag.keepsExperience else { throw Unresolved(.experienceContinuity) }
    guard let index = flag.groupType else {
      return try decide(
        flag,
        Subject(
          id: context.distinctID, bucket: try bucket(flag), properties: context.personProperties,
          knowsGroups: true))
    }
    guard let type = definitions.groupTypes["\(index)"] else {
      throw Unresolved(.unsupportedDefinition)
    }
    // Without the group the server would say the same.
    guard let key = context.groups.exactly(type) else { return .off }
    guard let properties = context.groupProperties.exactly(type) else {
      throw Unresolved(.missingContext)
    }
    return try decide(
      flag, Subject(id: key, bucket: key, properties: properties, knowsGroups: true))
  }

  /// Whom a flag is decided for: a person or a group.
  struct Subject {
    /// The person's distinct id, or the key of the group that the flag is for.
    var id: String
    /// What is hashed: the id, the device, or the group that a condition is for.
    var bucket: String
    var properties: [String: JSONValue]
    /// Whether conditions may turn to the person's groups.
    var knowsGroups: Bool
  }

  private func bucket(_ flag: FlagDefinition) throws(Unresolved) -> String {
    guard flag.bucketsByDevice else { return context.distinctID }
    guard let device = context.deviceID, !device.isEmpty else {
      throw Unresolved(definitions.isUnsupported(flag) ? .unsupportedDefinition : .missingContext)
    }
    return device
  }

  private mutating func decide(_ flag: FlagDefinition, _ subject: Subject) throws(Unresolved)
    -> FlagValue
  {
    if flag.asksEnrollment {
      guard flag.groupType == nil else { throw Unresolved(.unsupportedDefinition) }
      guard let enrolled = subject.properties.exactly("$feature_enrollment/\(flag.key)") else {
        throw Unresolved(.missingContext)
      }
      return enrolled == true || enrolled == "true" ? .on : .off
    }
    // Who is held out never reaches the conditions.
    if let holdout = flag.holdout,
      holdout.share == 100 || FlagHash.holdout(id: subject.bucket) <= holdout.share / 100
    {
      return .variant("holdout-\(holdout.id)")
    }
    var unresolved: UnresolvedReason?
    conditions: for condition in flag.conditions {
      do throws(Unresolved) {
        guard let subject = try self.subject(of: condition, flag, subject) else { continue }
        guard try holds(condition.filters, subject) else { continue }
        if let rollout = condition.rollout,
          FlagHash.rollout(key: flag.key, id: subject.bucket) > rollout / 100
        {
          // Targeted, and left out by the rollout alone: later conditions must not let them in.
          if flag.exitsEarly { break conditions }
          continue
        }
        return variant(of: flag, condition, subject)
      } catch {
        guard error.endsEvaluation else {
          unresolved = min(unresolved ?? error.reason, error.reason)
          continue
        }
        // The conditions that were not reached may hold a graver reason.
        let isUnsupported = definitions.isUnsupported(flag)
        throw Unresolved(
          isUnsupported ? min(error.reason, .unsupportedDefinition) : error.reason,
          endsEvaluation: true)
      }
    }
    if let unresolved { throw Unresolved(unresolved) }
    return .off
  }

  /// Whom a condition is about; nil for a group that the person is not in.
  private func subject(
    of condition: FlagDefinition.Condition, _ flag: FlagDefinition, _ subject: Subject
  ) throws(Unresolved) -> Subject? {
    guard case let index?? = condition.groupType, index != flag.groupType else { return subject }
    guard subject.knowsGroups, let type = definitions.groupTypes["\(index)"],
      let key = context.groups.exactly(type)
    else { return nil }
    guard let properties = context.groupProperties.exactly(type) else {
      throw Unresolved(.missingContext)
    }
    return Subject(id: subject.id, bucket: key, properties: properties, knowsGroups: true)
  }

  private func variant(
    of flag: FlagDefinition, _ condition: FlagDefinition.Condition, _ subject: Subject
  ) -> FlagValue {
    if let forced = condition.variant, flag.variants.contains(where: { $0.key.isExactly(forced) }) {
      return .variant(forced)
    }
    let place = FlagHash.variant(key: flag.key, id: subject.bucket)
    var end = 0.0
    for variant in flag.variants {
      let start = end
      end = start + variant.share / 100
      if place >= start, place < end { return .variant(variant.key) }
    }
    return .on
  }

  /// Whether all filters hold. One that cannot be decided does not end it: another may rule the
  /// condition out.
  private mutating func holds(_ filters: [PropertyFilter], _ subject: Subject) throws(Unresolved)
    -> Bool
  {
    var unresolved: Unresolved?
    for filter in filters {
      do throws(Unresolved) {
        if try !holds(filter, subject) { return false }
      } catch {
        guard let first = unresolved else {
          unresolved = error
          continue
        }
        unresolved?.reason = min(first.reason, error.reason)
      }
    }
    if let unresolved { throw unresolved }
    return true
  }

  mutating func holds(_ filter: PropertyFilter, _ subject: Subject) throws(Unresolved) -> Bool {
    guard work > 0 else { throw Unresolved(.unsupportedDefinition, endsEvaluation: true) }
    work -= FlagEvaluator.costOfFilter
    switch filter.type {
    case "cohort": return try isInCohort(filter, subject)
    case "flag": return try dependencyHolds(filter, subject)
    default: return try match.matches(filter, subject.properties, &work)
    }
  }

  /// For ``dependencyHolds(_:_:)``: the value of a flag that another one depends on, for the same
  /// subject.
  mutating func dependency(_ flag: FlagDefinition, _ subject: Subject) throws(Unresolved)
    -> FlagValue
  {
    guard flag.isActive else { return .off }
    guard !flag.keepsExperience else { throw Unresolved(.unresolvedDependency) }
    var own = Subject(
      id: subject.id, bucket: subject.id, properties: subject.properties, knowsGroups: false)
    if flag.groupType == nil, flag.bucketsByDevice {
      guard let device = context.deviceID, !device.isEmpty else {
        throw Unresolved(.missingContext)
      }
      own.bucket = device
    }
    return try decide(flag, own)
  }
}
