public import GenOpsUnits

/// Where events go and how.
public struct DeliveryConfiguration: Sendable {
  /// The servers, the preferred one first. The others are used while it is down; see
  /// ``DeliveryLimits/failoverAfter``.
  public var endpoints: [DeliveryEndpoint]
  public var captureProtocol: CaptureProtocol
  public var limits: DeliveryLimits
  public var encoder: EventEncoder
  /// Whether these are old events that are moved into PostHog: kept in order and apart there.
  public var isHistorical: Bool
  /// The longest time for one request.
  public var requestTimeout: Duration
  /// Called when events are accepted or lost, outside of locks.
  public var onSettled: @Sendable (Settlement) -> Void

  /// `onSettled` is called when events are accepted or lost, outside of locks.
  public init(
    endpoints: [DeliveryEndpoint], captureProtocol: CaptureProtocol = .batch,
    limits: DeliveryLimits = DeliveryLimits(), encoder: EventEncoder = .server,
    isHistorical: Bool = false, requestTimeout: Duration = .seconds(15),
    onSettled: @escaping @Sendable (Settlement) -> Void = { _ in }
  ) {
    self.endpoints = endpoints
    self.captureProtocol = captureProtocol
    self.limits = limits
    self.encoder = encoder
    self.isHistorical = isHistorical
    self.requestTimeout = requestTimeout
    self.onSettled = onSettled
  }

  /// What is wrong with it, all at once.
  public var findings: Findings {
    var findings = Findings()
    if endpoints.isEmpty {
      findings.error(
        "no-endpoint", "there is no server to deliver to",
        help: "give a host and a project key")
    }
    for (index, endpoint) in endpoints.enumerated() {
      if endpoint.key.revealed.isEmpty {
        findings.error(
          "no-key", "the endpoint \(endpoint.host) has no project key",
          help: "copy it from PostHog > Settings > Project; it begins with phc_")
      }
      if endpoints[..<index].contains(where: { $0.host == endpoint.host }) {
        findings.error(
          "same-endpoint",
          "\(endpoint.host) is listed twice: failing over to it would gain nothing",
          help: "list each region or proxy once")
      }
    }
    if let fault = limits.fault {
      findings.error(
        "delivery-limits", "the limits of delivery cannot hold: \(fault)",
        help: "start with DeliveryLimits() and change what differs")
    }
    return findings
  }
}
