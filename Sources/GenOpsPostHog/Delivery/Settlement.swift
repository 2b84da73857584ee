public import GenOpsMetering

/// Events whose delivery is over, one way or the other.
public struct Settlement: Sendable, Equatable {
  /// An event that is lost, and why.
  public struct Loss: Sendable, Equatable {
    public var uuid: EventUUID
    public var reason: DeliveryLoss
    /// As it would have been sent.
    public var outgoing: OutgoingEvent?

    /// Of one event and for one reason: its bytes follow from its uuid.
    public static func == (a: Loss, b: Loss) -> Bool { a.uuid == b.uuid && a.reason == b.reason }
  }

  /// The server has accepted these.
  public var accepted: [EventUUID] = []
  public var lost: [Loss] = []

  public init() {}

  public var isEmpty: Bool { accepted.isEmpty && lost.isEmpty }

  mutating func lose(_ events: [OutgoingEvent], _ reason: DeliveryLoss) {
    lost += events.map { Loss(uuid: $0.uuid, reason: reason, outgoing: $0) }
  }
}
