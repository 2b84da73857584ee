public import GenOpsUnits

/// Flags by the names that PostHog's own clients give these calls, through ``currentFlags``:
/// a request is metered, attributed and subject to budgets as ``FeatureFlags`` says, and reads
/// within its time to live cost nothing. Without flags, and for a flag that cannot be had, each
/// gives its default and never throws.
extension GenOps {
  /// Whether a flag is on for a person; a variant is on.
  ///
  /// - Parameters:
  ///   - key: The flag's key.
  ///   - distinctID: Whom for; by default the person of the task's ``RequestIdentity``. Without
  ///     either nothing is asked and `fallback` holds.
  ///   - groups: The person's groups by type, such as `["company": "acme"]`.
  ///   - personProperties: What conditions ask of the person.
  ///   - groupProperties: What conditions ask of the groups, by type.
  ///   - fallback: What holds when the flag does not exist or could not be had.
  /// - Returns: The flag's value, else `fallback`.
  public static func isFeatureEnabled(
    _ key: String, distinctID: String? = nil, groups: [String: String] = [:],
    personProperties: [String: JSONValue] = [:],
    groupProperties: [String: [String: JSONValue]] = [:], default fallback: Bool = false
  ) async -> Bool {
    await evaluateFlags(
      distinctID: distinctID, groups: groups, personProperties: personProperties,
      groupProperties: groupProperties)?.isOn(key, default: fallback) ?? fallback
  }

  /// What a flag is for a person: off, on or a variant; nil when it does not exist or could not be
  /// had. The parameters are those of
  /// ``isFeatureEnabled(_:distinctID:groups:personProperties:groupProperties:default:)``.
  public static func getFeatureFlag(
    _ key: String, distinctID: String? = nil, groups: [String: String] = [:],
    personProperties: [String: JSONValue] = [:],
    groupProperties: [String: [String: JSONValue]] = [:]
  ) async -> FlagValue? {
    await evaluateFlags(
      distinctID: distinctID, groups: groups, personProperties: personProperties,
      groupProperties: groupProperties)?.value(key)
  }

  /// What a flag carries besides its value; nil when it carries nothing. As with PostHog's clients
  /// it is no read: no `$feature_flag_called` is sent.
  public static func getFeatureFlagPayload(
    _ key: String, distinctID: String? = nil, groups: [String: String] = [:],
    personProperties: [String: JSONValue] = [:],
    groupProperties: [String: [String: JSONValue]] = [:]
  ) async -> JSONValue? {
    await evaluateFlags(
      distinctID: distinctID, groups: groups, personProperties: personProperties,
      groupProperties: groupProperties)?.payload(key)
  }

  /// All flags of a person that have a value, by key. It is no read of any of them.
  public static func getAllFlags(
    distinctID: String? = nil, groups: [String: String] = [:],
    personProperties: [String: JSONValue] = [:],
    groupProperties: [String: [String: JSONValue]] = [:]
  ) async -> [String: FlagValue] {
    let set = await evaluateFlags(
      distinctID: distinctID, groups: groups, personProperties: personProperties,
      groupProperties: groupProperties)
    return (set?.records ?? [:]).compactMapValues(\.value)
  }

  /// All flags of a person for the price of one request, to be read as often as one likes; nil
  /// without ``currentFlags`` or without a person. Its ``FlagSet/cost`` says what had to be paid.
  public static func evaluateFlags(
    distinctID: String? = nil, groups: [String: String] = [:],
    personProperties: [String: JSONValue] = [:],
    groupProperties: [String: [String: JSONValue]] = [:]
  ) async -> FlagSet? {
    guard let person = distinctID ?? RequestIdentity.current?.distinctID else { return nil }
    return await currentFlags?.flags(
      for: FlagContext(
        person, personProperties: personProperties, groups: groups,
        groupProperties: groupProperties))
  }

  /// Forgets what is known of people, so that the next read asks again, and pays again.
  public static func reloadFeatureFlags() { currentFlags?.forgetAnswers() }
}
