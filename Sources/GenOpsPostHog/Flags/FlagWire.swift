import GenOpsUnits

/// Requests for flags, as posthog-python 7.91.1 makes them.
enum FlagWire {
  private static let agent = WireHeader("User-Agent", "genops-swift/\(EventEncoder.version)")

  /// One request for all flags of a person, or for those named.
  static func evaluation(
    _ context: FlagContext, keys: [String]?, _ configuration: FlagConfiguration, at wall: Timestamp
  ) -> WireRequest {
    func object(_ values: [String: JSONValue]) -> JSONValue {
      .object(values.sorted { $0.key < $1.key }.map { .init($0.key, $0.value) })
    }
    // The server matches groups by this property too.
    let groupProperties = context.groups.reduce(into: context.groupProperties) { all, group in
      if all[group.key]?["$group_key"] == nil {
        all[group.key, default: [:]]["$group_key"] = .string(group.value)
      }
    }
    var body: [JSONValue.Member] = [
      .init("distinct_id", .string(context.distinctID)),
      .init("groups", object(context.groups.mapValues { .string($0) })),
      .init("person_properties", object(context.personProperties)),
      .init("group_properties", object(groupProperties.mapValues(object))),
      .init("geoip_disable", true),
      .init("device_id", context.deviceID.map { .string($0) } ?? .null),
    ]
    if let keys {
      body.append(.init("flag_keys_to_evaluate", .array(keys.map { .string($0) })))
    }
    body += [
      .init("sent_at", .string(wall.description)),
      .init("api_key", .string(configuration.endpoint.key.revealed)),
    ]
    return WireRequest(
      method: "POST", url: configuration.endpoint.host.url("/flags/?v=4"),
      headers: [agent, WireHeader("Content-Type", "application/json")],
      body: Array(JSONValue.object(body).description.utf8), timeout: configuration.requestTimeout)
  }

  /// One poll of the definitions.
  static func definitions(
    _ configuration: FlagConfiguration, personalKey: Secret, etag: String?
  ) -> WireRequest {
    var headers = [agent, WireHeader("Authorization", "Bearer \(personalKey.revealed)")]
    if let etag { headers.append(WireHeader("If-None-Match", etag)) }
    return WireRequest(
      method: "GET",
      url: configuration.endpoint.host.url(
        "/flags/definitions?token=\(configuration.endpoint.key.revealed)&send_cohorts"),
      headers: headers, timeout: .seconds(10))
  }
}
