/// What became of everything that was offered. At any instant
/// `offered = accepted + lost + copies + spooled + waiting`.
public struct DeliveryCounts: Sendable, Hashable {
  public var offered = 0
  /// Accepted by the server.
  public var accepted = 0
  /// Of these, accepted without a person profile.
  public var warnings = 0
  /// Already in the queue when offered: the same uuid.
  public var copies = 0
  /// Left in the spool for lack of room or time; offered again, they count again.
  public var spooled = 0
  /// In the queue, in flight or to be retried.
  public var waiting = 0
  /// What will not arrive, by reason.
  public var losses: [DeliveryLoss: Int] = [:]
  /// Requests sent, retries included.
  public var requests = 0
  /// Requests that brought no acceptance.
  public var failures = 0
  /// Times that another endpoint than the first was used.
  public var failovers = 0
  /// What the last failure was; nil after a success.
  public var lastFailure: String?

  public init() {}

  public var lost: Int { losses.values.reduce(0, +) }
}
