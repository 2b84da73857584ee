package import GenOpsMetering
package import GenOpsUnits

/// One event of a capture request: what metering and governance read of it, and its bytes, to be sent on.
package struct CaptureEvent: Sendable {
  /// With a uuid, its own or one that was made for it.
  package var event: UsageEvent
  /// The project's key that stands in it.
  package private(set) var token: String?
  /// Whether it came with a uuid, by which a copy of it is known.
  package private(set) var hasUUID = true
  /// Arrays and objects inside each other, itself included.
  package private(set) var depth = 0
  /// How many bytes it came in.
  package var size: Int { range.count }

  private let bytes: [UInt8]
  private let range: Range<Int>
  private var properties: Range<Int>?
  private var timestamp: Range<Int>?
  private var writesTimestamp = false
  /// Whether it can only be written anew: keys with escapes or under governance's prefix, an id that is not one.
  private var isIrregular = false
  private var hasIP = false
  private var hidesIP = false
  private var isPerEvent = false

  /// What else a request says of its events.
  package struct Context: Sendable {
    package var sentAt: Timestamp?
    package var token: String?
    /// When it arrived, by our clock.
    package var arrived: Timestamp
    /// Capture V1: some properties stand beside the others.
    package var isPerEvent = false
    /// Made when an event has no uuid.
    package var uuid: @Sendable () -> EventUUID
    /// False where nothing looks at properties.
    package var wantsProperties = true

    /// `uuid` makes a random one.
    package init(
      sentAt: Timestamp? = nil, token: String? = nil, arrived: Timestamp, isPerEvent: Bool = false,
      wantsProperties: Bool = true, uuid: @escaping @Sendable () -> EventUUID
    ) {
      self.sentAt = sentAt
      self.token = token
      self.arrived = arrived
      self.isPerEvent = isPerEvent
      self.wantsProperties = wantsProperties
      self.uuid = uuid
    }
  }

  /// A clock that differs by less is taken for right: PostHog corrects events by when they were sent, and ours are
  /// sent on later.
  package static let skew = 5.0

  /// - Returns: Nil for what is not an event; `reason` then says why.
  package init?(
    _ batch: CaptureBatch, _ range: Range<Int>, _ context: Context,
    _ scanner: inout EventScanner, reason: inout MalformedReason
  ) {
    bytes = batch.bytes
    self.range = range
    isPerEvent = context.isPerEvent
    event = UsageEvent(name: "", distinctID: "", timestamp: context.arrived)
    var walk = JSONMembers(bytes)
    reason = .notAnEvent
    guard let members = walk.members(in: range), look(at: members, &walk) else { return nil }
    depth = walk.depth
    guard let recorded = read(context, &scanner, &reason) else { return nil }
    event = recorded.event
    token = recorded.projectToken ?? context.token
    settleUUID(context)
  }

  private mutating func look(
    at members: [(key: Range<Int>, value: Range<Int>)], _ walk: inout JSONMembers
  ) -> Bool {
    var seen: Set<String> = []
    for (key, value) in members {
      if bytes[key].contains(UInt8(ascii: "\\")) { isIrregular = true }
      let isProperties = walk.holds("properties", in: key)
      for name in CaptureEvent.single where walk.holds(name, in: key) {
        if !seen.insert(name.description).inserted { return false }
      }
      if walk.holds("timestamp", in: key) { timestamp = value }
      if isProperties, bytes[value.lowerBound] == UInt8(ascii: "{") { properties = value }
      if isProperties, properties == nil { isIrregular = true }
    }
    guard let properties else { return true }
    guard let own = walk.members(in: properties) else { return false }
    for (key, value) in own {
      if bytes[key].contains(UInt8(ascii: "\\")) || walk.begins("genops_", in: key) {
        isIrregular = true
      } else if walk.holds("$ip", in: key) {
        hasIP = true
      } else if walk.holds("$geoip_disable", in: key) {
        hidesIP = walk.holds("true", in: value)
      }
    }
    return true
  }

  /// Names that PostHog refuses an event with twice.
  private static let single: [StaticString] = [
    "event", "distinct_id", "uuid", "timestamp", "properties",
  ]

  private mutating func read(
    _ context: Context, _ scanner: inout EventScanner, _ reason: inout MalformedReason
  ) -> RecordedEvent? {
    if !context.wantsProperties, !isPerEvent, !isIrregular,
      let fast = bytes[range].withUnsafeBufferPointer({ line -> RecordedEvent? in
        guard scanner.scan(line) == .object else { return nil }
        return scanner.event(in: line, number: 1)
      }), fast.event.distinctID.utf8.count <= 200
    {
      var fast = fast
      correct(&fast.event, context)
      return fast
    }
    guard var node = try? JSONParser.parse(bytes[range], file: "body") else {
      reason = .notJSON
      return nil
    }
    var element = EventNode(node: node, sentAt: context.arrived, token: context.token).element
    if case .malformed(.badTimestamp, _, _) = element, let entries = node.mapping {
      // PostHog takes now for a time that it cannot read.
      node.content = .mapping(entries.filter { $0.key != "timestamp" })
      element = EventNode(node: node, sentAt: context.arrived, token: context.token).element
    }
    switch element {
    case .event(var recorded, let instant):
      // Only a time of its own is corrected; `offset` counts from now.
      if timestamp == nil {
        writesTimestamp = true
        recorded.event.timestamp = instant ?? context.arrived
      } else {
        correct(&recorded.event, context)
      }
      joinPersonProperties(node, &recorded.event)
      return recorded
    case .malformed(let why, _, _):
      reason = why
      return nil
    case .page, .remark: return nil
    }
  }

  /// `$set` and `$set_once` may stand beside the properties. What looks at those has to see them.
  private func joinPersonProperties(_ node: Node, _ event: inout UsageEvent) {
    guard case .object(var members) = event.properties else { return }
    for key in ["$set", "$set_once"] {
      if let value = node[key] { members.append(.init(key, JSONValue(value))) }
    }
    event.properties = .object(members)
  }

  private mutating func correct(_ event: inout UsageEvent, _ context: Context) {
    guard let sentAt = context.sentAt else { return }
    let skew = context.arrived.microseconds.subtractingClamped(sentAt.microseconds)
    guard skew.magnitude > UInt64(CaptureEvent.skew) * 1_000_000 else { return }
    event.timestamp = Timestamp(
      microseconds: event.timestamp.microseconds.addingClamped(skew))
    writesTimestamp = true
  }

  private mutating func settleUUID(_ context: Context) {
    if event.uuid != nil { return }
    event.uuid = context.uuid()
    hasUUID = false
    // A text that is not a uuid stands in its place.
    var walk = JSONMembers(bytes)
    if walk.members(in: range)?.contains(where: { walk.holds("uuid", in: $0.key) }) == true {
      isIrregular = true
    }
  }

  /// The event as it is sent on, a member of `batch`: as it came, with these properties added behind its own.
  ///
  /// - Parameters:
  ///   - changed: What governance made of it; nil where it is sent as it came.
  ///   - added: Properties of governance.
  ///   - ip: The client's address, where PostHog would have taken it from the connection.
  /// - Returns: JSON on one line.
  package func written(
    _ changed: UsageEvent?, adding added: [JSONValue.Member], ip: String?
  ) -> String {
    var added = added
    if let ip, !hasIP, !hidesIP { added.append(.init("$ip", .string(ip))) }
    if changed != nil || isIrregular || isPerEvent { return rewritten(changed, adding: added) }
    var out: [UInt8] = []
    out.reserveCapacity(size + 512)
    let text = JSONValue.object(added).description.utf8
    // Without its brackets.
    let inner = text.dropFirst().dropLast()
    let end = range.upperBound - 1
    var position = range.lowerBound
    var cuts: [(range: Range<Int>, text: [UInt8])] = []
    var tail = ""
    if let properties {
      let close = properties.upperBound - 1
      // An object has two brackets.
      let isEmpty = bytes[properties.lowerBound + 1..<close].allSatisfy { $0 <= 32 }
      if !inner.isEmpty { cuts.append((close..<close, (isEmpty ? [] : [0x2C]) + Array(inner))) }
    } else {
      tail += ",\"properties\":\(JSONValue.object(added))"
    }
    if writesTimestamp {
      let written = Array("\"\(event.timestamp)\"".utf8)
      if let timestamp {
        cuts.append((timestamp, written))
      } else {
        tail += ",\"timestamp\":\"\(event.timestamp)\""
      }
    }
    if !hasUUID, let uuid = event.uuid { tail += ",\"uuid\":\"\(uuid)\"" }
    for cut in cuts.sorted(by: { $0.range.lowerBound < $1.range.lowerBound }) {
      // Values of one object do not overlap, and stand in the order of the bytes.
      out += bytes[position..<cut.range.lowerBound]
      out += cut.text
      position = cut.range.upperBound
    }
    out += bytes[position..<end]
    out += tail.utf8
    out.append(UInt8(ascii: "}"))
    // A line break stands in no text of JSON, only between its parts.
    if out.contains(10) || out.contains(13) { out = out.map { $0 == 10 || $0 == 13 ? 32 : $0 } }
    return String(decoding: out, as: UTF8.self)
  }

  /// Written anew from what its parser read.
  private func rewritten(_ changed: UsageEvent?, adding added: [JSONValue.Member]) -> String {
    let event = changed ?? self.event
    var own: [JSONValue.Member] = []
    if case .object(let members) = event.properties { own = members }
    own.removeAll { $0.key.hasPrefix("genops_") }
    if isPerEvent { own += PerEventMembers.of(bytes[range]) }
    var members: [JSONValue.Member] = [
      .init("event", .string(event.name)), .init("distinct_id", .string(event.distinctID)),
    ]
    if let uuid = event.uuid { members.append(.init("uuid", .string(uuid.description))) }
    members.append(.init("timestamp", .string(event.timestamp.description)))
    members.append(.init("properties", .object(own + added)))
    return JSONValue.object(members).description
  }
}
