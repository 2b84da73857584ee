import GenOpsUnits

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
