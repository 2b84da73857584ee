import GenOpsGovernance
import GenOpsMetering
import GenOpsUnits
import Synchronization

extension PostHogAdapter {
  /// Why strict mode refuses an event before anything is decided on it. Only views in strict mode
  /// come here.
  @inline(never)
  func strictRefusal(
    _ event: UsageEvent, session: AnalyticsSession?, consent: Bool?, delivers: Bool
  ) -> Refusal? {
    if let session, session.isClosed { return Refusal(.attribution) }
    // What goes another way than the transport, such as a recording, does not depend on it.
    guard delivers, account.transport.isUpstreamDown else { return nil }
    return transportRefusal(event, .upstreamDown, session: session, consent: consent)
  }

  /// Refuses an event for the state of the transport.
  @inline(never)
  func transportRefusal(
    _ event: UsageEvent, _ reason: RefusalReason, session: AnalyticsSession?, consent: Bool?
  ) -> Refusal {
    // The journal keeps refused events too, and must not see what may not be kept.
    let event = account.screen?.screen(event, consent: consent).event ?? event
    return refuseUndecided(event, reason, session: session)
  }
}
