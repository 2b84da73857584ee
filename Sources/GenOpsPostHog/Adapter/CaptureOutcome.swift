import GenOpsGovernance
public import GenOpsMetering
public import GenOpsUnits

/// What became of a captured event. It is a value and no error: an analytics budget must never fail
/// a user's request. Who wants an error asks for it with ``get()``.
public enum CaptureOutcome: Sendable, Hashable, CustomStringConvertible {
  /// Handed to the transport. The cost is what it adds to the bill; nil when a price or the usage
  /// of the month so far is unknown.
  case sent(cost: Money?)
  /// Left out by sampling; a kept event stands for it.
  case sampled
  case refused(Refusal)
  /// The same event was sent before.
  case duplicate

  /// The cost; zero for what is not sent, nil when it is unknown.
  /// - Throws: ``BudgetExceeded`` when a budget refused, ``Refusal`` for any other reason.
  @discardableResult
  public func get() throws -> Money? {
    switch self {
    case .sent(let cost): return cost
    case .sampled, .duplicate: return .zero
    case .refused(let refusal):
      if let exceeded = refusal.budget { throw exceeded }
      throw refusal
    }
  }

  public var description: String {
    switch self {
    case .sent(let cost): cost.map { "sent for \($0)" } ?? "sent, at a cost that is not known"
    case .sampled: "left out by sampling"
    case .refused(let refusal): refusal.description
    case .duplicate: "sent before"
    }
  }

  public var wasSent: Bool { if case .sent = self { true } else { false } }
}

/// A hard budget has no room for an item: one of the plan, or a session's own.
public struct BudgetExceeded: Error, Sendable, Hashable, CustomStringConvertible {
  /// The budget's name; that of the session where it is the session's own.
  public var name: String
  /// Whose usage it covers.
  public var scope: Attribution
  /// What usage may cost in a period, or in the session.
  public var limit: Money
  public var currency: String
  /// What it has cost in this period, or in the session.
  public var spent: Money
  /// What one item more would cost; nil when a price is unknown.
  public var cost: Money?
  /// When the next period begins; nil for a session's own budget, which never starts again.
  public var resetsAt: Timestamp?
  /// The session whose own budget it is; nil for a budget of the plan.
  public var sessionID: String?

  public var description: String {
    (sessionID == nil ? "budget '\(name)'" : "the budget of the session '\(name)'")
      + " is used up: \(spent) of \(limit) \(currency) spent"
      + (cost.map { ", one more costs \($0)" } ?? "")
      + (resetsAt.map { "; it starts again at \($0)" } ?? "; it ends with the session")
  }
}
