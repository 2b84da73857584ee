import GenOpsGovernance
package import GenOpsIngestion
package import GenOpsMetering
package import GenOpsUnits

/// Recorded events without the people in them: ids of persons, sessions and groups as keyed hashes, and of the properties
/// those alone that metering reads or that are asked for.
///
/// One key gives one id for one person, in any file and in any year, so recordings of several months stay joined; who does
/// not have it cannot tell from an id whose it is, nor try out a list of addresses. What was metered of the events
/// is metered of what is written: the same units, copies and persons on each day.
package struct EventPseudonymizer {
  /// Properties that say how an event was made, and not of whom.
  package static let plainProperties: Set<String> = [
    "$process_person_profile", "$snapshot_source", "$survey_id", "$product_tour_id", "$lib",
    "$lib_version", "$browser", "$os", "$device_type", "$feature_flag", "$feature_flag_response",
  ]
  /// Properties that hold the id of a person.
  private static let personal: Set<String> = ["$anon_distinct_id", "alias"]
  /// Properties that tell one thing from another.
  private static let keys: Set<String> = ["$session_id", "$survey_submission_id"]

  private let digest: KeyedDigest
  private let kept: Set<String>
  /// Ids that came lately, since a person has many events.
  private var known: [String: String] = [:]
  private static let mostKnown = 1 << 18

  /// - Parameters:
  ///   - key: Whoever has it can tell the id of a person they know.
  ///   - kept: Names of further properties that are kept. Texts with the form of an address, a number of a card or a
  ///     key are hashed in them too.
  package init(key: [UInt8], keeping kept: Set<String> = []) {
    digest = KeyedDigest(key: key)
    self.kept = kept.union(EventPseudonymizer.plainProperties)
  }

  /// A line of a batch export.
  package mutating func line(of event: UsageEvent) -> String {
    var members = [
      JSONValue.Member("event", .string(event.name)),
      JSONValue.Member("distinct_id", .string(person(event.distinctID))),
      JSONValue.Member("properties", .object(properties(of: event))),
      JSONValue.Member("timestamp", .string(event.timestamp.description)),
    ]
    if let uuid = event.uuid {
      let bytes = digest.value(of: Array("uuid/\(uuid)".utf8))
      func word(_ part: ArraySlice<UInt8>) -> UInt64 { part.reduce(0) { $0 << 8 | UInt64($1) } }
      let written = EventUUID(high: word(bytes[0..<8]), low: word(bytes[8..<16]))
      members.insert(JSONValue.Member("uuid", .string(written.description)), at: 0)
    }
    return JSONValue.object(members).description + "\n"
  }

  private mutating func properties(of event: UsageEvent) -> [JSONValue.Member] {
    var members: [JSONValue.Member] = []
    // What PostHog decided stands beside the properties in some exports, and is one of them here.
    if let choice = event.processPersonProfile {
      members.append(JSONValue.Member("$process_person_profile", .bool(choice)))
    }
    if let session = event.sessionID {
      members.append(
        JSONValue.Member("$session_id", .string(session.isEmpty ? "" : hash("session", session))))
    }
    if let tour = event.productTourID {
      members.append(JSONValue.Member("$product_tour_id", .string(tour)))
    }
    guard case .object(let own) = event.properties else { return members }
    for member in own where !members.contains(where: { $0.key == member.key }) {
      if let value = self.value(of: member, in: event) {
        members.append(JSONValue.Member(member.key, value))
      }
    }
    return members
  }

  /// What is written of a property; nil leaves it out.
  private mutating func value(of member: JSONValue.Member, in event: UsageEvent) -> JSONValue? {
    let key = member.key
    if EventPseudonymizer.personal.contains(key) {
      guard let text = EventPseudonymizer.text(member.value) else { return member.value }
      return .string(person(text))
    }
    if EventPseudonymizer.keys.contains(key) {
      // A number is none to PostHog, and as a text it would be one.
      guard case .string(let text) = member.value else { return JSONValue?.none }
      return .string(text.isEmpty ? "" : hash("session", text))
    }
    if key == "$groups", case .object(let groups) = member.value {
      if !event.hasGroups { return JSONValue?.none }
      return .object(groups.map { JSONValue.Member($0.key, group($0.value)) })
    }
    if (0...4).contains(where: { key == "$group_\($0)" }) {
      // A bare nil behind a question mark would be JSON's null.
      if !event.hasGroups { return JSONValue?.none }
      return group(member.value)
    }
    if !kept.contains(key) { return JSONValue?.none }
    return screened(member.value)
  }

  private static func text(_ value: JSONValue) -> String? {
    switch value {
    case .string(let text), .number(let text): text
    default: nil
    }
  }

  private func group(_ value: JSONValue) -> JSONValue {
    guard let text = EventPseudonymizer.text(value), !text.isEmpty else { return value }
    return .string(hash("group", text))
  }

  /// A value that was asked for, with what has the form of an address, a card or a key hashed.
  private func screened(_ value: JSONValue) -> JSONValue {
    switch value {
    case .string(let text), .number(let text):
      ValueKind.allCases.contains { $0.occurs(in: text) } ? .string(hash("value", text)) : value
    case .array(let items): .array(items.map { screened($0) })
    case .object(let members):
      .object(members.map { JSONValue.Member($0.key, screened($0.value)) })
    default: value
    }
  }

  /// The id of a person. What stems from a mistake of a program, such as `undefined`, stays: it tells of no person, and
  /// PostHog bills by it.
  private mutating func person(_ id: String) -> String {
    if FactMaker.isMistake(id) { return id }
    // PostHog's capture cuts a longer one, so two that begin alike are one person.
    let cut =
      id.utf8.count <= FactMaker.idLength
      ? id : String(String.UnicodeScalarView(id.unicodeScalars.prefix(FactMaker.idLength)))
    if let known = known[cut] { return known }
    if known.count >= EventPseudonymizer.mostKnown { known.removeAll(keepingCapacity: true) }
    let hashed = hash("person", cut)
    known[cut] = hashed
    return hashed
  }

  /// 32 hexadecimal digits, others for each kind of thing.
  private func hash(_ kind: String, _ text: String) -> String {
    Digest.hex(Array(digest.value(of: Array("\(kind)/\(text)".utf8)).prefix(16)))
  }
}

