import GenOpsUnits
public import GenOpsMetering

/// A class of data and what is done with it.
public struct DataRule: Sendable, Hashable {
  /// `personal`, `health`, `secret`, …: what it is counted under.
  public var dataClass: String
  /// Names of properties, at any depth.
  public var properties: [NamePattern]
  /// Kinds of values, whatever the property is called.
  public var values: [ValueKind]
  public var action: DataAction
  /// Goes into ``DataAction/hash``, so that a hash cannot be reversed by trying likely values.
  public var salt: String

  /// A property fits by its name, which may have stars, or by its value.
  public init(
    _ dataClass: String, properties: [String] = [], values: [ValueKind] = [], action: DataAction,
    salt: String = ""
  ) {
    self.dataClass = dataClass
    self.properties = properties.map { NamePattern($0) }
    self.values = values
    self.action = action
    self.salt = salt
  }
}

extension DataRule: CustomStringConvertible, CustomReflectable {
  /// Without the salt, which would let anybody try out values against the fingerprints.
  public var description: String { "\(dataClass): \(action.rawValue)" }
  public var customMirror: Mirror { Mirror(self, children: ["rule": description]) }
}
