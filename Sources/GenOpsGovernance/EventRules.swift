import GenOpsMetering
public import GenOpsUnits

/// Rules that look at one event and at nothing that was spent before: what it costs, how many come, what stands
/// in it, whose it is. Enforced and strict mode refuse what breaks one; advisory mode sends and counts it.
public struct EventRules: Sendable, Hashable {
  /// The most that one event may cost.
  public var mostCost: Money?
  /// Events that may be sent in one minute of the clock (UTC).
  public var mostPerMinute: Int64?
  /// Texts that no event may hold.
  public var blockedPatterns: [ContentPattern] = []
  /// Teams whose events are sent; nil for all. An event without a team belongs to none of them.
  public var allowedTeams: [String]?

  /// No rule.
  public static let none = EventRules()

  public init() {}

  public var isEmpty: Bool { self == .none }

  /// Why an event of `team` may not be sent, whatever it costs and whatever came before.
  ///
  /// - Parameters:
  ///   - team: The team that the event belongs to; nil without one.
  ///   - name: The event's name.
  ///   - properties: Names and texts at any depth are looked at.
  /// - Returns: `team` or `content`; nil when it breaks neither rule.
  public func broken(team: String?, name: String, properties: JSONValue) -> RefusalReason? {
    if let allowedTeams, team.map(allowedTeams.contains) != true { return .team }
    if blockedPatterns.isEmpty { return nil }
    return holdsBlocked(name) || holdsBlocked(properties) ? .content : nil
  }

  private func holdsBlocked(_ value: JSONValue) -> Bool {
    switch value {
    case .string(let text), .number(let text): holdsBlocked(text)
    case .array(let items): items.contains(where: holdsBlocked)
    case .object(let members):
      members.contains { holdsBlocked($0.key) || holdsBlocked($0.value) }
    case .bool, .null: false
    }
  }

  private func holdsBlocked(_ text: String) -> Bool {
    let bytes = ContentPattern.folded(text)
    return blockedPatterns.contains { $0.occurs(in: bytes) }
  }
}

/// How many events a minute of the clock has had.
public struct RateCount: Sendable, Hashable {
  private let most: Int64
  private var minute = Int64.min
  private var count: Int64 = 0

  /// `most` events in one minute (UTC).
  public init(most: Int64) { self.most = most }

  /// How many of `offered` the minute of `instant` still takes; they are counted. Instants that go back count
  /// for the present minute.
  public mutating func take(_ offered: Int64, at instant: Timestamp) -> Int64 {
    let room = room(at: instant)
    let minute = RateCount.minute(instant)
    if minute > self.minute { (self.minute, count) = (minute, 0) }
    let taken = min(max(0, offered), room)
    count = count.addingClamped(taken)
    return taken
  }

  /// How many more the minute of `instant` takes.
  public func room(at instant: Timestamp) -> Int64 {
    RateCount.minute(instant) > minute ? max(0, most) : max(0, most.subtractingClamped(count))
  }

  /// Rounded down, before 1970 too.
  private static func minute(_ instant: Timestamp) -> Int64 {
    let (quotient, remainder) = instant.microseconds.quotientAndRemainder(dividingBy: 60_000_000)
    return remainder < 0 ? quotient - 1 : quotient
  }
}
