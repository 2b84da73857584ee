public import GenOpsUnits

/// A kind of distribution.
public typealias DistributionKind = any Distribution.Type

/// The distributions that `dist:` can name. A new one is one file and one line here.
public enum Distributions {
  public static let registry = Registry<DistributionKind>(
    "distribution",
    [
      entry(NormalDistribution.self),
      entry(LognormalDistribution.self),
      entry(UniformDistribution.self),
      entry(TriangularDistribution.self),
      entry(PERTDistribution.self),
      entry(BetaDistribution.self),
      entry(GammaDistribution.self),
      entry(ParetoDistribution.self),
      entry(PoissonDistribution.self),
      entry(NegativeBinomialDistribution.self),
      entry(DiscreteDistribution.self),
      entry(EmpiricalDistribution.self),
      entry(ZeroInflatedDistribution.self),
      entry(MixtureDistribution.self),
    ])

  private static func entry(_ kind: DistributionKind) -> Registry<DistributionKind>.Entry {
    Registry.Entry(name: kind.name, summary: kind.summary, kind: kind)
  }
}
