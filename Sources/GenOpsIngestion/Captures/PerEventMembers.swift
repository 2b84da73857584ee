import GenOpsUnits

/// What capture V1 writes beside the properties, as the properties that it stands for.
///
/// Source: PostHog, `rust/capture/src/v1/analytics/types.rs`, and posthog-python 7.91.1. `PerEventForm` of
/// `GenOpsPostHog` is the other way round.
enum PerEventMembers {
  private static let fields = ["session_id": "$session_id", "window_id": "$window_id"]
  private static let options = [
    "cookieless_mode": "$cookieless_mode", "disable_skew_correction": "$ignore_sent_at",
    "process_person_profile": "$process_person_profile", "product_tour_id": "$product_tour_id",
  ]

  /// `event` is one event of a V1 body.
  static func of(_ event: some Collection<UInt8>) -> [JSONValue.Member] {
    guard let node = try? JSONParser.parse(event, file: "body") else { return [] }
    var members: [JSONValue.Member] = []
    for entry in node.mapping ?? [] {
      if let name = fields[entry.key], !entry.value.isNull {
        members.append(.init(name, JSONValue(entry.value)))
      }
    }
    for entry in node["options"]?.mapping ?? [] {
      if let name = options[entry.key], !entry.value.isNull {
        members.append(.init(name, JSONValue(entry.value)))
      }
    }
    return members
  }
}
