import GenOpsTestSupport
import Foundation
import GenOpsScenario
import GenOpsUnits
import Testing

@testable import GenOpsCommands

/// The schema that editors use: it takes every scenario there is and refuses wrong ones.
@Suite struct ScenarioSchemaTests {
  private static let folder = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("scenarios")

  private static let names =
    ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? [])
    .filter { $0.hasSuffix(".yaml") && !$0.hasPrefix(".") }.sorted()

  /// A tree as an editor's YAML reader sees it: plain scalars have the types of YAML's core schema.
  private func value(_ node: Node) -> JSONValue {
    switch node.content {
    case .scalar(let text, let quoted):
      if !quoted, Double(text) != nil, text.allSatisfy({ "+-.0123456789".contains($0) }) {
        return .number(text)
      }
      if !quoted, text == "true" || text == "false" { return .bool(text == "true") }
      return node.isNull ? .null : .string(text)
    case .sequence(let items): return .array(items.map(value))
    case .mapping(let entries):
      return .object(entries.map { .init($0.key, value($0.value)) })
    }
  }

  private func problems(_ text: String) throws -> [String] {
    let node = try YAMLReader.parse(Data(text.utf8), file: "test.yaml")
    return SchemaCheck(root: ScenarioSchema.document).problems(value(node))
  }

  @Test("it takes every scenario of the repository", arguments: names)
  func scenarios(name: String) throws {
    let text = try String(
      contentsOf: Self.folder.appendingPathComponent(name), encoding: .utf8)
    #expect(try problems(text) == [])
  }

  @Test("it takes every example that runs")
  func examples() throws {
    for kind in KindCatalog.groups.flatMap(\.kinds) where kind.isScenario {
      #expect(try problems(kind.example) == [], "\(kind.name)")
    }
  }

  @Test(
    "it refuses what is wrong",
    arguments: [
      "perod: 2027-01 to 2027-12", "growth: {events: {model: logistik, cap: x3}}",
      "growth: {events: {cap: x3}}", "growth: {events: {model: linear, chagne: 3% per month}}",
      "options: [slow: {flag_poling: 300 s}]", "paths: many", "paths: 0", "grain: exactly",
      "points: sobel", "correlations: [{between: [a, b]}]", "value: {benefit: []}",
      "governance: {mode: gdpr}", "billing_day: 32", "variables: [a, b]",
      "variables: {a: {dist: norml, mean: 3, sd: 1}}", "traffic: {web: {users: 5}}",
      "changes: [launch: {events: +20%}]", "budget: {name: shop}",
      "value: {benefits: [tools: {amount: 3 USD, kind: money}]}",
    ])
  func wrong(text: String) throws {
    #expect(try !problems(text).isEmpty)
  }

  @Test func itKnowsTheKeysThatTheReaderKnows() throws {
    let node = try YAMLReader.parse(
      Data("scenario: x\nzzzzzzzzzzzz: 1\n".utf8), file: "test.yaml")
    let (_, findings) = ScenarioReader.read(node, bytes: Data(), file: "test.yaml")
    let unknown = try #require(findings.all.first { $0.code == "unknown-key" })
    let known = Set(
      try #require(unknown.help).replacing("known: ", with: "").split(separator: ", ")
        .map(String.init))
    guard case .object(let properties)? = ScenarioSchema.document["properties"] else {
      Issue.record("the schema has no properties")
      return
    }
    // Three names are aliases, and 'extends' is gone before the reader sees the file.
    let described = Set(properties.map(\.key)).subtracting(["name", "budgets", "mode", "extends"])
    #expect(described == known)
  }
}
