import GenOpsUnits

/// A condition on one property, cohort or other flag.
struct PropertyFilter: Sendable, Hashable {
  /// Nil for one that is not text, which no property has.
  var key: String?
  var value: JSONValue
  var operation: String
  /// `person`, `group`, `cohort` or `flag`.
  var type: String
  var isNegated = false
  /// For a flag: the flags to evaluate before, itself last. Nil when the definition has none.
  var dependencyChain: [String]?
}

extension PropertyFilter {
  /// Whether it is a well-formed condition on another flag. A malformed one matches no one, on the server
  /// too.
  var isDependency: Bool {
    operation == "flag_evaluates_to" && key?.isEmpty == false && value != .null
  }
}
