import Foundation
import GenOpsGovernance
import GenOpsUnits
import Testing

@testable import GenOpsScenario
@testable import GenOpsSimulation
import GenOpsNumerics

/// `extends:` and `--set`.
@Suite struct ScenarioSourceTests {
  /// Files in a folder of their own, removed afterwards.
  private func inFolder(_ files: [String: String], _ body: (String) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    defer { try? FileManager.default.removeItem(at: folder) }
    for (name, text) in files {
      let file = folder.appendingPathComponent(name)
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(text.utf8).write(to: file)
    }
    try body(folder.path)
  }

  private static let base = """
    scenario: base
    period: 2027-01 to 2027-03
    traffic:
      - web: {users: 50k, events: 40 per user per month, identified: 50%}
    growth:
      events: {model: logistic, cap: x3, rate: 10% per month}
    budget: 1000 USD per month
    options:
      - sampled: {sample: {all: 50%}}
    """

  @Test func aFileTakesWhatItDoesNotSayFromTheOneItExtends() throws {
    try inFolder([
      "base.yaml": Self.base,
      "own.yaml": """
      extends: base.yaml
      scenario: own
      traffic:
        - web: {users: 60k}
        - app: {users: 10k, events: 5 per user per month, identified: 100%}
      growth:
        events: {model: linear, change: 5% per month}
      budget:
      """,
    ]) { folder in
      let (scenario, findings) = ScenarioReader.read(path: folder + "/own.yaml")
      #expect(findings.all.filter { $0.severity == .error } == [])
      let own = try #require(scenario)
      #expect(own.name == "own")
      #expect(own.traffic.map(\.name) == ["web", "app"])
      #expect(own.traffic[0].users == .constant(60_000))
      #expect(own.traffic[0].rates.count == 1)
      #expect(own.growth[0].text == "linear")
      #expect(own.governance.budgets.isEmpty)
      #expect(own.options.map(\.name) == ["sampled"])
    }
  }

  @Test func filesLieBesideTheFileThatNamesThemAndFindingsPointThere() throws {
    try inFolder([
      "shared/base.yaml": "scenario: base\nhistory: usage.csv\nbudgett: 5 USD per month\n",
      "own.yaml": "extends: shared/base.yaml\nperiod: 2027-01 to 2027-03\n",
    ]) { folder in
      let source = try ScenarioSource.load(path: folder + "/own.yaml")
      let history = try #require(source.root["history"])
      #expect(
        FilePath.resolve(history.text ?? "", writtenAt: history.location)
          == folder + "/shared/usage.csv")
      let (_, findings) = ScenarioReader.read(path: folder + "/own.yaml")
      let unknown = try #require(findings.all.first { $0.code == "unknown-key" })
      #expect(unknown.location?.file == folder + "/shared/base.yaml")
      #expect(unknown.location?.line == 3)
    }
  }

  @Test func filesThatExtendEachOtherAreAFinding() throws {
    try inFolder([
      "a.yaml": "extends: b.yaml\n", "b.yaml": "extends: a.yaml\n",
      "lost.yaml": "extends: [nowhere.yaml, 'a b.yaml']\n",
    ]) { folder in
      #expect(codes(folder + "/a.yaml") == ["extends-circle"])
      #expect(codes(folder + "/lost.yaml") == ["no-file", "no-file"])
    }
  }

  private func codes(_ path: String, _ settings: [String] = []) -> [String] {
    ScenarioReader.read(path: path, overrides: .init(settings: settings)).findings.all
      .filter { $0.severity == .error }.map(\.code)
  }

  @Test func aSettingReplacesAValueAndItemsOfListsGoByName() throws {
    try inFolder(["base.yaml": Self.base]) { folder in
      let (scenario, findings) = ScenarioReader.read(
        path: folder + "/base.yaml",
        overrides: .init(settings: [
          "traffic.web.users=70k", "growth.events.rate=20% per month",
          "budget=2000 USD per month", "options.sampled={sample: {all: 10%}}", "seed=7",
        ]))
      #expect(findings.all.filter { $0.severity == .error } == [])
      let own = try #require(scenario)
      #expect(own.traffic[0].users == .constant(70_000))
      #expect(own.seed == 7)
      #expect(own.governance.budgets[0].limit == Money(units: 2000))
    }
  }

  /// A meter has several names, and old words of the language are keys still.
  @Test func aSettingAndAFileAboveAnotherReachAKeyByEachOfItsNames() throws {
    try inFolder([
      "base.yaml": Self.base + "\ngrain: binned\n",
      "own.yaml": "extends: base.yaml\ngrowth: {product_analytics: 7% per month}\n",
    ]) { folder in
      let (set, found) = ScenarioReader.read(
        path: folder + "/base.yaml",
        overrides: .init(settings: [
          "growth.product_analytics=5% per month", "mode=exact",
          "traffic.web.product_analytics=50 per user per month",
        ]))
      #expect(found.all.filter { $0.severity == .error } == [])
      #expect(set?.growth.map(\.text) == ["5% per month"] && set?.grain == .exact)
      #expect(set?.traffic[0].rates.count == 1)
      let (merged, findings) = ScenarioReader.read(path: folder + "/own.yaml")
      #expect(findings.all.filter { $0.severity == .error } == [])
      #expect(merged?.growth.map(\.text) == ["7% per month"])
    }
  }

  @Test(arguments: [
    ("traffic.wbe.users=70k", "no-such-place", "did you mean 'web'?"),
    ("growth.evnts=5% per month", "unknown-meter", "did you mean 'events'?"),
    ("grwth.events=5% per month", "unknown-key", "did you mean 'growth'?"),
    ("budget.limit=5", "no-such-place", "write: --set budget=…"),
    ("traffic.web.users=many", "not-a-quantity", "write: users: 50k"),
    ("seed", "not-a-setting", "write: --set"),
    ("a..b=1", "not-a-setting", "write: --set"),
  ])
  func aWrongSettingIsAFindingThatPointsAtIt(
    setting: String, code: String, help: String
  ) throws {
    try inFolder(["base.yaml": Self.base]) { folder in
      let (scenario, findings) = ScenarioReader.read(
        path: folder + "/base.yaml", overrides: .init(settings: [setting]))
      #expect(scenario == nil)
      let finding = try #require(findings.all.first { $0.severity == .error })
      #expect(finding.code == code)
      #expect(finding.help?.hasPrefix(help) ?? false, "\(finding.help ?? "")")
      #expect(finding.location?.file.hasPrefix("--set ") ?? false)
    }
  }
}
