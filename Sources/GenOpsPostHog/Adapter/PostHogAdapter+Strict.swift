import GenOpsGovernance
import GenOpsMetering
import GenOpsUnits
import Synchronization

extension PostHogAdapter {
  /// Why strict mode refuses an event before anything is decided on it, so that no budget is used
  /// up by what does not leave. Only views in strict mode come here.
  @inline(never)
  func strictRefusal(
    _ event: UsageEvent, session: AnalyticsSession?, consent: Bool?, delivers: Bool
  ) -> Refusal? {
    if let session, session.isClosed { return Refusal(.attribution) }
    // What goes another way than the transport, such as a recording, does not depend on it.
    guard delivers, account.transport.isUpstreamDown else { return nil }
    let refusal = Refusal(.upstreamDown)
    account.state.withLock { $0.countRefusal(.upstreamDown) }
    session?.note(.refused(refusal), .none, isEvent: true)
    let instant = account.clock.now()
    let owner = session?.place(in: self).eventOwner ?? eventOwner
    // The journal keeps refused events too, and must not see what may not be kept.
    let event = account.screen?.screen(event, consent: consent).event ?? event
    account.journal?.refuse(event, refusal, attribution: owner.attribution, at: instant)
    if !account.observers.isEmpty {
      observe(
        event, .refused(refusal), session: session, attribution: owner.attribution, weight: 1,
        began: instant)
    }
    return refusal
  }
}
