import GenOpsUnits

/// A flag whose value only the server can tell.
public struct Unresolved: Error, Sendable, Hashable, CustomStringConvertible {
  public var reason: UnresolvedReason
  /// No other condition may decide it here either.
  var endsEvaluation = false

  public var description: String { "only the server can tell the flag's value: \(reason.rawValue)" }

  init(_ reason: UnresolvedReason, endsEvaluation: Bool = false) {
    self.reason = reason
    self.endsEvaluation = endsEvaluation
  }
}
