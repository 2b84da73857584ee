import GenOpsAdmission
import GenOpsGovernance
import GenOpsMetering
import GenOpsUnits
import Synchronization

/// The account of one session's own budget.
///
/// It has a lock of its own, which is only taken inside of a billing account's, because a session may be the current
/// one while another account captures. While one item is decided the lock is held, so what was asked for is
/// charged before anyone asks again.
final class SessionSpending: Sendable {
  private struct State {
    var spent: Int64 = 0
    var refused: Int64 = 0
    var isShut = false
  }

  let sessionID: String
  let name: String
  let scope: Attribution
  let budget: SessionBudget
  /// That of the session around this one, which bounds this one too.
  private let parent: SessionSpending?
  private let samples: Bool
  private let state = Mutex(State())

  init(
    _ budget: SessionBudget, sessionID: String, name: String, scope: Attribution,
    parent: SessionSpending?
  ) {
    self.budget = budget
    self.sessionID = sessionID
    self.name = name
    self.scope = scope
    self.parent = parent
    samples = !budget.sampling.keepsEverything || parent?.samples == true
  }

  var standing: SessionBudgetStanding {
    state.withLock {
      SessionBudgetStanding(
        limit: budget.limit, spent: Money(nanos: $0.spent), refused: $0.refused)
    }
  }

  /// What part of a class is kept by this session and those around it.
  func rate(ofClass name: @autoclosure () -> String, isCritical: Bool) -> Double {
    if !samples || isCritical { return 1 }
    var lowest = 1.0
    var next: SessionSpending? = self
    while let spending = next {
      lowest = min(lowest, spending.budget.sampling.rate(ofClass: name(), isCritical: false))
      next = spending.parent
    }
    return lowest
  }

  /// Asks for room, has the items decided on by `body`, and charges what they cost.
  ///
  /// - Parameters:
  ///   - mode: That of the place whose usage it is.
  ///   - isCritical: Whether the items are of a critical class.
  ///   - body: Decides within what is left here and in every session around.
  /// - Returns: What `body` decided.
  func decide(
    mode: GovernanceMode, isCritical: Bool, _ body: (Allowance) -> Outcome
  ) -> Outcome {
    decide(mode, isCritical, .unlimited, body).outcome
  }

  /// `inner` is the least that the sessions within this one have left. The second value says whether their lack of
  /// room, and not that of this one or one around it, was what refused.
  private func decide(
    _ mode: GovernanceMode, _ isCritical: Bool, _ inner: Allowance, _ body: (Allowance) -> Outcome
  ) -> (outcome: Outcome, byInner: Bool) {
    state.withLock { state in
      let own = allowance(mode, isCritical, state)
      let isTighter = own.isTighter(than: inner)
      let least = isTighter ? own : inner
      var (outcome, isOwn) = (Outcome(), true)
      if let parent {
        (outcome, isOwn) = parent.decide(mode, isCritical, least, body)
      } else {
        outcome = body(least)
      }
      state.spent = state.spent.addingClamped(outcome.costNanos)
      if isOwn, isTighter, outcome.isBeyondAllowance {
        state.refused = state.refused.addingClamped(outcome.refused)
      }
      return (outcome, isOwn && !isTighter)
    }
  }

  /// Of this session and those around it, the one that has the least room now.
  func tightest(mode: GovernanceMode, isCritical: Bool) -> SessionSpending {
    var (tightest, least) = (self, state.withLock { allowance(mode, isCritical, $0) })
    var next = parent
    while let spending = next {
      let room = spending.state.withLock { spending.allowance(mode, isCritical, $0) }
      if room.isTighter(than: least) { (tightest, least) = (spending, room) }
      next = spending.parent
    }
    return tightest
  }

  private func allowance(_ mode: GovernanceMode, _ isCritical: Bool, _ state: State) -> Allowance {
    guard budget.isHard, mode != .advisory, !isCritical else { return .unlimited }
    if budget.limit <= .zero || state.isShut { return .nothing }
    return Allowance(nanos: budget.bound(in: mode).subtractingClamped(state.spent))
  }

  /// From here on a hard budget has no room.
  func shut() { state.withLock { $0.isShut = true } }

  /// Takes back what an item cost that was lost on its way.
  func giveBack(_ cost: Int64) {
    state.withLock { $0.spent = $0.spent.subtractingClamped(cost) }
    parent?.giveBack(cost)
  }

  /// What an item was refused with; `cost` is that of one more.
  func exceeded(cost: Money?, currency: String) -> BudgetExceeded {
    let standing = standing
    return BudgetExceeded(
      name: name, scope: scope, limit: standing.limit, currency: currency, spent: standing.spent,
      cost: cost, resetsAt: nil, sessionID: sessionID)
  }
}
