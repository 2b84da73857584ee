public import GenOpsMetering

/// Keeps accepted events on disk until PostHog has them, so that they outlive the process.
///
/// Delivery calls ``keep(_:)`` before an event enters its queue, ``pending(limit:)`` when it starts
/// and when its queue has room again, and ``confirm(uuids:)`` once PostHog has accepted. A crash
/// between PostHog's answer and the confirmation sends an event twice, with the same uuid, by which
/// PostHog and the meter tell the copy. `SpoolContract` of `GenOpsPostHogTesting` holds one's own
/// against what is promised here.
public protocol EventSpool: Sendable {
  /// Keeps an event, byte for byte. When it returns, the event is as safe as the spool promises. An
  /// event whose uuid is kept already is not an error, and not kept twice. It is called on the
  /// thread that captures, so a spool that promises less than the disk must not wait for it.
  /// - Throws: When it cannot be kept, such as on a full disk; the event is still sent from memory.
  func keep(_ event: OutgoingEvent) throws

  /// The server has accepted these events: they need not be kept any longer. Unknown uuids, and the
  /// same one twice, are not an error.
  func confirm(uuids: [EventUUID])

  /// The server will never accept these events (`reason` says why): by default as good as
  /// confirmed.
  func reject(uuids: [EventUUID], reason: String)

  /// Events that are kept and neither confirmed nor rejected, oldest first, at most `limit`, as they
  /// were kept. It may return events that were returned before; the queue knows them by their uuid.
  ///
  /// A spool that processes share gives only what no other living process holds, and what it gives
  /// is from then on held by the one that asked: two processes that start at once send nothing
  /// twice.
  func pending(limit: Int) throws -> [OutgoingEvent]
}

extension EventSpool {
  public func reject(uuids: [EventUUID], reason: String) { confirm(uuids: uuids) }
}