extension EventPseudonymizer {
  /// Writes the events of `files`, in their order, to the file called `out`, packed as its name says.
  ///
  /// - Parameters:
  ///   - files: Where they are, and as the user named them.
  ///   - columns: What columns of tables are called that are not found by their titles.
  ///   - maxErrors: The most malformed elements of a file; nil is any number.
  ///   - out: Where they go.
  ///   - replaces: Whether a file that stands there may go.
  /// - Returns: How many events were written; what is malformed is left out.
  /// - Throws: What is wrong with the files, and why they cannot be written.
  package mutating func write(
    _ files: [(path: String, name: String)], columns: [EventPart: String], maxErrors: Int?,
    to out: String, replaces: Bool
  ) throws(FindingsError) -> Int {
    let readers = try files.map { (file) throws(FindingsError) in
      try EventReader(path: file.path, name: file.name, columns: columns, maxErrors: maxErrors)
    }
    let file = try PackedFile(out, replaces: replaces, elsewhere: "with --out")
    var count = 0
    do throws(FindingsError) {
      var bytes: [UInt8] = []
      for reader in readers {
        while let event = try reader.next() {
          bytes += line(of: event.event).utf8
          count += 1
          if bytes.count > 256 * 1024 {
            try file.write(bytes)
            bytes.removeAll(keepingCapacity: true)
          }
        }
        // An empty file among others is left out, as in a replay.
        try Findings(reader.findings.all.filter { $0.code != "events-empty" }).throwIfErrors()
      }
      try file.write(bytes)
      try file.finish()
    } catch {
      file.discard()
      throw error
    }
    return count
  }
}
