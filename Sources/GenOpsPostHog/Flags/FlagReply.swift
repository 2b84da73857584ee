import GenOpsUnits

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
