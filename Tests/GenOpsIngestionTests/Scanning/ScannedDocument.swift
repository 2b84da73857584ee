import GenOpsTestSupport

/// Random lines of JSON that look like events as often as they do not: every kind of value under the keys
/// that count, keys twice and in any order, escapes, spaces, letters of all lengths, deep and large values.
struct ScannedDocument {
  private var random: SeededGenerator

  init(_ seed: Int) { random = SeededGenerator(seed) }

  private static let top = [
    "event", "distinct_id", "timestamp", "uuid", "properties", "id", "session_id", "person_mode",
    "api_key", "token", "options", "$distinct_id", "person_id", "elements_chain", "offset", "",
  ]
  private static let property = [
    "$session_id", "$process_person_profile", "$groups", "$group_0", "$group_4", "$group_5",
    "$snapshot_source", "$survey_id", "$survey_submission_id", "$product_tour_id",
    "$anon_distinct_id", "alias", "token", "distinct_id", "team", "plan", "$current_url", "$lib",
    "größe", "名前", "event",
  ]
  private static let texts = [
    "", "a", "mobile", "user-1", "$identify", "full", "propertyless", "force_upgrade", "null",
    "true", "caf\u{E9}", "\u{1F600}\u{1F600}", "\u{65E5}\u{672C}\u{8A9E}",
    "x\u{7F}\u{80}\u{7FF}\u{800}\u{FFFF}",
    "0191d6b0-0000-7000-8000-000000000001", "0191D6B0000070008000000000000001",
    "0191d6b0-0000-7000-8000-00000000000g", "2027-02-14T10:00:00.123Z", "{\\\"a\\\":1}",
    "https://app.example.com/projects/17?tab=usage&range=30d#part-of-a-page-with-a-long-name",
  ]
  private static let escapes = [
    "\\n", "\\t", "\\\"", "\\\\", "\\/", "\\b", "\\f", "\\r", "\\u00e9", "\\uD83D\\uDE00",
    "\\u0000",
    "\\u002F", "\\\\\\\\", "\\\\\\\"",
  ]
  private static let badEscapes = [
    "\\x", "\\u12", "\\uD83D", "\\uDE00", "\\uD83D\\u0041", "\\uD83D\\n", "\\U0041", "\\u00g0",
  ]
  private static let numbers = [
    "0", "-0", "1", "17", "-3.25", "1e5", "1E+5", "2e-7", "1e400", "123456789012345678901234567890",
    "0.1", "1794391200", "1794391200123",
  ]
  private static let badNumbers = [
    "01", "+1", "1.", ".5", "1e", "--1", "NaN", "Infinity", "0x1", "1_000",
  ]
  private static let times = [
    "2027-02-14T10:00:00Z", "2027-02-14T10:00:00.123Z", "2027-02-14 10:00:00.123456+00:00",
    "2027-02-14T10:00:00.1234567Z", "2027-02-15T23:59:59Z", "2027-02-14T12:00:00+02:00",
    "2027-02-29T10:00:00Z", "2027-02-14", "2027-02-14T24:00:00Z", "2027-02-14T10:00:60Z",
    "2027/02/14T10:00:00Z", "2027-02-14T10:00:00.Z", "1794391200", "soon", "",
  ]

  /// A line; about one in eight is not JSON.
  mutating func line() -> [UInt8] {
    var text = random.chance(70) ? event() : value(depth: 0)
    if random.chance(3) { text += random.pick([" ", "", "\t"]) + value(depth: 1) }
    // A line holds no end of one before its value.
    return Array(((random.chance(5) ? " \t" : "") + text + space()).utf8)
  }

  private mutating func event() -> String {
    var members = [
      member("event", person()), member("distinct_id", person()),
      member("timestamp", random.chance(95) ? "\"\(random.pick(Self.times))\"" : value(depth: 1)),
      member("properties", random.chance(90) ? properties() : value(depth: 1)),
    ]
    if random.chance(70) {
      members.append(member("uuid", random.chance(80) ? "\"\(random.pick(Self.texts))\"" : text()))
    }
    for _ in 0..<(random.chance(60) ? 0 : random.below(4)) {
      members.append(member(random.pick(Self.top), random.chance(50) ? text() : value(depth: 1)))
    }
    if random.chance(15) { members.remove(at: random.below(members.count)) }
    if random.chance(50) { members = random.shuffled(members) }
    return joined(members, "{", "}")
  }

  private mutating func person() -> String {
    random.chance(70) ? "\"\(random.pick(Self.texts.dropFirst().map { $0 }))\"" : text()
  }

  private mutating func properties() -> String {
    var members: [String] = []
    for _ in 0..<random.below(9) {
      let key = random.pick(Self.property)
      members.append(
        member(key, key == "$groups" && random.chance(60) ? groups() : value(depth: 2)))
    }
    return joined(members, "{", "}")
  }

  private mutating func groups() -> String {
    joined(
      (0..<random.below(4)).map { _ in
        member("company", random.chance(60) ? text() : value(depth: 3))
      }, "{", "}")
  }

  private mutating func member(_ key: String, _ value: String) -> String {
    var key = key
    // The same key written another way.
    if random.chance(2), let first = key.unicodeScalars.first, first.isASCII {
      let hex = String(first.value, radix: 16)
      key =
        "\\u" + String(repeating: "0", count: 4 - hex.utf8.count) + hex
        + String(key.unicodeScalars.dropFirst())
    }
    return "\"\(key)\"" + space() + (random.chance(99) ? ":" : random.pick(["", "=", "::"]))
      + space() + value
  }

  private mutating func joined(_ parts: [String], _ open: String, _ close: String) -> String {
    var text = open + space()
    for (number, part) in parts.enumerated() {
      if number > 0 { text += random.chance(200 - 1) ? "," : random.pick(["", ",,", ";"]) }
      text += space() + part + space()
    }
    if random.chance(1) { text += random.pick([",", "", "\u{0}"]) }
    return text + (random.chance(99) ? close : random.pick(["", "]", "}"]))
  }

  private mutating func space() -> String {
    random.chance(85)
      ? "" : random.pick([" ", "  ", "\t", " \r", "\n", String(repeating: " ", count: 70)])
  }

  private mutating func text() -> String {
    var text = ""
    for _ in 0...random.below(3) {
      text += random.chance(70) ? random.pick(Self.texts) : random.pick(Self.escapes)
    }
    if random.chance(1) { text += random.pick(Self.badEscapes) }
    if random.chance(1) { text += random.pick(["\u{1}", "\n", "\u{1F}"]) }
    return "\"" + text + (random.chance(299) ? "\"" : "")
  }

  private mutating func value(depth: Int) -> String {
    switch random.below(depth > 5 ? 6 : 9) {
    case 0, 1: text()
    case 2: random.chance(95) ? random.pick(Self.numbers) : random.pick(Self.badNumbers)
    case 3: random.pick(["true", "false", "null"])
    case 4: random.chance(95) ? "true" : random.pick(["tru", "True", "nul", "falsey", "nulll", ""])
    case 5: "\"\(random.pick(Self.texts))\""
    case 6: joined((0..<random.below(4)).map { _ in value(depth: depth + 1) }, "[", "]")
    case 7: nested()
    default:
      joined(
        (0..<random.below(4)).map { _ in member(random.pick(Self.property), value(depth: depth + 1))
        },
        "{", "}")
    }
  }

  /// Lists in lists; some deeper than is taken.
  private mutating func nested() -> String {
    let depth = random.chance(90) ? random.below(6) : 120 + random.below(12)
    return String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
  }
}
