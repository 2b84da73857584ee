import GenOpsUnits

/// How long the ledger keeps what it holds. Nil keeps it for good.
public struct RetentionRules: Sendable, Hashable {
  /// Events with their properties and whose they are: the spool, delivered or not.
  public var events: RetentionSpan?
  /// Sums of usage and cost, which name nobody.
  public var usage: RetentionSpan?
  /// The audit log.
  public var audit: RetentionSpan?

  /// Nil keeps that part for ever.
  public init(
    events: RetentionSpan? = nil, usage: RetentionSpan? = nil, audit: RetentionSpan? = nil
  ) {
    self.events = events
    self.usage = usage
    self.audit = audit
  }

  /// The strictest of both: events and usage for the shorter time, the audit log for the longer.
  func combined(with other: RetentionRules) -> RetentionRules {
    func shorter(_ a: RetentionSpan?, _ b: RetentionSpan?) -> RetentionSpan? {
      guard let a, let b else { return a ?? b }
      return min(a, b)
    }
    return RetentionRules(
      events: shorter(events, other.events), usage: shorter(usage, other.usage),
      audit: audit.flatMap { a in other.audit.map { max(a, $0) } ?? a } ?? other.audit)
  }
}
