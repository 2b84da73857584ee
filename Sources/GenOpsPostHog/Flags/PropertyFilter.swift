import GenOpsUnits

/// A condition on one property, cohort or other flag.
struct PropertyFilter: Sendable, Hashable {
  var key: String
  var value: JSONValue
  var operation: String
  /// `person`, `group`, `cohort` or `flag`.
  var type: String
  var isNegated = false
  /// For a flag: the flags to evaluate before, itself last. Nil when the definition has none.
  var dependencyChain: [String]?
}
