import Foundation
import GenOpsUnits
import Testing

@testable import GenOpsScenario
@testable import GenOpsSimulation

struct `A comparison` {
  private static let shop = """
    period: 2027-01 to 2027-03
    seed: 3
    paths: 400
    traffic: [app: {events: 2M to 4M per month, exceptions: 500k to 900k per month, growth: 2% to 8% per month}]
    options:
      - half:    {scale: {exceptions: 50%}}
      - quarter: {scale: {exceptions: 25%}}

    """

  /// Writes the scenarios to a folder of their own and compares them.
  private static func compare(
    _ texts: [String], whatIf: [String] = [], baseline: String? = nil
  ) async throws -> ScenarioComparison {
    let folder = NSTemporaryDirectory() + "genops-compare-\(UUID().uuidString)"
    try FileManager.default.createDirectory(
      atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    var sources: [ComparisonRun.Source] = []
    for (index, text) in texts.enumerated() {
      let path = "\(folder)/\(index).yaml"
      try Data(text.utf8).write(to: URL(fileURLWithPath: path))
      sources.append(.init(path: path, settings: [], label: "s\(index)"))
    }
    sources += whatIf.map { .init(path: sources[0].path, settings: [$0], label: $0) }
    return try await ComparisonRun.run(
      sources, seed: nil, paths: nil, baseline: baseline, jobs: 1)
  }

  @Test func `of a scenario with itself has no difference`() async throws {
    let comparison = try await `A comparison`.compare([`A comparison`.shop, `A comparison`.shop])
    let other = try #require(comparison.choices.first { $0.label == "s1" })
    #expect(other.difference.p01 == 0 && other.difference.p99 == 0 && other.cheaper == 0)
    #expect(comparison.sides[1].changes.isEmpty)
    #expect(comparison.sides[1].bridge.allSatisfy { $0.amount == 0 })
  }

  /// The same futures on both sides: the difference scatters far less than that of two independent runs.
  @Test func `takes differences future by future`() async throws {
    let comparison = try await `A comparison`.compare(
      [`A comparison`.shop], whatIf: ["traffic.app.exceptions=505k to 909k per month"])
    let base = try #require(comparison.baseline)
    let other = comparison.choices[3]
    let independent = (pow(base.option.cost.sd, 2) + pow(other.option.cost.sd, 2)).squareRoot()
    #expect(other.difference.sd * 5 < independent)
    #expect(other.difference.mean > 0 && other.cheaper == 0)
    #expect(
      abs(other.difference.mean - (other.option.cost.mean - base.option.cost.mean)) < 1e-6)
    #expect(comparison.sides[1].changes.count == 1)
    // The bridge sums to the difference.
    let bridge = comparison.sides[1].bridge.reduce(0) { $0 + $1.amount }
    #expect(abs(bridge - other.difference.mean) < 1e-6)
  }

  /// Scaled by a half and a quarter, what is paid falls from one to the next in every future.
  @Test func `ranks options and says by how much the best leads`() async throws {
    let comparison = try await `A comparison`.compare([`A comparison`.shop])
    #expect(comparison.choices.map(\.label) == ["as is", "half", "quarter"])
    let lead = try #require(comparison.lead)
    #expect(lead.best == "quarter" && lead.next == "half" && lead.cheaper > 0.9)
    let saves = comparison.choices.map(\.option.saves.mean)
    #expect(abs(lead.difference.mean - (saves[2] - saves[1])) < 1e-6)
    let against = try await `A comparison`.compare([`A comparison`.shop], baseline: "half")
    #expect(against.baseline?.label == "half" && against.choices[0].difference.mean > 0)
    #expect(abs(against.choices[0].difference.mean - saves[1]) < 1e-6)
  }

  @Test(arguments: [
    ("period: 2027-01 to 2027-03", "period: 2027-02 to 2027-04", "compare-period"),
    ("seed: 3", "points: sobol", "compare-points"),
    ("half:    {scale", "third: {scale", nil),
  ])
  func `is of the same days and points`(_ old: String, _ new: String, _ code: String?) async {
    let other = `A comparison`.shop.replacing(old, with: new)
    do {
      let comparison = try await `A comparison`.compare([`A comparison`.shop, other])
      #expect(code == nil && !comparison.sides[1].changes.isEmpty)
    } catch let error as FindingsError {
      #expect(error.findings.all.map(\.code) == [code])
    } catch { Issue.record(error) }
  }

  @Test func `names the choices when it does not know one`() async {
    await #expect(throws: FindingsError.self) {
      _ = try await `A comparison`.compare([`A comparison`.shop], baseline: "halve")
    }
  }
}
