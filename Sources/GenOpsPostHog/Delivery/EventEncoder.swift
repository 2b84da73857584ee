public import GenOpsMetering
public import GenOpsUnits

/// Writes an event as PostHog's own server clients do (posthog-python 7.91.1).
public struct EventEncoder: Sendable {
  /// Properties that every event gets unless it has them: which library sends, and that it runs on
  /// a server, where the machine's address says nothing of the person.
  public var ambient: [JSONValue.Member]

  /// What a server application sends.
  public static let server = EventEncoder(ambient: [
    .init("$lib", "genops-swift"), .init("$lib_version", .string(EventEncoder.version)),
    .init("$os", .string(EventEncoder.operatingSystem)), .init("$geoip_disable", true),
    .init("$is_server", true),
  ])
  /// For events that another client made and that only pass through: nothing is added.
  public static let passThrough = EventEncoder(ambient: [])

  /// The version that events and requests name.
  public static let version = "0.1.0"

  #if os(Linux)
    private static let operatingSystem = "Linux"
  #else
    private static let operatingSystem = "macOS"
  #endif

  /// `ambient` are properties of every event, where the event has none of that name.
  public init(ambient: [JSONValue.Member]) { self.ambient = ambient }

  /// One member of `batch`. `uuid` stands in when the event has none; `instant` is the time of the
  /// decision. What a caller wrote under governance's prefix is left out.
  public func encode(
    _ event: UsageEvent, _ stamp: GovernanceStamp?, uuid: EventUUID, at instant: Timestamp
  ) -> OutgoingEvent {
    var members: [JSONValue.Member] = []
    if case .object(let own) = event.properties { members = own }
    if let stamp {
      members.removeAll { $0.key.hasPrefix(GovernanceStamp.reservedPrefix) }
      members += stamp.properties(at: instant)
    }
    for extra in ambient where !members.contains(where: { $0.key == extra.key }) {
      members.append(extra)
    }
    if let anonymous = event.processPersonProfile,
      !members.contains(where: { $0.key == "$process_person_profile" })
    {
      members.append(.init("$process_person_profile", .bool(anonymous)))
    }
    if let session = event.sessionID, !members.contains(where: { $0.key == "$session_id" }) {
      members.append(.init("$session_id", .string(session)))
    }
    var body: [JSONValue.Member] = []
    // PostHog's clients write the argument of these two beside the properties, not among them.
    if event.name == "$set" || event.name == "$set_once",
      let index = members.firstIndex(where: { $0.key == event.name })
    {
      body.append(members.remove(at: index))
    }
    let all: [JSONValue.Member] = [
      .init("event", .string(event.name)), .init("distinct_id", .string(event.distinctID)),
      .init("uuid", .string(uuid.description)),
      .init("timestamp", .string(event.timestamp.description)),
    ]
    return OutgoingEvent(
      uuid: uuid,
      json: JSONValue.object(all + body + [.init("properties", .object(members))]).description)
  }
}
