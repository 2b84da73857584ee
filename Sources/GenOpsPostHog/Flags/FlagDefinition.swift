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

/// A condition on one property, cohort or other flag.
struct PropertyFilter: Sendable, Hashable {
  var key: String
  var value: JSONValue
  var operation: String
  /// `person`, `group`, `cohort` or `flag`.
  var type: String
  var isNegated = false
  /// For a flag: the flags to evaluate before, itself last. Nil when the definition has none.
  var dependencyChain: [String]?
}

/// The members of a cohort: conditions joined by and or or.
indirect enum CohortTree: Sendable, Hashable {
  case all([CohortTree])
  case any([CohortTree])
  case filter(PropertyFilter)
  /// Not understood: only the server can tell.
  case malformed
}

/// All flags of a project, as the endpoint for local evaluation gives them.
public struct FlagDefinitions: Sendable, Hashable {
  public var flags: [FlagDefinition]
  /// The name of each group type by its index, as in PostHog: `["0": "company"]`.
  var groupTypes: [String: String]
  var cohorts: [String: CohortTree]
  /// Since version 2, `exact` compares `true` and `false` as text.
  var matchingVersion: Int
  private var positions: [String: Int]

  init(
    flags: [FlagDefinition], groupTypes: [String: String] = [:],
    cohorts: [String: CohortTree] = [:],
    matchingVersion: Int = 1
  ) {
    self.flags = flags
    self.groupTypes = groupTypes
    self.cohorts = cohorts
    self.matchingVersion = matchingVersion
    positions = [:]
    for (index, flag) in flags.enumerated() { positions[flag.key] = index }
  }

  /// The flag with this key.
  public subscript(key: String) -> FlagDefinition? { positions[key].map { flags[$0] } }

  /// None: what an account has whose quota is used up.
  public static let none = FlagDefinitions(flags: [])
}
