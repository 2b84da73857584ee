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

  /// The context as bytes, for memories: `é` in one scalar and in two are two people to PostHog, and one
  /// key of a dictionary of texts.
  var key: [UInt8] {
    var key: [UInt8] = []
    func add(_ text: String) {
      key += Array("\(text.utf8.count):".utf8)
      key += Array(text.utf8)
    }
    func add(_ properties: [String: JSONValue]) {
      add("\(properties.count)")
      for (name, value) in properties.sorted(by: { $0.key < $1.key }) {
        add(name)
        add(PropertyText.of(.array([value])) ?? value.description)
      }
    }
    add(distinctID)
    add(deviceID ?? "")
    add(deviceID == nil ? "" : "device")
    add(personProperties)
    add(groups.mapValues { JSONValue.string($0) })
    for (type, properties) in groupProperties.sorted(by: { $0.key < $1.key }) {
      add(type)
      add(properties)
    }
    return key
  }
}
