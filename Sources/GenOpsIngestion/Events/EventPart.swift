/// The parts of an event that a column of a table can hold.
public enum EventPart: String, Sendable, Hashable, CaseIterable {
  case event
  case distinctID = "distinct_id"
  case timestamp
  case uuid
  case properties
  /// Whether it is billed as identified: `full`, `force_upgrade` or `propertyless`.
  case personMode = "person_mode"

  /// Without these there is no event.
  static let required: [EventPart] = [.event, .distinctID, .timestamp]

  /// What people and databases call it, without case, spaces, hyphens and underscores; the likelier
  /// first. The first is PostHog's own name.
  var aliases: [String] {
    switch self {
    case .event: ["event", "eventname", "eventtype", "name", "action"]
    case .distinctID:
      [
        "distinctid", "person.distinctid", "userid", "user", "uid", "personid", "person.id",
        "person.uuid", "anonymousid", "customerid", "clientid", "visitorid", "deviceid",
      ]
    case .timestamp:
      [
        "timestamp", "time", "ts", "datetime", "eventtime", "eventtimestamp", "occurredat",
        "happenedat", "date", "createdat", "receivedat",
      ]
    case .uuid: ["uuid", "eventuuid", "eventid", "id", "messageid", "insertid", "$insertid"]
    case .properties: ["properties", "eventproperties", "props"]
    case .personMode: ["personmode"]
    }
  }
}
