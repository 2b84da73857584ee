import Foundation
import GenOpsForecasting
import GenOpsNumerics
import GenOpsScenario
import GenOpsSimulation
import GenOpsTestSupport
import GenOpsUnits
import Testing

@testable import GenOpsCommands
@testable import GenOpsReporting

/// Every registered kind: its example runs, is deterministic and never negative, its manual names
/// the keys that it reads, and the page of the documentation is up to date.
@Suite struct KindTests {
  private static let scenarios = KindCatalog.groups.flatMap { group in
    group.kinds.filter(\.isScenario).map { "\(group.name)/\($0.name)" }
  }

  private func kind(_ path: String) throws -> KindCatalog.Kind {
    let parts = path.split(separator: "/").map(String.init)
    let group = try #require(KindCatalog.groups.first { $0.name == parts[0] })
    return try #require(group.kinds.first { $0.name == parts[1] })
  }

  private func run(_ text: String) async throws -> ScenarioResult {
    let bytes = Data(text.utf8)
    let node = try YAMLReader.parse(bytes, file: "example.yaml")
    let (scenario, findings) = ScenarioReader.read(
      node, bytes: bytes, file: "example.yaml", overrides: .init(paths: 8))
    guard let scenario else { throw FindingsError(findings: findings) }
    let plan = try Planner.plan(scenario, .load(scenario), findings)
    let simulation = try await Simulation.run(plan, jobs: 1, onProgress: { _ in })
    return ResultBuilder(simulation).build(version: "test").result
  }

  @Test("its example runs, twice the same, and nothing is negative", arguments: scenarios)
  func runs(path: String) async throws {
    let text = try kind(path).example
    let first = try await run(text)
    let second = try await run(text)
    #expect(
      JSONReport.value(first).pretty == JSONReport.value(second).pretty)
    for month in first.months {
      #expect(month.cost.p01 >= 0)
      #expect(month.usage.allSatisfy { $0.units.p01 >= 0 })
    }
    #expect(!first.findings.hasErrors)
  }

  @Test func everyRegistryIsListed() {
    let names = Set(KindCatalog.groups.flatMap { $0.kinds.map(\.name) })
    #expect(names.isSuperset(of: GrowthModels.registry.names))
    #expect(names.isSuperset(of: Distributions.registry.names))
    #expect(names.isSuperset(of: CalendarEffects.registry.names))
    #expect(KindCatalog.groups.allSatisfy { !$0.kinds.isEmpty })
  }

  @Test("its manual names the keys that it reads", arguments: GrowthModels.registry.names)
  func growthKeys(name: String) throws {
    let model = try #require(GrowthModels.registry[name])
    var node = try YAMLReader.parse(Data((model.example + "\nzzzzzzzzzzzz: 1").utf8), file: "a")
    node = Node(node.content, at: node.location)
    var findings = Findings()
    _ = model.decode(node, &findings)
    let unknown = try #require(findings.all.first { $0.code == "unknown-key" })
    let known = try #require(unknown.help).replacing("known: ", with: "").split(separator: ", ")
      .map(String.init).filter { $0 != "model" }
    let written = model.manual.parameters.flatMap {
      $0.key.split(separator: ", ").map(String.init)
    }
    #expect(written.sorted() == known.sorted())
  }

  @Test func kindsPrintsAManualWithAnExample() {
    let text = InspectCommands.kinds("logistic", OutputOptions()).stdout
    #expect(text.contains("K / (1 + (K - 1)·exp(-r·t))"))
    #expect(text.contains("Source: P.-F. Verhulst 1838."))
    #expect(text.contains("scenario: logistic"))
    let wrong = InspectCommands.kinds("logistik", OutputOptions())
    #expect(wrong.stderr.contains("did you mean 'logistic'?"))
    #expect(InspectCommands.kinds("distributions", OutputOptions()).stdout.contains("pareto"))
  }

  @Test func thePageOfTheDocumentationIsUpToDate() throws {
    let file = URL(fileURLWithPath: #filePath)
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("docs/kinds.md")
    if Golden.isRewritten {
      try Data(KindText.markdown.utf8).write(to: file)
    }
    let written = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
    #expect(
      written == KindText.markdown,
      "GENOPS_UPDATE_GOLDEN=1 swift test --filter KindTests writes it anew")
  }
}
