import CKernels
import GenOpsMetering
import GenOpsUnits

extension EventScanner {
  /// What the event on the line that was scanned last is to metering.
  ///
  /// - Parameters:
  ///   - line: The bytes that were scanned.
  ///   - maker: Makes facts.
  ///   - names: The numbers of names.
  /// - Returns: The facts of the event that ``event(in:number:)`` reads; nil when only the exact parser can tell,
  ///   or when PostHog would change the event.
  mutating func facts(
    in line: UnsafeBufferPointer<UInt8>, maker: FactMaker, names: inout EventNames
  ) -> EventFacts? {
    let (name, time) = (field(EventField.event), field(EventField.timestamp))
    let person = field(EventField.distinctID)
    guard !isUnclear, !isUnusual, name.kind == .string, person.kind == .string,
      time.kind == .string, name.start < name.end, person.start < person.end,
      hasPlainJoins, let instant = instant(time, in: line)
    else { return nil }
    var facts = EventFacts(microseconds: instant.microseconds)
    if isWritten(person, in: line) {
      let id = bytes(of: person, in: line)
      guard id.count <= FactMaker.idLength else { return nil }
      maker.setPerson(id, of: &facts)
    } else {
      var id = text(person, in: line)
      let isShort = id.withUTF8 { id in
        if id.count <= FactMaker.idLength { maker.setPerson(id, of: &facts) }
        return id.count <= FactMaker.idLength
      }
      guard isShort else { return nil }
    }
    facts.name =
      isWritten(name, in: line)
      ? names.number(bytes(of: name, in: line)) : names.number(text(name, in: line))
    // A number is an index.
    let known = names.known[Int(facts.name)]
    maker.setUUID(uuid(in: line), of: &facts)
    if !maker.owners.isEmpty { facts.owner = owner(in: line, maker.owners, &names) }
    if namesNoProfile(in: line) { facts.marks.insert(.isAnonymous) }
    if hasGroups, !isForcedUpgrade(in: line) { facts.marks.insert(.hasGroups) }
    if known.isSnapshot {
      if string(EventField.snapshotSource, in: line) == "mobile" {
        facts.marks.insert(.isMobileSnapshot)
      }
      let session =
        string(EventField.sessionID, in: line) ?? string(EventField.propertySession, in: line)
      if var session, !session.isEmpty { facts.item = session.withUTF8 { maker.text($0) } }
    } else if known.isSurvey {
      if string(EventField.productTourID, in: line)?.isEmpty == false {
        facts.marks.insert(.isOfTour)
      }
      if let id = string(EventField.surveySubmissionID, in: line), !id.isEmpty {
        facts.item = maker.submission(id, survey: string(EventField.surveyID, in: line) ?? "")
      }
    } else if known.isAboutPerson,
      let key = FactMaker.joiningKey(ofEvent: names.names[Int(facts.name)])
    {
      let other = key == "alias" ? EventField.alias : EventField.anonymousID
      if let id = string(other, in: line) {
        facts.otherPerson = maker.merged(id, with: text(person, in: line))
      }
    }
    return facts
  }

  /// The number of its owner, from the properties that were asked for.
  private func owner(
    in line: UnsafeBufferPointer<UInt8>, _ owners: OwnerProperties, _ names: inout EventNames
  ) -> Int32 {
    if owners.entries.count == 1 {
      let field = chosen(0)
      let isText = field.kind == .string || field.kind == .number
      if !isText { return names.owner(UnsafeBufferPointer(start: nil, count: 0)) }
      if isWritten(field, in: line) { return names.owner(bytes(of: field, in: line)) }
    }
    let values = owners.entries.indices.map { number in
      let field = chosen(number)
      return switch field.kind {
      case .string: text(field, in: line)
      case .number: String(decoding: bytes(of: field, in: line), as: UTF8.self)
      default: ""
      }
    }
    return names.owner(values.joined(separator: "\0"))
  }

  /// Whether the ids that join one person to another are short texts, if there are any: a delivery would look
  /// more closely at others.
  private var hasPlainJoins: Bool {
    let joining: UInt64 = 1 << UInt64(EventField.anonymousID) | 1 << UInt64(EventField.alias)
    if seen & joining == 0 { return true }
    return [EventField.anonymousID, EventField.alias].allSatisfy {
      let field = field($0)
      return field.kind == .string ? field.count <= 1000 : field.kind != .number
    }
  }

  /// Whether it asks for no person profile, or PostHog kept none.
  private func namesNoProfile(in line: UnsafeBufferPointer<UInt8>) -> Bool {
    let asks = field(EventField.processPersonProfile).kind == .no
    if field(EventField.personMode).kind != .string { return asks }
    switch string(EventField.personMode, in: line) {
    case "propertyless": return true
    case "full", "force_upgrade": return false
    default: return asks
    }
  }

  /// Whether PostHog took its groups off; see ``EventNode``.
  private func isForcedUpgrade(in line: UnsafeBufferPointer<UInt8>) -> Bool {
    field(EventField.personMode).kind == .string
      && string(EventField.personMode, in: line) == "force_upgrade"
  }
}
