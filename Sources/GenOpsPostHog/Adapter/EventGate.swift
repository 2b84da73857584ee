public import GenOpsGovernance
public import GenOpsMetering
import GenOpsUnits
import Synchronization

/// Holds events against the plan's ``EventRules``, inside the account's lock: what comes in a minute is counted
/// there. Only accounts with such rules have one.
struct EventGate {
  private let rules: EventRules
  private var rate: RateCount?
  /// What was sent although it broke a rule, by ``RefusalReason``.
  private(set) var warned = [Int64](repeating: 0, count: RefusalReason.count)

  /// Nil without rules.
  init?(_ rules: EventRules) {
    if rules.isEmpty { return nil }
    self.rules = rules
    rate = rules.mostPerMinute.map { RateCount(most: $0) }
  }

  /// Why one item may not be sent: `broken`, found before, or what it costs. The rate comes last, and only what
  /// passes the others counts for it.
  func broken(_ broken: RefusalReason?, cost: Money?) -> RefusalReason? {
    if let broken { return broken }
    // A cost that is unknown breaks no limit: the modes have rules of their own for it.
    if let most = rules.mostCost, let cost, cost > most { return .costLimit }
    return nil
  }

  /// How many of `count` the present minute takes; they are counted.
  mutating func take(_ count: Int64, at instant: Timestamp) -> Int64 {
    rate?.take(count, at: instant) ?? count
  }

  func hasRoom(at instant: Timestamp) -> Bool { rate.map { $0.room(at: instant) > 0 } ?? true }

  mutating func warn(_ reason: RefusalReason, count: Int64) {
    warned[Int(reason.rawValue)] = warned[Int(reason.rawValue)].addingClamped(count)
  }
}

extension AccountState {
  /// Holds `count` items alike against the rules on single events.
  ///
  /// - Returns: How many may be decided on, and why the others are refused. Advisory mode refuses none.
  mutating func pass(
    _ usage: Usage, count: Int64, owner: Int, broken: RefusalReason?, at instant: Timestamp
  ) -> (count: Int64, refused: RefusalReason?) {
    let cost = core.marginalCost(of: usage)
    guard let reason = gate?.broken(broken, cost: cost) else {
      let taken = gate?.take(count, at: instant) ?? count
      if taken >= count { return (count, nil) }
      return settle(.rateLimit, passed: taken, of: count, owner: owner)
    }
    return settle(reason, passed: 0, of: count, owner: owner)
  }

  private mutating func settle(
    _ reason: RefusalReason, passed: Int64, of count: Int64, owner: Int
  ) -> (count: Int64, refused: RefusalReason?) {
    if core.rules.plan.mode(for: attribution(of: owner)) == .advisory {
      gate?.warn(reason, count: count - passed)
      return (count, nil)
    }
    countRefusal(reason, count: count - passed)
    return (passed, reason)
  }

  /// What was sent although it broke a rule on single events.
  var gateFindings: Findings {
    var findings = Findings()
    guard let gate else { return findings }
    for reason in RefusalReason.allCases where gate.warned[Int(reason.rawValue)] > 0 {
      findings.warning(
        "policy-warned",
        "\(gate.warned[Int(reason.rawValue)]) events broke '\(reason.id)' and were sent",
        help: "advisory mode refuses nothing; use enforced mode")
    }
    return findings
  }
}

extension PostHogAdapter {
  /// What the rules on single events say of `event` now. Nothing is counted and nothing is sent; budgets,
  /// sampling and the rest of the plan have no part in it.
  ///
  /// - Parameters:
  ///   - event: As it would be captured.
  ///   - policy: The name of one of them, such as `cost-limit`; nil is all. One that the plan does not have
  ///     allows everything.
  /// - Returns: `blocked` or `rateLimited` in enforced and strict mode, `warning` in advisory mode.
  public func policyResult(of event: UsageEvent, policy: String? = nil) -> PolicyResult {
    let broken = account.brokenRules(by: event, attribution)
    let instant = account.clock.now()
    return account.state.withLock { state in
      guard let gate = state.gate else { return .allowed }
      var reasons = broken
      let cost = state.core.marginalCost(of: state.meter.meter(event).usage)
      if let reason = gate.broken(nil, cost: cost) { reasons.append(reason) }
      if !gate.hasRoom(at: instant) { reasons.append(.rateLimit) }
      guard let first = reasons.first(where: { policy == nil || $0.id == policy }) else {
        return .allowed
      }
      let isAdvisory = state.core.rules.plan.mode(for: attribution) == .advisory
      return isAdvisory ? .warning : PolicyResult(first)
    }
  }
}

extension Account {
  /// The rules that an event breaks by whose it is and what stands in it.
  func brokenRules(by event: UsageEvent, _ attribution: Attribution) -> [RefusalReason] {
    var rules = configuration.effectivePlan.eventRules
    var broken: [RefusalReason] = []
    while let reason = rules.broken(
      team: attribution.team, name: event.name, properties: event.properties)
    {
      broken.append(reason)
      if reason == .team { rules.allowedTeams = nil } else { rules.blockedPatterns = [] }
    }
    return broken
  }
}

extension CaptureOutcome {
  /// What governance said, in the words of the integration guide. `warning` is only known of rules on single
  /// events; see ``PostHogAdapter/policyResult(of:policy:)``.
  public var policyResult: PolicyResult {
    switch self {
    case .sent: .allowed
    case .sampled: .rateLimited
    case .duplicate: .blocked
    case .refused(let refusal): PolicyResult(refusal.reason)
    }
  }
}
