import CKernels
import GenOpsMetering
import GenOpsUnits

extension EventScanner {
  /// The event on the line that was scanned last.
  ///
  /// - Parameters:
  ///   - line: The bytes that were scanned.
  ///   - number: The line of the file, from 1.
  /// - Returns: The event as `EventNode` reads it, with no properties but the two that join one person to
  ///   another; nil when only `EventNode` can tell.
  public mutating func event(
    in line: UnsafeBufferPointer<UInt8>, number: Int
  ) -> RecordedEvent? {
    let name = field(EventField.event)
    let person = field(EventField.distinctID)
    let time = field(EventField.timestamp)
    guard !isUnclear, !isUnusual, name.kind == .string, person.kind == .string,
      time.kind == .string, name.start < name.end, person.start < person.end,
      let instant = instant(time, in: line)
    else { return nil }
    var event = UsageEvent(
      name: isWritten(name, in: line)
        ? names.text(bytes(of: name, in: line)) : text(name, in: line),
      distinctID: text(person, in: line),
      uuid: uuid(in: line), timestamp: instant,
      // Capture V1 writes it beside the properties.
      sessionID: string(EventField.sessionID, in: line)
        ?? string(EventField.propertySession, in: line),
      processPersonProfile: choice(field(EventField.processPersonProfile)),
      hasGroups: hasGroups, isMobileSnapshot: false,
      surveyID: string(EventField.surveyID, in: line),
      surveySubmissionID: string(EventField.surveySubmissionID, in: line),
      productTourID: string(EventField.productTourID, in: line), properties: joins(in: line))
    if let source = string(EventField.snapshotSource, in: line) {
      event.isMobileSnapshot = source == "mobile"
    }
    // What PostHog decided, in its exports; see ``EventNode``.
    if let mode = string(EventField.personMode, in: line) {
      switch mode {
      case "propertyless": event.processPersonProfile = false
      case "full": event.processPersonProfile = true
      case "force_upgrade":
        event.processPersonProfile = true
        event.hasGroups = false
      default: break
      }
    }
    return RecordedEvent(
      event: event, isTimestampAssumed: false, projectToken: projectToken(in: line), line: number)
  }

  private func choice(_ field: ScannedField) -> Bool? {
    switch field.kind {
    case .yes: true
    case .no: false
    default: nil
    }
  }

  /// `$groups` as clients send it, `$group_0` … `$group_4` as exports show it.
  var hasGroups: Bool {
    if namesGroup { return true }
    let groups: UInt64 = 0b11111 << UInt64(EventField.firstGroup)
    if seen & groups == 0 { return false }
    return (0..<5).contains {
      let field = field(EventField.firstGroup + $0)
      return field.kind != .absent && field.kind != .null
        && !(field.kind == .string && field.start == field.end)
    }
  }

  mutating func instant(_ field: ScannedField, in line: UnsafeBufferPointer<UInt8>)
    -> Timestamp?
  {
    isWritten(field, in: line)
      ? days.instant(bytes(of: field, in: line)) : EventNode.instant(text(field, in: line))
  }

  func uuid(in line: UnsafeBufferPointer<UInt8>) -> EventUUID? {
    var field = field(EventField.uuid)
    if field.kind != .string { field = self.field(EventField.id) }
    guard field.kind == .string else { return nil }
    var id = EventUUID(high: 0, low: 0)
    let bytes = bytes(of: field, in: line)
    guard isWritten(field, in: line) else { return EventUUID(text(field, in: line)) }
    return bytes.baseAddress.flatMap {
      genops_read_uuid($0, bytes.count, &id.high, &id.low) ? id : nil
    }
  }

  /// In the order in which ``EventNode`` asks for them.
  private static let tokenSlots = [EventField.apiKey, EventField.token, EventField.propertyToken]

  private mutating func projectToken(in line: UnsafeBufferPointer<UInt8>) -> String? {
    for slot in EventScanner.tokenSlots {
      let field = field(slot)
      guard field.kind == .string else { continue }
      return isWritten(field, in: line)
        ? tokens.text(bytes(of: field, in: line)) : text(field, in: line)
    }
    return nil
  }

  /// One for all events: an object is memory of its own.
  private static let noProperties = JSONValue.object([])

  /// The properties that join one distinct id to another.
  private func joins(in line: UnsafeBufferPointer<UInt8>) -> JSONValue {
    let joining: UInt64 = 1 << UInt64(EventField.anonymousID) | 1 << UInt64(EventField.alias)
    if seen & joining == 0 { return EventScanner.noProperties }
    var members: [JSONValue.Member] = []
    for (slot, key) in [(EventField.anonymousID, "$anon_distinct_id"), (EventField.alias, "alias")]
    {
      let field = field(slot)
      let value: JSONValue
      switch field.kind {
      case .string: value = .string(text(field, in: line))
      case .number: value = .number(text(field, in: line))
      case .yes: value = .bool(true)
      case .no: value = .bool(false)
      case .null: value = .null
      case .absent, .object, .array: continue
      }
      members.append(JSONValue.Member(key, value))
    }
    return .object(members)
  }

  func string(_ slot: Int, in line: UnsafeBufferPointer<UInt8>) -> String? {
    let field = field(slot)
    return field.kind == .string ? text(field, in: line) : nil
  }

  /// A text as it is meant, or a number as it is written.
  func text(_ field: ScannedField, in line: UnsafeBufferPointer<UInt8>) -> String {
    let bytes = bytes(of: field, in: line)
    if isWritten(field, in: line) { return String(decoding: bytes, as: UTF8.self) }
    // Its quotes stand around it, and what stands between them was checked.
    let quoted = UnsafeBufferPointer(
      rebasing: line[field.range.lowerBound - 1..<field.range.upperBound + 1])
    let node = try? JSONParser.parse(quoted, file: "")
    return node?.text ?? String(decoding: bytes, as: UTF8.self)
  }

  /// Whether a value stands in the line as it is meant, without escapes.
  func isWritten(_ field: ScannedField, in line: UnsafeBufferPointer<UInt8>) -> Bool {
    !hasEscapes || !bytes(of: field, in: line).contains(UInt8(ascii: "\\"))
  }

  @inline(__always)
  func bytes(
    of field: ScannedField, in line: UnsafeBufferPointer<UInt8>
  ) -> UnsafeBufferPointer<UInt8> {
    // A noted value lies in the line.
    UnsafeBufferPointer(
      start: line.baseAddress.map { $0 + Int(field.start) }, count: Int(field.end &- field.start))
  }
}
