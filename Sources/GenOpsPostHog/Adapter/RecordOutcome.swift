import GenOpsGovernance
import GenOpsMetering
public import GenOpsUnits

/// What became of recorded items.
public struct RecordOutcome: Sendable, Hashable {
  /// How many may be made.
  public var sent: Int64
  public var refused: Int64
  /// What the sent ones add to the bill; nil when a price or the month to date is unknown.
  public var cost: Money?
  /// Why the refused ones were.
  public var refusal: Refusal?
  /// What the budgets were charged: the cost, or what the items were judged at where that is unknown.
  package var charged: Money

  package init(
    sent: Int64, refused: Int64, cost: Money?, refusal: Refusal?, charged: Money? = nil
  ) {
    self.sent = sent
    self.refused = refused
    self.cost = cost
    self.refusal = refusal
    self.charged = charged ?? cost ?? .zero
  }

  /// The cost, as ``CaptureOutcome/get()``.
  /// - Throws: When any of the items was refused.
  @discardableResult
  public func get() throws -> Money? {
    guard let refusal else { return cost }
    if let exceeded = refusal.budget { throw exceeded }
    throw refusal
  }
}
