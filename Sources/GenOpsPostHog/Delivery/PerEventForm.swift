import GenOpsUnits

/// An event as the capture API V1 takes it, made from its `/batch/` form.
///
/// Some properties move to fields with strict types: a wrong type there would fail the whole batch,
/// so what does not fit is left out. The library's name travels in a header. Source: PostHog,
/// `rust/capture/src/v1/analytics/types.rs`, and posthog-python 7.91.1.
enum PerEventForm {
  private static let fields = ["$session_id": "session_id", "$window_id": "window_id"]
  private static let flags = [
    "$cookieless_mode": "cookieless_mode", "$ignore_sent_at": "disable_skew_correction",
    "$process_person_profile": "process_person_profile",
  ]
  private static let removed: Set = ["$lib", "$lib_version"]

  static func of(_ event: OutgoingEvent) -> JSONValue {
    // Our own encoder wrote it; from a foreign spool it may be anything, and then goes as it is.
    guard let node = try? JSONParser.parse(Array(event.json.utf8), file: "event"),
      case .object(let members) = JSONValue(node)
    else { return .object([]) }
    var head: [JSONValue.Member] = []
    var tail: [JSONValue.Member] = []
    var options: [JSONValue.Member] = []
    var properties: [JSONValue.Member] = []
    for member in members {
      switch member.key {
      case "$set", "$set_once": properties.append(member)
      case "properties":
        guard case .object(let all) = member.value else { continue }
        for property in all {
          if let name = fields[property.key] {
            if let text = property.value.string { tail.append(.init(name, .string(text))) }
          } else if let name = flags[property.key] {
            if let flag = flag(property.value) { options.append(.init(name, .bool(flag))) }
          } else if property.key == "$product_tour_id" {
            if let text = property.value.string {
              options.append(.init("product_tour_id", .string(text)))
            }
          } else if !removed.contains(property.key) {
            properties.append(property)
          }
        }
      default: head.append(member)
      }
    }
    return .object(
      head + tail + [
        .init("options", .object(options)), .init("properties", .object(properties)),
      ])
  }

  private static func flag(_ value: JSONValue) -> Bool? {
    switch value {
    case .bool(let flag): return flag
    case .string(let text):
      switch text.trimmingSpaces.lowercased() {
      case "true", "1": return true
      case "false", "0": return false
      default: return nil
      }
    case .number(let text): return Double(text).map { $0 != 0 }
    default: return nil
    }
  }
}
