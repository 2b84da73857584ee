public import GenOpsNumerics

/// Draws paths of daily usage from a ``StreamLaw``.
///
/// A path is a function of the seed, the law and the path's number: any path can be drawn alone, on
/// any thread. Nothing is allocated per path. An immutable value; workers share it and bring their own
/// ``RandomStream``.
public struct PathGenerator: Sendable {
  public let law: StreamLaw
  /// Level × profile.
  private let base: [Double]
  private let growthKey: RandomKey
  private let trendKey: RandomKey
  private let errorsKey: RandomKey
  private let noiseKey: RandomKey

  /// Draws come from `source` under the stream's name, so that no other stream disturbs them.
  public init(_ law: StreamLaw, source: RandomSource) {
    self.law = law
    base = law.profile.map { $0 * law.level }
    growthKey = source.stream(law.growthName, purpose: "growth")
    trendKey = source.stream(law.name, purpose: "trend")
    errorsKey = source.stream(law.errorsName, purpose: "errors")
    noiseKey = source.stream(law.name, purpose: "counts")
  }

  /// Days of a path.
  public var dayCount: Int { base.count }

  /// Whether all paths are the same.
  public var isDeterministic: Bool {
    (law.growth?.isDeterministic ?? true) && (law.history?.isDeterministic ?? true)
      && law.noise == .none
  }

  /// Writes the path number `path`: whole units by day. `days` has ``dayCount`` elements.
  public func sample(
    path: Int, into days: UnsafeMutableBufferPointer<Double>, using stream: inout RandomStream,
    parameters: [Double] = []
  ) {
    means(path: path, into: days, using: &stream, parameters: parameters)
    count(path: path, days, using: &stream)
  }

  /// The first half of `sample(path:into:using:)`: units by day before count noise and rounding,
  /// for callers that change the path in between (a launch, an option).
  ///
  /// `parameters` are uniform numbers in (0, 1) that decide the growth's
  /// ``GrowthModel/uncertainParameters`` in their order, such as an ``InputSampler`` gives; what is
  /// not given is drawn.
  public func means(
    path: Int, into days: UnsafeMutableBufferPointer<Double>, using stream: inout RandomStream,
    parameters: [Double] = []
  ) {
    if let growth = law.growth {
      if !growth.isDeterministic {
        stream.seek(growthKey, path: path)
        if !parameters.isEmpty { stream.give(parameters) }
      }
      growth.path(into: days, stream: &stream)
    } else if let history = law.history {
      history.trend(into: days, key: trendKey, path: path, stream: &stream)
    } else {
      days.update(repeating: 1)
    }
    law.history?.applyErrors(
      to: days, levelStays: law.growth != nil, key: errorsKey, path: path, stream: &stream)
    base.withUnsafeBufferPointer { base in
      guard let start = days.baseAddress, let factors = base.baseAddress else { return }
      for day in 0..<days.count { start[day] *= factors[day] }
    }
  }

  /// The second half: replaces means by whole units.
  ///
  /// Each day's count has random numbers of its own, so that a mean that an option changes on one
  /// day leaves the draws of the other days as they were.
  public func count(
    path: Int, _ days: UnsafeMutableBufferPointer<Double>, using stream: inout RandomStream
  ) {
    if law.noise == .none {
      guard let start = days.baseAddress else { return }
      for day in 0..<days.count { start[day] = CountNoise.whole(start[day]) }
      return
    }
    for day in days.indices {
      stream.seek(noiseKey, path: path, step: day)
      days[day] = law.noise.units(mean: days[day], stream: &stream)
    }
  }
}
