public import GenOpsMetering

/// Takes over events that may be sent. Called after the adapter's lock is released, in the order of
/// the calls of one thread.
///
/// A transport hands the event on and returns: it must not wait for a network. It is an object,
/// because it is where events gather.
public protocol Transport: AnyObject, Sendable {
  /// Takes over one event that may be sent, and returns without waiting.
  func enqueue(_ event: UsageEvent, _ stamp: GovernanceStamp)

  /// Whether what is handed over now would only wait, because none of its servers answers. Strict
  /// mode asks with each event and refuses while it is true, so it must cost no more than a load.
  var isUpstreamDown: Bool { get }

  /// The servers that events go to. An adapter holds them against the host of its settings and against where
  /// data may go; none for a transport that sends nowhere.
  var hosts: [PostHogHost] { get }

  /// Called once by each adapter that is made with this transport: what ``HostRule`` says holds for every
  /// request from then on.
  func bind(_ rule: HostRule)
}

extension Transport {
  /// False: a transport that knows nothing of servers never stops anything.
  public var isUpstreamDown: Bool { false }

  /// None: a transport that knows nothing of servers sends nowhere.
  public var hosts: [PostHogHost] { [] }

  public func bind(_ rule: HostRule) {}
}
