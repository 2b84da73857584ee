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
}

/// The answer of `POST /flags/`, of any version that servers give: 4 and 2, and the legacy form.
struct FlagReply: Sendable {
  var records: [String: FlagRecord] = [:]
  var requestID: String?
  var evaluatedAt: JSONValue?
  /// Some flags are missing because the server failed at them.
  var hasErrors = false
  var isQuotaLimited = false
  /// Events of flags without an experiment are to be small.
  var wantsSmallEvents = false

  /// Nil for what is no such answer.
  init?(_ json: JSONValue) {
    if case .object(let flags)? = json["flags"] {
      for member in flags { records[member.key] = FlagRecord(member.value) }
    } else if case .object(let flags)? = json["featureFlags"] {
      let payloads = json["featureFlagPayloads"]
      for member in flags {
        records[member.key] = FlagRecord(
          value: FlagValue(member.value), payload: FlagPayload.decode(payloads?[member.key]))
      }
    } else if case .array(let kinds)? = json["quotaLimited"], !kinds.isEmpty {
      // Such an answer may leave the flags out.
    } else {
      return nil
    }
    requestID = json["requestId"]?.string
    evaluatedAt = json["evaluatedAt"].flatMap { $0 == .null ? nil : $0 }
    hasErrors = json["errorsWhileComputingFlags"]?.bool ?? false
    wantsSmallEvents = json["minimalFlagCalledEvents"]?.bool ?? false
    if case .array(let kinds)? = json["quotaLimited"] {
      isQuotaLimited = kinds.contains("feature_flags")
    }
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
