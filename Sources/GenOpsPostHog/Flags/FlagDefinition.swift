import GenOpsUnits

/// A feature flag as PostHog defines it: who gets what.
public struct FlagDefinition: Sendable, Hashable {
  public var key: String
  public var id: Int?
  public var version: Int?
  public var isActive: Bool
  var keepsExperience: Bool
  var bucketsByDevice: Bool
  /// The group type whose groups get the flag, instead of persons.
  var groupType: Int?
  var conditions: [Condition]
  var variants: [Variant]
  /// Payloads as JSON text by `true` or a variant's name.
  var payloads: [String: JSONValue]
  var holdout: Holdout?
  var exitsEarly: Bool
  var asksEnrollment: Bool
  public var hasExperiment: Bool?

  struct Condition: Sendable, Hashable {
    var filters: [PropertyFilter]
    /// Percent, 0…100; nil is everybody.
    var rollout: Double?
    var variant: String?
    /// The outer nil: as the flag. The inner nil: persons.
    var groupType: Int??
  }

  struct Variant: Sendable, Hashable {
    var key: String
    /// Percent, 0…100.
    var share: Double
  }

  struct Holdout: Sendable, Hashable {
    var id: String
    /// Percent, 0…100.
    var share: Double
  }

  /// The payload for a value; nil without one.
  func payload(for value: FlagValue) -> JSONValue? {
    switch value {
    case .off: nil
    case .on: payloads["true"]
    case .variant(let name): payloads[name]
    }
  }
}
