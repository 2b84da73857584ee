public import GenOpsUnits

/// Who a request is from: what is captured in its task, and in child tasks, belongs to this person
/// unless the call says otherwise.
///
/// ```swift
/// try await GenOps.withIdentity(RequestIdentity(distinctID: user.id, sessionID: browserSession)) {
///   GenOps.capture("order_completed", ["plan": plan])      // the person's, identified
///   if await GenOps.isFeatureEnabled("new-checkout") { … }  // asked for the person
/// }
/// ```
///
/// It is what the context of PostHog's Python client is. It fills captures by name and, with the session
/// alone, the calls about persons and groups; a `UsageEvent` made by hand is captured as it is.
public struct RequestIdentity: Sendable, Hashable {
  /// That of the running task; nil outside of a request.
  @TaskLocal public static var current: RequestIdentity?

  /// The person; nil leaves events without one anonymous.
  public var distinctID: String?
  /// PostHog's session, sent as `$session_id`, as the browser's client knows it.
  public var sessionID: String?
  /// Goes out with every event; what an event has itself wins. Their names go out as `$context_tags`,
  /// by which PostHog tells them from the event's own.
  public var properties: JSONValue

  private static let tagsName = "$context_tags"

  /// What is left out comes from the identity around it.
  public init(
    distinctID: String? = nil, sessionID: String? = nil, properties: EventProperties = [:]
  ) {
    self.distinctID = distinctID
    self.sessionID = sessionID
    self.properties = properties.json
  }

  /// This one with what it leaves out from `outer`.
  func filling(from outer: RequestIdentity?) -> RequestIdentity {
    guard let outer else { return self }
    var full = self
    full.distinctID = distinctID ?? outer.distinctID
    full.sessionID = sessionID ?? outer.sessionID
    if case .object(let own) = properties, case .object(let outside) = outer.properties {
      let names = Set(own.map(\.key))
      full.properties = .object(own + outside.filter { !names.contains($0.key) })
    }
    return full
  }

  /// Adds what an event does not have itself, and the names of all that is added to every event of this
  /// request. The list is there when it is empty too, and replaces one of the event's own. Source:
  /// posthog-python 7.91.1, `add_context_tags`.
  func fill(_ members: inout [JSONValue.Member]) {
    members.removeAll { $0.key == RequestIdentity.tagsName }
    var seen = Set(members.map(\.key))
    var tags: [JSONValue] = []
    var tagged: Set<String> = [RequestIdentity.tagsName]
    if case .object(let own) = properties {
      for member in own where tagged.insert(member.key).inserted {
        tags.append(.string(member.key))
        if seen.insert(member.key).inserted { members.append(member) }
      }
    }
    members.append(JSONValue.Member(RequestIdentity.tagsName, .array(tags)))
    fillSession(&members)
  }

  /// Adds the session alone. Properties of a request do not belong to a person or a group, where they
  /// would stay.
  func fillSession(_ members: inout [JSONValue.Member]) {
    if let sessionID, !members.contains(where: { $0.key == "$session_id" }) {
      members.append(JSONValue.Member("$session_id", .string(sessionID)))
    }
  }
}

extension GenOps {
  /// Runs `body` with `identity` as the task's, in child tasks too. What it leaves out comes from the
  /// identity around it.
  public static func withIdentity<Result>(
    _ identity: RequestIdentity, _ body: () throws -> Result
  ) rethrows -> Result {
    try RequestIdentity.$current.withValue(identity.filling(from: .current)) { try body() }
  }

  /// The same for a body that waits.
  public static func withIdentity<Result>(
    _ identity: RequestIdentity, isolation: isolated (any Actor)? = #isolation,
    _ body: () async throws -> Result
  ) async rethrows -> Result {
    try await RequestIdentity.$current.withValue(identity.filling(from: .current)) {
      try await body()
    }
  }
}
