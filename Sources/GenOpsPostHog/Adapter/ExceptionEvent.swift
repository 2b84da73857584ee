public import GenOpsUnits

extension PostHogAdapter {
  /// Sends an error to PostHog's error tracking (`$exception`), in the form of PostHog's Python client
  /// and on the meter `exceptions`. Swift's errors carry no stack, so none is sent: PostHog groups them
  /// by type and text.
  ///
  /// An error that was caused by another one is sent with it, the outermost first: what an error holds as
  /// a property or the value of a case, the underlying errors of Foundation's, and those in lists.
  ///
  /// ```swift
  /// do { try charge(card) } catch { adapter.captureException(error, distinctID: user.id) }
  /// ```
  ///
  /// - Parameters:
  ///   - error: Its type, and its `errorDescription` or else what Swift prints of it. Rules on data
  ///     look at that text as at any other.
  ///   - distinctID: Whom it happened to. Without one, and without a ``RequestIdentity``, the event is
  ///     anonymous.
  ///   - properties: Further properties; one with a name of the form wins.
  ///   - groups: Key by group type.
  ///   - isHandled: False for an error that ended what was being done.
  ///   - timestamp: When it happened; now by default.
  ///   - session: The analytics session that it counts for.
  ///   - consent: As for ``capture(_:session:consent:)``.
  /// - Returns: What was offered and what became of it.
  @discardableResult
  public func captureException(
    _ error: any Error, distinctID: String? = nil, properties: EventProperties = [:],
    groups: [String: String] = [:], isHandled: Bool = true, timestamp: Timestamp? = nil,
    session: AnalyticsSession? = AnalyticsSession.current, consent: Bool? = nil
  ) -> CaptureReceipt {
    var members: [JSONValue.Member] = []
    if case .object(let own) = properties.json { members = own }
    let names = Set(members.map(\.key))
    let form = ExceptionForm(error).members(isHandled: isHandled)
    return capture(
      "$exception", distinctID: distinctID,
      properties: .object(form.filter { !names.contains($0.key) } + members), groups: groups,
      timestamp: timestamp, session: session, consent: consent)
  }
}

extension AnalyticsSession {
  /// As
  /// ``PostHogAdapter/captureException(_:distinctID:properties:groups:isHandled:timestamp:session:consent:)``.
  @discardableResult
  public func captureException(
    _ error: any Error, distinctID: String? = nil, properties: EventProperties = [:],
    groups: [String: String] = [:], isHandled: Bool = true, timestamp: Timestamp? = nil,
    consent: Bool? = nil
  ) -> CaptureReceipt {
    adapter.captureException(
      error, distinctID: distinctID, properties: properties, groups: groups, isHandled: isHandled,
      timestamp: timestamp, session: self, consent: consent)
  }
}

extension GenOps {
  /// As
  /// ``PostHogAdapter/captureException(_:distinctID:properties:groups:isHandled:timestamp:session:consent:)``.
  @discardableResult
  public static func captureException(
    _ error: any Error, _ properties: EventProperties = [:], distinctID: String? = nil,
    groups: [String: String] = [:], isHandled: Bool = true
  ) -> CaptureReceipt? {
    currentAdapter?.captureException(
      error, distinctID: distinctID, properties: properties, groups: groups, isHandled: isHandled)
  }
}
