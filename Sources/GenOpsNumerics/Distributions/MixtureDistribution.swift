public import GenOpsUnits

/// One of several distributions, each with its chance: a launch that is a hit or a flop.
public struct MixtureDistribution: Distribution {
  public static let name = "mixture"
  public static let summary = "one of several distributions, each with its chance"
  public static let example = """
    dist: mixture
    of: [{chance: 70%, value: 10 to 20}, {chance: 30%, dist: normal, mean: 80, sd: 5}]
    """

  public static let manual = KindManual(
    "part i with its chance, then a value from it",
    [
      "of": "a list of {chance: %, value: …} or {chance: %, dist: …}",
      "min, max": "cut the distribution off; what lies outside is redistributed",
    ])

  /// One of the distributions and its chance.
  public struct Part: Sendable, Hashable {
    public var chance: Double
    public var value: UncertainValue

    /// `chance` is 0…1.
    public init(chance: Double, value: UncertainValue) {
      self.chance = chance
      self.value = value
    }
  }

  /// Their chances add up to 1.
  public var parts: [Part]

  /// The chances of `parts` add up to 1.
  public init(parts: [Part]) { self.parts = parts }

  public static func decode(_ keys: inout DistributionReader) -> MixtureDistribution? {
    guard let parts = keys.parts("of", example: "[{chance: 70%, value: 10 to 20}, …]")
    else { return nil }
    let sum = parts.reduce(0) { $0 + $1.chance }
    if abs(sum - 1) <= 1e-6 {
      return MixtureDistribution(parts: parts.filter { $0.chance > 0 })
    }
    keys.refuse(
      "the chances add up to \(NumberText.shown(sum * 100))%", help: "they add up to 100%")
    return nil
  }

  public var mean: Double { parts.reduce(0) { $0 + $1.chance * $1.value.mean } }
  public var sd: Double {
    let center = mean
    return parts.reduce(0) {
      let off = $1.value.mean - center
      return $0 + $1.chance * ($1.value.sd * $1.value.sd + off * off)
    }.squareRoot()
  }

  public func quantile(_ p: Double) -> Double {
    // The mixture's quantile lies between those of its parts.
    let ends = parts.map { $0.value.quantile(p) }
    guard let low = ends.min(), let high = ends.max() else { return .nan }
    return Inversion.quantile(p, between: low, and: high) { probability(atMost: $0) }
  }

  public func probability(atMost x: Double) -> Double {
    parts.reduce(0) { $0 + $1.chance * $1.value.probability(atMost: x) }
  }
}
