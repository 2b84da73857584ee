public import GenOpsMetering

/// Another ``GovernanceMode`` for a part of the account: a tenant, an environment, a team.
///
/// A budget is enforced by the mode at its own scope, and a line is held to strict rules by the
/// mode at its attribution. So a tenant in advisory mode is still refused by an enforced budget of
/// the whole account, which holds for everybody.
public struct ScopedMode: Sendable, Hashable {
  public var scope: Attribution
  public var mode: GovernanceMode

  /// `mode` holds for what `scope` contains.
  public init(scope: Attribution, mode: GovernanceMode) {
    self.scope = scope
    self.mode = mode
  }
}

extension GovernancePlan {
  /// The mode for `attribution`: of the scope that sets most dimensions, the later one of two
  /// alike; else ``mode``.
  public func mode(for attribution: Attribution) -> GovernanceMode {
    var (best, width) = (mode, 0)
    for scoped in scopedModes where attribution.matches(scoped.scope) {
      let dimensions = Attribution.dimensions.count { scoped.scope[$0] != nil }
      if dimensions >= width { (best, width) = (scoped.mode, dimensions) }
    }
    return best
  }

  /// Whether `budget` refuses what would cross it. One that does not only tells of it.
  public func refuses(_ budget: Budget) -> Bool {
    budget.isHard && mode(for: budget.scope) != .advisory
  }
}
