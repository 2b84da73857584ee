public import GenOpsUnits

/// Sampling that begins when traffic is high and ends when it is not: the integration guide's way
/// out of a cost spike.
public struct TrafficSampling: Sendable, Hashable {
  /// What is kept while traffic is high. Critical classes are kept whole.
  public var rates: SamplingRates
  /// Traffic is high from more events than this in one minute.
  public var highPerMinute: Int64

  /// The guide's rates: page views 10 %, clicks 20 %, use of features 80 %, errors all, the rest
  /// half.
  public static let guideRates = SamplingRates(
    byClass: ["page_view": 0.1, "click": 0.2, "feature_use": 0.8, "error": 1], standard: 0.5)

  /// `highPerMinute` is in events.
  public init(rates: SamplingRates = TrafficSampling.guideRates, highPerMinute: Int64 = 1000) {
    self.rates = rates
    self.highPerMinute = highPerMinute
  }
}

/// Whether traffic is high, from the events of clock minutes (UTC).
///
/// It is high as soon as a minute has more events than the bound, and normal again after a whole
/// minute with fewer than 80 % of it. Between the two it stays as it was, so that traffic near the
/// bound does not switch sampling on and off.
public struct TrafficLevel: Sendable, Hashable {
  private let high: Int64
  private let calm: Int64
  private var minute = Int64.min
  private var count: Int64 = 0
  public private(set) var isHigh = false

  /// `highPerMinute` is in events; traffic is calm again below 80 % of it.
  public init(highPerMinute: Int64) {
    high = highPerMinute
    calm = highPerMinute - highPerMinute / 5
  }

  /// Counts an event. Instants that go back count for the present minute.
  public mutating func note(at instant: Timestamp) {
    let minute = instant.microseconds / 60_000_000
    if minute > self.minute {
      // A minute that was skipped had no event at all.
      if isHigh, count < calm || minute > self.minute + 1 { isHigh = false }
      self.minute = minute
      count = 0
    }
    count &+= 1
    if count > high { isHigh = true }
  }
}
