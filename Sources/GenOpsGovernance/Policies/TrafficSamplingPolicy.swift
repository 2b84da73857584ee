public import GenOpsUnits

/// Samples while traffic is high; see ``TrafficSampling``.
public struct TrafficSamplingPolicy: Policy {
  public static let name = "traffic-sampling"
  public static let summary = "Keeps a share of the users per event class while traffic is high."
  public static let example = """
    {"high_per_minute": 5000, "rates": {"page_view": "10%", "click": "20%", "default": "50%"}}
    """

  public var sampling: TrafficSampling
  /// The classes that were written, with their places.
  public private(set) var named: [(name: String, location: SourceLocation)] = []

  /// The guide's rates from 1,000 events a minute on, unless others are given.
  public init(_ sampling: TrafficSampling = TrafficSampling()) { self.sampling = sampling }

  public init?(_ node: Node, _ findings: inout Findings) {
    var own = Findings()
    defer { findings.merge(own) }
    sampling = TrafficSampling()
    var keys = MappingReader(node, "traffic sampling", &own)
    if let high = keys.take("high_per_minute") {
      sampling.highPerMinute = Int64(
        high.whole("the events of a minute", in: 1...1_000_000_000, &own) ?? 1000)
    }
    if let rates = keys.take("rates") {
      if let policy = SamplingPolicy(rates, &own) {
        sampling.rates = policy.rates
        named = policy.named
      }
    }
    keys.finish(&own)
    if own.hasErrors { return nil }
  }

  public var sideEffect: String {
    "above \(sampling.highPerMinute) events a minute " + SamplingPolicy(sampling.rates).sideEffect
  }

  public func apply(to plan: inout GovernancePlan) { plan.trafficSampling = sampling }
}
