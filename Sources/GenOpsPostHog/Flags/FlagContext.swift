public import GenOpsUnits

/// For whom flags are evaluated, and what is known of them.
public struct FlagContext: Sendable, Hashable {
  public var distinctID: String
  /// Properties that conditions ask for. What is not given here is unknown, not absent.
  public var personProperties: [String: JSONValue]
  /// The person's groups, by type: `["company": "acme"]`.
  public var groups: [String: String]
  /// Properties of these groups, by type.
  public var groupProperties: [String: [String: JSONValue]]
  /// For flags that follow the device instead of the person.
  public var deviceID: String?

  /// Groups by their type; group properties by type, then by name.
  public init(
    _ distinctID: String, personProperties: [String: JSONValue] = [:],
    groups: [String: String] = [:], groupProperties: [String: [String: JSONValue]] = [:],
    deviceID: String? = nil
  ) {
    self.distinctID = distinctID
    self.personProperties = personProperties
    self.groups = groups
    self.groupProperties = groupProperties
    self.deviceID = deviceID
  }
}
