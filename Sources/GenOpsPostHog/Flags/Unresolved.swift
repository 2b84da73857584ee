import GenOpsUnits

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
