public import GenOpsUnits

extension FlagSet {
  /// What the integration guide tells of an evaluation, under its names: six keys, then `cached`,
  /// the `value` (null when there is none) and the `problem`. It is no read: nothing is reported to
  /// PostHog.
  ///
  /// `cost` is that of the whole set, `evaluation_context` the number of properties that were
  /// given.
  public func metadata(_ key: String) -> JSONValue {
    [
      "flag_key": .string(key), "distinct_id": .string(context.distinctID),
      "cost": cost.map { .money($0) } ?? .null, "governance_applied": .bool(reporter.isGoverned),
      "timestamp": .string(reporter.now.description),
      "evaluation_context": .integer(context.personProperties.count),
      "cached": .bool(isRemembered), "value": records[key]?.value?.json ?? .null,
      "problem": problem.map { .string($0.description) } ?? .null,
    ]
  }
}
