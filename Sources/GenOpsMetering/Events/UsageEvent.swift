public import GenOpsUnits

/// A captured event with what metering, governance and delivery need of it.
public struct UsageEvent: Sendable, Hashable {
  /// PostHog's event name, such as `$pageview`.
  public var name: String
  public var distinctID: String
  /// Nil when the client sent none (posthog-python 3.7). PostHog then assigns a new one on every
  /// arrival, so such an event is never a duplicate.
  public var uuid: EventUUID?
  /// When it happened by the client's clock, corrected; its UTC day is the day it is billed on.
  public var timestamp: Timestamp
  /// `$session_id`: a recording is one distinct session.
  public var sessionID: String?
  /// `$process_person_profile`: false asks for an anonymous event; absent means identified. Only a
  /// boolean says either; PostHog reads the text `"false"` as absent.
  public var processPersonProfile: Bool?
  /// Whether it belongs to at least one group.
  public var hasGroups: Bool
  /// `$snapshot_source` is `mobile`.
  public var isMobileSnapshot: Bool
  /// `$survey_id` of a survey event.
  public var surveyID: String?
  /// `$survey_submission_id`: several `survey sent` with the same one are one response.
  public var surveySubmissionID: String?
  /// `$product_tour_id`: surveys of a product tour are free.
  public var productTourID: String?
  /// All properties, as they go out.
  public var properties: JSONValue

  /// What is left out was not sent: nil is unknown, not false.
  public init(
    name: String, distinctID: String, uuid: EventUUID? = nil, timestamp: Timestamp,
    sessionID: String? = nil, processPersonProfile: Bool? = nil, hasGroups: Bool = false,
    isMobileSnapshot: Bool = false, surveyID: String? = nil, surveySubmissionID: String? = nil,
    productTourID: String? = nil, properties: JSONValue = .object([])
  ) {
    self.name = name
    self.distinctID = distinctID
    self.uuid = uuid
    self.timestamp = timestamp
    self.sessionID = sessionID
    self.processPersonProfile = processPersonProfile
    self.hasGroups = hasGroups
    self.isMobileSnapshot = isMobileSnapshot
    self.surveyID = surveyID
    self.surveySubmissionID = surveySubmissionID
    self.productTourID = productTourID
    self.properties = properties
  }

  /// An event whose metered fields are read from its `properties`, as they travel to PostHog.
  public init(
    name: String, distinctID: String, uuid: EventUUID? = nil, timestamp: Timestamp,
    properties: JSONValue
  ) {
    self.init(
      name: name, distinctID: distinctID, uuid: uuid, timestamp: timestamp,
      sessionID: properties["$session_id"]?.string,
      processPersonProfile: properties["$process_person_profile"]?.bool,
      hasGroups: UsageEvent.hasGroups(properties),
      isMobileSnapshot: properties["$snapshot_source"]?.string == "mobile",
      surveyID: properties["$survey_id"]?.string,
      surveySubmissionID: properties["$survey_submission_id"]?.string,
      productTourID: properties["$product_tour_id"]?.string, properties: properties)
  }

  /// What an export means by a flag: a database writes it as text or as a number, Python with a capital.
  package static func flag(_ text: String) -> Bool? {
    switch text {
    case "true", "True", "TRUE", "1": true
    case "false", "False", "FALSE", "0": false
    default: nil
    }
  }

  /// `$groups` as clients send it, `$group_0` … `$group_4` as exports show it.
  private static func hasGroups(_ properties: JSONValue) -> Bool {
    func isKey(_ value: JSONValue?) -> Bool {
      value != nil && value != .null && value != .string("")
    }
    if case .object(let groups)? = properties["$groups"],
      groups.contains(where: { isKey($0.value) })
    {
      return true
    }
    return (0...4).contains { isKey(properties["$group_\($0)"]) }
  }
}
