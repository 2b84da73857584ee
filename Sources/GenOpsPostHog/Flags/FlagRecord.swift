import GenOpsUnits

/// What is known of one flag for somebody.
struct FlagRecord: Sendable, Hashable {
  /// Nil when PostHog could not tell.
  var value: FlagValue?
  var payload: JSONValue?
  var id: Int?
  var version: Int?
  var reason: String?
  var hasExperiment: Bool?
  var isLocal = false
  var hasFailed = false

  /// The bytes it takes, about.
  var size: Int {
    128 + (value?.variant?.utf8.count ?? 0) + (reason?.utf8.count ?? 0)
      + (payload?.description.utf8.count ?? 0)
  }
}

extension FlagRecord {
  /// A record of `flags`.
  init(_ json: JSONValue) {
    hasFailed = json["failed"]?.bool ?? false
    if !hasFailed {
      // Version 4 gives the value itself, version 2 whether it is on and which variant.
      if let value = json["value"].flatMap(FlagValue.init) {
        self.value = value
      } else if let isOn = json["enabled"]?.bool {
        value = isOn ? json["variant"]?.string.map(FlagValue.variant) ?? .on : .off
      }
    }
    let metadata = json["metadata"]
    payload = FlagPayload.decode(metadata?["payload"])
    id = metadata?["id"]?.wholeNumber
    version = metadata?["version"]?.wholeNumber
    hasExperiment = metadata?["has_experiment"]?.bool
    reason = json["reason"]?["description"]?.string
  }

  /// What the evaluation here gave.
  init(_ value: FlagValue, of flag: FlagDefinition) {
    self.value = value
    payload = flag.payload(for: value)
    id = flag.id
    version = flag.version
    hasExperiment = flag.hasExperiment
    isLocal = true
  }
}
