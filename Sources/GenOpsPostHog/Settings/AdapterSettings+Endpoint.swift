import GenOpsGovernance
public import GenOpsUnits

/// One host and one key for everything that is sent: events, flags and recordings.
extension AdapterSettings {
  /// The server and the project's key.
  ///
  /// - Throws: `api-key-missing` without a key.
  public func endpoint() throws(FindingsError) -> DeliveryEndpoint {
    if let apiKey { return DeliveryEndpoint(host: host, key: apiKey) }
    throw FindingsError(
      "api-key-missing", "there is no PostHog API key",
      help: "export POSTHOG_API_KEY=phc_…, from PostHog > Settings > Project")
  }
}

extension DeliveryConfiguration {
  /// Delivery to the host of settings, with their key.
  ///
  /// - Throws: `api-key-missing` without a key.
  public init(_ settings: AdapterSettings) throws(FindingsError) {
    self.init(endpoints: [try settings.endpoint()])
  }
}

extension FlagConfiguration {
  /// Flags from the host of settings, with their key.
  ///
  /// - Parameters:
  ///   - settings: Those of the adapter and its delivery.
  ///   - personalKey: With it flags are evaluated here.
  /// - Throws: `api-key-missing` without a project key.
  public init(_ settings: AdapterSettings, personalKey: Secret? = nil) throws(FindingsError) {
    self.init(endpoint: try settings.endpoint(), personalKey: personalKey)
  }
}
