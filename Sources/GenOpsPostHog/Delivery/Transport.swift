public import GenOpsMetering

/// Takes over events that may be sent. Called after the adapter's lock is released, in the order of
/// the calls of one thread.
///
/// A transport hands the event on and returns: it must not wait for a network. It is an object,
/// because it is where events gather. `TransportContract` of `GenOpsPostHogTesting` holds one's own
/// against what is promised here.
public protocol Transport: AnyObject, Sendable {
  /// Takes over one event that may be sent, and returns without waiting.
  func enqueue(_ event: UsageEvent, _ stamp: GovernanceStamp)

  /// Takes over one that `journal` holds, with the bytes that it holds: a transport that sends JSON
  /// sends these, so that an event is written once. Without an implementation it is taken over as
  /// any other.
  func enqueue(
    _ event: UsageEvent, _ stamp: GovernanceStamp, written: OutgoingEvent,
    journal: any EventJournal)

  /// How events are written for this transport. A journal stores the same bytes.
  var encoder: EventEncoder { get }

  /// The most bytes that an event may have as it is sent. A larger one is refused before anything is
  /// decided, so that no budget is used up by what cannot leave.
  var eventBytes: Int { get }

  /// Calls `told` with events that were handed over and have certainly not arrived, so that they leave
  /// the budgets. Each adapter with this transport asks once; all are told of all losses.
  func tellLosses(_ told: @escaping @Sendable ([OutgoingEvent]) -> Void)

  /// Calls `told` when none of the servers answers any more, when one is back, and when sending has ended. Each
  /// adapter with a logger asks once.
  func tellNews(_ told: @escaping @Sendable (TransportNews) -> Void)

  /// What it holds at present; nil for a transport that holds nothing back.
  var standing: TransportStanding? { get }

  /// Whether what is handed over now would only wait, because none of its servers answers. Strict
  /// mode asks with each event and refuses while it is true, so it must cost no more than a load.
  var isUpstreamDown: Bool { get }

  /// The servers that events go to. An adapter holds them against the host of its settings and against where
  /// data may go; none for a transport that sends nowhere.
  var hosts: [PostHogHost] { get }

  /// Called once by each adapter that is made with this transport: what ``HostRule`` says holds for every
  /// request from then on.
  func bind(_ rule: HostRule)

  /// Whether the transport was shut down and takes nothing over any more. Asked with each event,
  /// before anything is decided, so it must cost no more than a load.
  var isClosed: Bool { get }
}

extension Transport {
  /// As a server application writes them.
  public var encoder: EventEncoder { .server }

  /// Nobody is told: a transport that knows of no losses has none to tell.
  public func tellLosses(_ told: @escaping @Sendable ([OutgoingEvent]) -> Void) {}

  /// Nobody is told: a transport that knows of no servers has no news of them.
  public func tellNews(_ told: @escaping @Sendable (TransportNews) -> Void) {}

  public var standing: TransportStanding? { nil }

  /// What PostHog takes: see ``DeliveryLimits/eventBytes``.
  public var eventBytes: Int { DeliveryLimits.standardEventBytes }

  /// False: a transport that knows nothing of servers never stops anything.
  public var isUpstreamDown: Bool { false }

  /// None: a transport that knows nothing of servers sends nowhere.
  public var hosts: [PostHogHost] { [] }

  public func bind(_ rule: HostRule) {}

  /// False: a transport without an end takes everything over.
  public var isClosed: Bool { false }

  public func enqueue(
    _ event: UsageEvent, _ stamp: GovernanceStamp, written: OutgoingEvent,
    journal: any EventJournal
  ) { enqueue(event, stamp) }
}
