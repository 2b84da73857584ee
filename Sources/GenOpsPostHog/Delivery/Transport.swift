public import GenOpsMetering

/// Takes over events that may be sent. Called after the adapter's lock is released, in the order of
/// the calls of one thread.
///
/// A transport hands the event on and returns: it must not wait for a network. It is an object, because
/// it is where events gather.
public protocol Transport: AnyObject, Sendable {
  func enqueue(_ event: UsageEvent, _ stamp: GovernanceStamp)
}
