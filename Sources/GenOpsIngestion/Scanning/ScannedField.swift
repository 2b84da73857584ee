/// Where the value of a key stands in a line.
public struct ScannedField: Sendable, Hashable {
  /// What kind of value it is.
  public enum Kind: UInt8, Sendable, Hashable {
    case absent, string, number, yes, no, null, object, array
  }

  public var kind = Kind.absent
  /// The first byte and the one behind the last; of a text without its quotes.
  public var start: UInt32 = 0
  public var end: UInt32 = 0

  /// Its bytes in the line.
  public var range: Range<Int> { Int(start)..<max(Int(start), Int(end)) }
  var count: Int { range.count }
}

/// The fields of an event that metering and governance read, by their slots.
///
/// A slot below ``EventField/firstProperty`` is a key of the event itself, one from there on a property.
enum EventField {
  static let event = 0
  static let distinctID = 1
  static let properties = 2
  static let timestamp = 3
  static let uuid = 4
  static let id = 5
  static let sessionID = 6
  static let personMode = 7
  static let apiKey = 8
  static let token = 9
  static let options = 10

  static let firstProperty = 16
  static let propertySession = 16
  static let processPersonProfile = 17
  static let groups = 18
  /// `$group_0`, and the four behind it.
  static let firstGroup = 19
  static let snapshotSource = 24
  static let surveyID = 25
  static let surveySubmissionID = 26
  static let productTourID = 27
  static let anonymousID = 28
  static let alias = 29
  static let propertyToken = 30

  /// The first property that the reader asked for.
  static let firstChosen = 32
  static let count = 64

  /// The slots that hold a text where they hold anything, as bits.
  private static let texts: UInt64 =
    1 << uuid | 1 << id | 1 << sessionID | 1 << personMode | 1 << apiKey | 1 << token
    | 1 << propertyToken
  private static let joining: UInt64 = 1 << anonymousID | 1 << alias

  /// The slots for which a value of this kind has rules of its own, as bits: a number for a text, properties as
  /// a text, options of capture V1.
  @inline(__always)
  static func unusual(_ kind: ScannedField.Kind) -> UInt64 {
    switch kind {
    case .absent, .null: 0
    case .string: 1 << options | 1 << properties
    case .number, .yes, .no: texts | 1 << options | 1 << properties
    case .object: texts | joining | 1 << options
    case .array: texts | joining | 1 << options | 1 << properties
    }
  }

  static let top: [(key: String, slot: Int)] = [
    ("event", event), ("distinct_id", distinctID), ("properties", properties),
    ("timestamp", timestamp), ("uuid", uuid), ("id", id), ("session_id", sessionID),
    ("person_mode", personMode), ("api_key", apiKey), ("token", token), ("options", options),
  ]

  static let property: [(key: String, slot: Int)] =
    [
      ("$session_id", propertySession), ("$process_person_profile", processPersonProfile),
      ("$groups", groups), ("$snapshot_source", snapshotSource), ("$survey_id", surveyID),
      ("$survey_submission_id", surveySubmissionID), ("$product_tour_id", productTourID),
      ("$anon_distinct_id", anonymousID), ("alias", alias), ("token", propertyToken),
    ] + (0...4).map { ("$group_\($0)", firstGroup + $0) }
}
