public import GenOpsNumerics

/// Draws paths of daily usage from a ``StreamModel``.
///
/// A path is a function of the seed, the model and the path's number: any path can be drawn alone,
/// on any thread. Nothing is allocated per path. An immutable value; workers share it and bring
/// their own ``RandomGenerator``.
public struct PathGenerator: Sendable {
  public let model: StreamModel
  /// Level × profile.
  private let base: [Double]
  private let growthKey: RandomKey
  private let trendKey: RandomKey
  private let errorsKey: RandomKey
  private let noiseKey: RandomKey
  private let motion: LevelMotion

  /// Draws come from `source` under the stream's name, so that no other stream disturbs them.
  public init(_ model: StreamModel, source: RandomSource) {
    self.model = model
    base = model.profile.map { $0 * model.level }
    growthKey = source.key(model.growthName, purpose: "growth")
    trendKey = source.key(model.name, purpose: "trend")
    errorsKey = source.key(model.errorsName, purpose: "errors")
    noiseKey = source.key(model.name, purpose: "counts")
    motion = LevelMotion(under: model.growth)
  }

  /// Days of a path.
  public var dayCount: Int { base.count }

  /// Whether all paths are the same.
  public var isDeterministic: Bool {
    (model.growth?.isDeterministic ?? true) && (model.history?.isDeterministic ?? true)
      && model.noise == .none
  }

  /// Writes the path number `path`: whole units by day. `days` has ``dayCount`` elements.
  public func sample(
    path: Int, into days: UnsafeMutableBufferPointer<Double>,
    using generator: inout RandomGenerator,
    parameters: [Double] = []
  ) {
    means(path: path, into: days, using: &generator, parameters: parameters)
    count(path: path, days, using: &generator)
  }

  /// The first half of `sample(path:into:using:)`: units by day before count noise and rounding,
  /// for callers that change the path in between (a launch, an option).
  ///
  /// `parameters` are uniform numbers in (0, 1) that decide the growth's
  /// ``GrowthModel/uncertainParameters`` in their order, such as an ``InputSampler`` gives; what is
  /// not given is drawn.
  public func means(
    path: Int, into days: UnsafeMutableBufferPointer<Double>,
    using generator: inout RandomGenerator,
    parameters: [Double] = []
  ) {
    if let growth = model.growth {
      if !growth.isDeterministic {
        generator.seek(growthKey, path: path)
        if !parameters.isEmpty { generator.give(parameters) }
      }
      growth.path(into: days, generator: &generator)
    } else if let history = model.history {
      history.trend(into: days, key: trendKey, path: path, generator: &generator)
    } else {
      days.update(repeating: 1)
    }
    model.history?.applyErrors(
      to: days, motion: motion, key: errorsKey, path: path, generator: &generator)
    base.withUnsafeBufferPointer { base in
      guard let start = days.baseAddress, let factors = base.baseAddress else { return }
      for day in 0..<days.count { start[day] *= factors[day] }
    }
  }

  /// The second half: replaces means by whole units.
  ///
  /// Each day's count has random numbers of its own, so that a mean that an option changes on one
  /// day leaves the draws of the other days as they were; where nothing is counted, what rounding leaves
  /// goes to the next day.
  public func count(
    path: Int, _ days: UnsafeMutableBufferPointer<Double>, using generator: inout RandomGenerator
  ) {
    model.noise.count(days, key: noiseKey, path: path, &generator)
  }
}
