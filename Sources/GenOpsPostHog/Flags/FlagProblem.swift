/// Why flags could not be had from the server. The text is `$feature_flag_error`, as PostHog's own
/// clients write it.
public enum FlagProblem: Sendable, Hashable, CustomStringConvertible {
  /// The account's quota of flag requests is used up.
  case quotaLimited
  /// No answer within the time.
  case timeout
  /// No connection, or it was lost.
  case connection
  case status(Int)
  /// An answer that is not a list of flags.
  case unreadable
  /// A budget, or another rule here, has refused the request. It was not made.
  case refused

  public var description: String {
    switch self {
    case .quotaLimited: "quota_limited"
    case .timeout: "timeout"
    case .connection: "connection_error"
    case .status(let status): "api_error_\(status)"
    case .unreadable: "unknown_error"
    case .refused: "refused_by_governance"
    }
  }
}

/// How flags are evaluated.
public struct FlagConfiguration: Sendable {
  public var endpoint: DeliveryEndpoint
  /// A personal key (`phx_…`, or a feature flags secure key): with it the definitions are polled
  /// and flags are evaluated here. Without it every person costs a request.
  public var personalKey: Secret?
  /// How often the definitions are polled, at most once a second. Each poll is billed as ten requests: every 30 s, the
  /// default of PostHog's clients, are 864,000 in 30 days for each server.
  public var pollInterval: Duration
  /// How long the server's answer for a person is good. Reads within it cost nothing.
  public var timeToLive: Duration
  /// People whose answers are remembered.
  public var capacity: Int
  /// The most bytes that these answers may take, about; the longest known are forgotten for newer ones.
  public var mostBytes: Int
  public var requestTimeout: Duration
  /// Whether reads are told to PostHog as `$feature_flag_called`, once for each person, flag and
  /// value.
  public var reportsReads: Bool

  /// With a `personalKey` flags are evaluated here; `capacity` is the number of people whose flags
  /// are remembered, in at most about `mostBytes`.
  public init(
    endpoint: DeliveryEndpoint, personalKey: Secret? = nil, pollInterval: Duration = .seconds(30),
    timeToLive: Duration = .seconds(300), capacity: Int = 10_000,
    requestTimeout: Duration = .seconds(3), reportsReads: Bool = true,
    mostBytes: Int = 64 << 20
  ) {
    self.endpoint = endpoint
    self.personalKey = personalKey
    self.pollInterval = pollInterval
    self.timeToLive = timeToLive
    self.capacity = capacity
    self.requestTimeout = requestTimeout
    self.reportsReads = reportsReads
    self.mostBytes = mostBytes
  }
}
