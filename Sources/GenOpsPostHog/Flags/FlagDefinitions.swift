import GenOpsUnits

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
  public subscript(key: String) -> FlagDefinition? { positions.exactly(key).map { flags[$0] } }

  /// None: what an account has whose quota is used up.
  public static let none = FlagDefinitions(flags: [])
}
