public import GenOpsUnits

/// Events that may be sent in one minute; see ``EventRules/mostPerMinute``.
public struct RateLimitPolicy: Policy {
  public static let name = "rate-limit"
  public static let summary = "Refuses what is more than so many events in a minute of the clock."
  public static let example = #"{"max_requests_per_minute": 6000}"#

  public var mostPerMinute: Int64
  /// False does nothing.
  public var isEnabled: Bool

  /// `mostPerMinute` is in events and recorded items.
  public init(mostPerMinute: Int64, isEnabled: Bool = true) {
    self.mostPerMinute = mostPerMinute
    self.isEnabled = isEnabled
  }

  public init?(_ node: Node, _ findings: inout Findings) {
    var own = Findings()
    defer { findings.merge(own) }
    var keys = MappingReader(node, "a rate limit", &own)
    let most = keys.required(
      "max_requests_per_minute", example: "max_requests_per_minute: 6000", &own
    ).flatMap { $0.whole("the events of a minute", in: 0...1_000_000_000, &own) }
    isEnabled = keys.takeEnabled(&own)
    keys.finish(&own)
    guard !own.hasErrors, let most else { return nil }
    // At most a billion.
    mostPerMinute = Int64(most)
  }

  public var sideEffect: String {
    isEnabled
      ? "refuses events beyond \(mostPerMinute) a minute" : "nothing: it is not enabled"
  }

  public func apply(to plan: inout GovernancePlan) {
    if isEnabled { plan.eventRules.mostPerMinute = mostPerMinute }
  }
}
