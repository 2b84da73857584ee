import GenOpsNumerics
public import GenOpsUnits

/// A kind of growth model.
public typealias GrowthModelKind = any GrowthModel.Type

/// The growth models a scenario can name. A new one is one file and one line here.
public enum GrowthModels {
  public static let registry = Registry<GrowthModelKind>(
    "growth model",
    [
      entry(CompoundGrowth.self),
      entry(GeometricBrownianGrowth.self),
      entry(LinearGrowth.self),
      entry(LogisticGrowth.self),
      entry(GompertzGrowth.self),
      entry(BassGrowth.self),
      entry(PiecewiseGrowth.self),
      entry(StepGrowth.self),
      entry(MeanRevertingGrowth.self),
      entry(JumpGrowth.self),
      entry(RegimeGrowth.self),
      entry(UserFlowGrowth.self),
      entry(CohortGrowth.self),
      entry(ViralGrowth.self),
    ])

  private static func entry(_ kind: GrowthModelKind) -> Registry<GrowthModelKind>.Entry {
    Registry.Entry(name: kind.name, summary: kind.summary, kind: kind)
  }

  /// The growth under `key`: a rate (`2% to 6% per month`, compound growth) or a mapping that names
  /// its `model`.
  public static func decode(_ node: Node, key: String, _ findings: inout Findings)
    -> (any GrowthModel)?
  {
    // `{dist: …}` is a rate too.
    guard node.mapping != nil, node["dist"] == nil else {
      return RateText.read(node, key: key, as: .compound, &findings).map {
        CompoundGrowth(ratePerMonth: $0)
      }
    }
    guard let model = node["model"] else {
      findings.error(
        "missing-key", "the growth of '\(key)' needs 'model'",
        help: "add: model: compound   (known: \(registry.names.joined(separator: ", ")))",
        at: node.location)
      return nil
    }
    return registry.find(model.text ?? "", at: model.location, &findings)?.decode(node, &findings)
  }
}
