/// What a flush of a delivery did, and what is left. It counts the events that waited when the flush
/// began.
public struct FlushReport: Sendable, Hashable, CustomStringConvertible {
  /// Accepted by the server meanwhile.
  public var delivered = 0
  /// Over without acceptance: see ``EventDelivery/counts``.
  public var lost = 0
  /// In the queue, in flight or to be sent again.
  public var waiting = 0
  /// In the spool and not in the queue, which had no room for them.
  public var spooled = 0

  /// Nothing is left.
  public init() {}

  /// Whether nothing is left to be sent.
  public var isComplete: Bool { waiting == 0 && spooled == 0 }

  /// `3 delivered, 0 lost, 2 waiting, 0 in the spool`.
  public var description: String {
    "\(delivered) delivered, \(lost) lost, \(waiting) waiting, \(spooled) in the spool"
  }
}
