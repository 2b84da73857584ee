public import GenOpsUnits

/// A kind of probability law.
public typealias ProbabilityLawKind = any ProbabilityLaw.Type

/// The laws that `dist:` can name. A new one is one file and one line here.
public enum ProbabilityLaws {
  public static let registry = Registry<ProbabilityLawKind>(
    "distribution",
    [
      entry(NormalLaw.self),
      entry(LognormalLaw.self),
      entry(UniformLaw.self),
      entry(TriangularLaw.self),
      entry(PERTLaw.self),
      entry(BetaLaw.self),
      entry(GammaLaw.self),
      entry(ParetoLaw.self),
      entry(PoissonLaw.self),
      entry(NegativeBinomialLaw.self),
      entry(DiscreteLaw.self),
      entry(EmpiricalLaw.self),
      entry(ZeroInflatedLaw.self),
      entry(MixtureLaw.self),
    ])

  private static func entry(_ kind: ProbabilityLawKind) -> Registry<ProbabilityLawKind>.Entry {
    Registry.Entry(name: kind.name, summary: kind.summary, kind: kind)
  }
}
