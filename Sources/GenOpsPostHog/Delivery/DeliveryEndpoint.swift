import GenOpsMetering
import GenOpsUnits

/// A server that events are sent to, with the key of the project there.
public struct DeliveryEndpoint: Sendable, Hashable {
  public var host: PostHogHost
  /// The project's key, `phc_…`.
  public var key: Secret

  /// `key` is the project's, not a personal one.
  public init(host: PostHogHost, key: Secret) {
    self.host = host
    self.key = key
  }
}
