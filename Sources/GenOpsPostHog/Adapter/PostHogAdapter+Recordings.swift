import GenOpsGovernance
import GenOpsMetering
import GenOpsUnits

extension PostHogAdapter {
  /// Decides whether the recording of a browser or app session may begin, and counts it.
  ///
  /// PostHog bills one recording per session id, on the day of its first snapshot. The meter does
  /// the same: asked again for the same id on that day or the next, it costs nothing. No event is
  /// sent; the snapshots go from the client to PostHog.
  ///
  /// - Parameters:
  ///   - id: The client's `$session_id`.
  ///   - isMobile: Mobile recordings have a price of their own.
  ///   - distinctID: Who is recorded. Sampling of the class `recording` goes by it.
  ///   - session: The analytics session that it counts for.
  ///   - consent: As for ``capture(_:session:consent:)``.
  /// - Returns: Whether it may begin: `sent` with its cost, or why not.
  @discardableResult
  public func startRecording(
    _ id: String, isMobile: Bool = false, distinctID: String = "",
    session: AnalyticsSession? = AnalyticsSession.current, consent: Bool? = nil
  ) -> CaptureOutcome {
    if isOptedOut {
      preparation.shared.countOptOut()
      return .refused(Refusal(.optOut))
    }
    let event = UsageEvent(
      name: "$snapshot", distinctID: distinctID.isEmpty ? id : distinctID,
      timestamp: account.clock.now(), sessionID: id, isMobileSnapshot: isMobile)
    return decide(event, session: session, consent: consent, delivers: false)
  }
}
