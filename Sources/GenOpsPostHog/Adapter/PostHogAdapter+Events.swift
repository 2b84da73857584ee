public import GenOpsMetering
public import GenOpsUnits

extension PostHogAdapter {
  /// Sends an event by its name.
  ///
  /// ```swift
  /// adapter.capture("signup_completed", distinctID: "user_12345", properties: ["plan":
  /// "business"])
  /// ```
  ///
  /// - Parameters:
  ///   - name: PostHog's name of the event.
  ///   - distinctID: Who did it; by default the person of the task's ``RequestIdentity``. Without one a
  ///     random id is made and the event is anonymous.
  ///   - properties: An object; nested values and the text of numbers go out unchanged.
  ///   - groups: Key by group type: `["company": "acme"]`. It replaces `$groups` among the properties.
  ///   - isIdentified: Whether PostHog keeps a profile of this person; by default it does when the
  ///     person is known, as with PostHog's clients. An identified event costs more.
  ///     `$process_person_profile` among the properties wins.
  ///   - timestamp: When it happened; now by default. It decides the day that it is billed on.
  ///   - uuid: One that is the same for every attempt; made when there is none.
  ///   - session: The analytics session that it counts for; by default the task's current one.
  ///   - consent: As for ``capture(_:session:consent:)``.
  /// - Returns: What was offered, with the ids made for it, and what became of it.
  @discardableResult
  public func capture(
    _ name: String, distinctID: String? = nil, properties: JSONValue = [:],
    groups: [String: String] = [:], isIdentified: Bool? = nil, timestamp: Timestamp? = nil,
    uuid: EventUUID? = nil, session: AnalyticsSession? = AnalyticsSession.current,
    consent: Bool? = nil
  ) -> CaptureReceipt {
    var members: [JSONValue.Member] = []
    if case .object(let own) = properties { members = own }
    if !groups.isEmpty {
      // The argument counts; both would be one name twice, which readers of JSON take differently.
      members.removeAll { $0.key == "$groups" }
      members.append(
        JSONValue.Member(
          "$groups",
          .object(
            groups.sorted { $0.key < $1.key }.map { JSONValue.Member($0.key, .string($0.value)) })))
    }
    let identity = RequestIdentity.current
    identity?.fill(&members)
    let person = distinctID ?? identity?.distinctID
    // An event about a person that asks for no profile is dropped by PostHog.
    let isAnonymous =
      person == nil || isIdentified == false && !UsageEvent.isAboutPerson(named: name)
    if isAnonymous,
      !members.contains(where: { $0.key == "$process_person_profile" })
    {
      members.append(JSONValue.Member("$process_person_profile", false))
    }
    let event = UsageEvent(
      name: name, distinctID: person ?? EventUUID.random().description,
      uuid: uuid ?? .random(), timestamp: timestamp ?? account.clock.now(),
      properties: .object(members))
    return receipt(event, session: session, consent: consent)
  }

  /// The same with ordinary variables as properties: `["plan": plan, "price": price]`.
  @_disfavoredOverload
  @discardableResult
  public func capture(
    _ name: String, distinctID: String? = nil, properties: EventProperties,
    groups: [String: String] = [:], isIdentified: Bool? = nil, timestamp: Timestamp? = nil,
    uuid: EventUUID? = nil, session: AnalyticsSession? = AnalyticsSession.current,
    consent: Bool? = nil
  ) -> CaptureReceipt {
    capture(
      name, distinctID: distinctID, properties: properties.json, groups: groups,
      isIdentified: isIdentified, timestamp: timestamp, uuid: uuid, session: session,
      consent: consent)
  }

  /// Captures an event and says what became of it.
  func receipt(_ event: UsageEvent, session: AnalyticsSession?, consent: Bool?) -> CaptureReceipt {
    CaptureReceipt(
      event: event, outcome: capture(event, session: session, consent: consent),
      isGoverned: account.configuration.isGovernanceEnabled, sessionID: session?.id)
  }
}

extension EventUUID {
  /// A version 4 UUID of the system's randomness. It decides nothing, so results do not depend on
  /// it.
  static func random() -> EventUUID {
    var source = SystemRandomNumberGenerator()
    return EventUUID(
      high: source.next() & ~0xF000 | 0x4000, low: source.next() & ~(3 << 62) | 1 << 63)
  }
}
