public import GenOpsUnits

/// For whom flags are evaluated, and what is known of them.
public struct FlagContext: Sendable, Hashable {
  public var distinctID: String
  /// Properties that conditions ask for. What is not given here is unknown, not absent.
  public var personProperties: [String: JSONValue]
  /// The person's groups, by type: `["company": "acme"]`.
  public var groups: [String: String]
  /// Properties of these groups, by type.
  public var groupProperties: [String: [String: JSONValue]]
  /// For flags that follow the device instead of the person.
  public var deviceID: String?

  /// Groups by their type; group properties by type, then by name.
  public init(
    _ distinctID: String, personProperties: [String: JSONValue] = [:],
    groups: [String: String] = [:], groupProperties: [String: [String: JSONValue]] = [:],
    deviceID: String? = nil
  ) {
    self.distinctID = distinctID
    self.personProperties = personProperties
    self.groups = groups
    self.groupProperties = groupProperties
    self.deviceID = deviceID
  }
}

/// Why a flag has no value from its definition alone. Where several causes apply the first in this
/// order is told. Names and order: posthog-python 7.91.1.
public enum UnresolvedReason: String, Sendable, Hashable, CaseIterable, Comparable {
  /// The flag keeps what a person saw before they were known; only the server remembers that.
  case experienceContinuity = "experience_continuity"
  /// The definition uses what cannot be evaluated here: a static cohort, an unknown operator.
  case unsupportedDefinition = "unsupported_definition"
  /// A flag that it depends on has no value.
  case unresolvedDependency = "unresolved_dependency"
  /// A property, group or device that it needs was not given.
  case missingContext = "missing_context"

  public static func < (a: UnresolvedReason, b: UnresolvedReason) -> Bool {
    (allCases.firstIndex(of: a) ?? 0) < (allCases.firstIndex(of: b) ?? 0)
  }
}

/// A flag whose value only the server can tell.
public struct Unresolved: Error, Sendable, Hashable {
  public var reason: UnresolvedReason
  /// No other condition may decide it here either.
  var endsEvaluation = false

  init(_ reason: UnresolvedReason, endsEvaluation: Bool = false) {
    self.reason = reason
    self.endsEvaluation = endsEvaluation
  }
}
