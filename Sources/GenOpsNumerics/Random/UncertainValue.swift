/// A number that is known only roughly: drawn once per path.
public enum UncertainValue: Sendable, Hashable {
  /// Known exactly; draws nothing.
  case constant(Double)
  /// Follows a distribution.
  case distribution(any Distribution)
  /// Follows a distribution that is cut off.
  indirect case truncated(TruncatedDistribution)
  /// Computed from variables, which are drawn elsewhere.
  indirect case derived(DerivedValue)

  /// 90 % sure that it lies between `low` and `high`: they are the 5 % and the 95 % point.
  /// Lognormal when both are positive, else normal; constant when they are equal.
  public static func between(_ low: Double, _ high: Double) throws(UncertainValueError)
    -> UncertainValue
  {
    guard low.isFinite, high.isFinite else { throw .notFinite }
    guard low <= high else { throw .reversed(low: low, high: high) }
    if low == high { return .constant(low) }
    return low > 0
      ? .distribution(LognormalDistribution(p5: low, p95: high))
      : .distribution(NormalDistribution(p5: low, p95: high))
  }

  /// Normal; `sd` above 0.
  public static func normal(mean: Double, sd: Double) -> UncertainValue {
    .distribution(NormalDistribution(mean: mean, sd: sd))
  }

  /// exp of a normal number with mean `mu` and standard deviation `sigma` above 0.
  public static func lognormal(mu: Double, sigma: Double) -> UncertainValue {
    .distribution(LognormalDistribution(mu: mu, sigma: sigma))
  }

  /// Anything between the two, all alike; `low` < `high`.
  public static func uniform(low: Double, high: Double) -> UncertainValue {
    .distribution(UniformDistribution(low: low, high: high))
  }

  /// One draw: the quantile at the generator's next parameter number
  /// (``RandomGenerator/parameter()``). A constant draws nothing, and neither does what is derived
  /// from the generator's ``RandomGenerator/variables``.
  public func value(_ generator: inout RandomGenerator) -> Double {
    switch self {
    case .constant(let value): value
    case .derived(let derived): derived.value(generator.variables)
    case .distribution, .truncated: quantile(generator.parameter())
    }
  }

  /// The expected value.
  public var mean: Double {
    switch self {
    case .constant(let value): value
    case .distribution(let distribution): distribution.mean
    case .truncated(let distribution): distribution.mean
    case .derived(let derived): derived.preview.mean
    }
  }

  /// The standard deviation.
  public var sd: Double {
    switch self {
    case .constant: 0
    case .distribution(let distribution): distribution.sd
    case .truncated(let distribution): distribution.sd
    case .derived(let derived): derived.preview.sd
    }
  }

  /// The value that a draw does not exceed with probability `p`, 0 < p < 1.
  public func quantile(_ p: Double) -> Double {
    switch self {
    case .constant(let value): value
    case .distribution(let distribution): distribution.quantile(p)
    case .truncated(let distribution): distribution.quantile(p)
    case .derived(let derived): derived.preview.quantile(p)
    }
  }

  /// P(X ≤ x).
  public func probability(atMost x: Double) -> Double {
    switch self {
    case .constant(let value): x >= value ? 1 : 0
    case .distribution(let distribution): distribution.probability(atMost: x)
    case .truncated(let distribution): distribution.probability(atMost: x)
    case .derived(let derived): derived.preview.probability(atMost: x)
    }
  }

  /// Whether every draw is the same.
  public var isConstant: Bool { if case .constant = self { true } else { false } }

  public static func == (a: UncertainValue, b: UncertainValue) -> Bool {
    switch (a, b) {
    case (.constant(let a), .constant(let b)): a == b
    case (.distribution(let a), .distribution(let b)): AnyHashable(a) == AnyHashable(b)
    case (.truncated(let a), .truncated(let b)): a == b
    case (.derived(let a), .derived(let b)): a == b
    default: false
    }
  }

  public func hash(into hasher: inout Hasher) {
    switch self {
    case .constant(let value): hasher.combine(value)
    case .distribution(let distribution): hasher.combine(AnyHashable(distribution))
    case .truncated(let distribution): hasher.combine(distribution)
    case .derived(let derived): hasher.combine(derived)
    }
  }
}

/// Why two numbers are not an interval.
public enum UncertainValueError: Error, Sendable, Equatable {
  /// The first is larger than the second.
  case reversed(low: Double, high: Double)
  case notFinite
}
