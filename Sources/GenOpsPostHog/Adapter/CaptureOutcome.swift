public import GenOpsGovernance
public import GenOpsMetering
public import GenOpsUnits

/// What became of a captured event. It is a value and no error: an analytics budget must never fail
/// a user's request. Who wants an error asks for it with ``get()``.
public enum CaptureOutcome: Sendable, Hashable {
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

  public var wasSent: Bool { if case .sent = self { true } else { false } }
}

/// What became of recorded items.
public struct RecordOutcome: Sendable, Hashable {
  /// How many may be made.
  public var sent: Int64
  public var refused: Int64
  /// What the sent ones add to the bill; nil when a price or the month to date is unknown.
  public var cost: Money?
  /// Why the refused ones were.
  public var refusal: Refusal?

  /// The cost, as ``CaptureOutcome/get()``.
  /// - Throws: When any of the items was refused.
  @discardableResult
  public func get() throws -> Money? {
    guard let refusal else { return cost }
    if let exceeded = refusal.budget { throw exceeded }
    throw refusal
  }
}

/// Why something was not sent.
public struct Refusal: Error, Sendable, Hashable, CustomStringConvertible {
  public var reason: RefusalReason
  /// Boxed, so that outcomes are small: they are copied with every event, refused or not.
  private var box: Box?

  private final class Box: Sendable, Hashable {
    let value: BudgetExceeded
    init(_ value: BudgetExceeded) { self.value = value }
    static func == (a: Box, b: Box) -> Bool { a.value == b.value }
    func hash(into hasher: inout Hasher) { hasher.combine(value) }
  }

  /// `budget` says which one, how much of it and until when, where the reason is a budget.
  public init(_ reason: RefusalReason, budget: BudgetExceeded? = nil) {
    self.reason = reason
    box = budget.map { Box($0) }
  }

  /// Set when the reason is a budget.
  public var budget: BudgetExceeded? { box?.value }

  public var description: String { budget?.description ?? "refused: \(reason.id)" }
}

/// A hard budget has no room for an item.
public struct BudgetExceeded: Error, Sendable, Hashable, CustomStringConvertible {
  /// The budget's name.
  public var name: String
  /// Whose usage it covers.
  public var scope: Attribution
  /// What usage may cost in a period.
  public var limit: Money
  public var currency: String
  /// What it has cost in this period.
  public var spent: Money
  /// What one item more would cost; nil when a price is unknown.
  public var cost: Money?
  /// When the next period begins.
  public var resetsAt: Timestamp

  public var description: String {
    "budget '\(name)' is used up: \(spent) of \(limit) \(currency) spent"
      + (cost.map { ", one more costs \($0)" } ?? "") + "; it starts again at \(resetsAt)"
  }
}
