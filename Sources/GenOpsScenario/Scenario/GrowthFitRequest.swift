import Foundation
package import GenOpsForecasting
package import GenOpsNumerics
import GenOpsUnits

/// A growth that the history decides: `fit: history`.
package struct GrowthFitRequest: Sendable {
  package var kind: any FittableGrowth.Type
  /// What the user knows of its parameters; a constant is taken as given.
  package var prior: [String: UncertainValue]
}

extension ScenarioReader {
  /// The request under `fit: history`, with the other keys as what is known before.
  mutating func readFit(_ entry: Node.Entry) -> GrowthFitRequest? {
    let known = GrowthModels.registry.entries.filter { $0.kind is any FittableGrowth.Type }
      .map(\.name)
    let help = "known: \(known.joined(separator: ", "))"
    guard let fit = entry.value["fit"], fit.text == "history" else {
      findings.error(
        "unknown-kind", "a growth is fitted to the history", help: "write: fit: history",
        at: entry.value["fit"]?.location)
      return nil
    }
    guard let model = entry.value["model"] else {
      findings.error(
        "missing-key", "a fit needs its model", help: "add: model: logistic   (\(help))",
        at: entry.value.location)
      return nil
    }
    guard
      let kind = GrowthModels.registry.find(model.text ?? "", at: model.location, &findings)
    else { return nil }
    guard let fittable = kind as? any FittableGrowth.Type else {
      findings.error(
        "not-fittable", "\(kind.name) growth is not found in a history", help: help,
        at: model.location)
      return nil
    }
    let given = entry.value.mapping?.filter { $0.key != "model" && $0.key != "fit" } ?? []
    guard let prior = prior(given, kind, at: entry.value.location) else { return nil }
    return GrowthFitRequest(kind: fittable, prior: prior)
  }

  /// The parameters that are given, read by the kind itself: what is not given is filled in from
  /// its example and left out again.
  private mutating func prior(
    _ given: [Node.Entry], _ kind: any GrowthModel.Type, at location: SourceLocation
  ) -> [String: UncertainValue]? {
    if given.isEmpty { return [:] }
    guard let example = try? YAMLReader.parse(Data(kind.example.utf8), file: location.file)
    else { return nil }
    var entries = example.mapping ?? []
    entries.removeAll { entry in given.contains { $0.key == entry.key } }
    var own = Findings()
    let model = kind.decode(Node(.mapping(entries + given), at: location), &own)
    findings.merge(own)
    guard let model, !own.hasErrors else { return nil }
    var prior: [String: UncertainValue] = [:]
    for entry in given {
      if let parameter = model.parameters.first(where: { $0.name == entry.key }) {
        prior[entry.key] = parameter.distribution
      } else {
        findings.error(
          "unknown-key", "'\(entry.key)' is nothing that a fit finds",
          help: "can be given: \(model.parameters.map(\.name).joined(separator: ", "))",
          at: entry.keyLocation)
      }
    }
    return prior
  }
}
