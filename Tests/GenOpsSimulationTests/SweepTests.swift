import Foundation
import GenOpsTestSupport
import GenOpsUnits
import Testing

@testable import GenOpsScenario
@testable import GenOpsSimulation

/// A sweep is its scenarios, each as if run alone.
@Suite struct SweepTests {
  private let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
    "sweep-\(UUID().uuidString)")

  private func scenario() throws -> String {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let file = folder.appendingPathComponent("shop.yaml").path
    try Data((TextScenario.shop + "budget: 30 USD per month\n").utf8).write(
      to: URL(fileURLWithPath: file))
    return file
  }

  private func sweep(_ file: String, _ values: String = "40k,60k") throws -> Sweep {
    Sweep(
      path: file, overrides: .init(paths: 50),
      design: try SweepDesign(grid: [SweepAxis("traffic.shop.users=\(values)", isSampled: false)]))
  }

  @Test func eachScenarioIsAsIfRunAlone() async throws {
    let file = try scenario()
    defer { try? FileManager.default.removeItem(at: folder) }
    let one = try await sweep(file).run(jobs: 1, journal: nil, onProgress: { _ in })
    let several = try await sweep(file).run(jobs: 8, journal: nil, onProgress: { _ in })
    #expect(one.rows == several.rows && one.known == 0)
    let alone = try await ScenarioRun.run(
      path: file, overrides: .init(paths: 50, settings: ["traffic.shop.users=60k"]), jobs: 1)
    #expect(one.rows[1] == SweepRow(alone, values: ["60k"]))
    #expect(one.rows[0].mean < one.rows[1].mean)
  }

  @Test func whatHasRunIsNotRunAgain() async throws {
    let file = try scenario()
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appendingPathComponent("sweep.jsonl").path
    let whole = try await sweep(file).run(
      jobs: 1, journal: SweepJournal(path), onProgress: { _ in })
    let text = try String(contentsOfFile: path, encoding: .utf8)
    // Killed within the second line.
    let lines = text.split(separator: "\n")
    try #require(lines.count == 2)
    try Data((lines[0] + "\n" + lines[1].prefix(40)).utf8).write(to: URL(fileURLWithPath: path))
    let resumed = try await sweep(file).run(
      jobs: 1, journal: SweepJournal(path), onProgress: { _ in })
    #expect(resumed.rows == whole.rows && resumed.known == 1)
    #expect(try String(contentsOfFile: path, encoding: .utf8) == text)
    // Another scenario in the file is not known.
    let other = try await sweep(file, "40k,50k").run(
      jobs: 1, journal: SweepJournal(path), onProgress: { _ in })
    #expect(other.known == 1)
    try Data("Name,Amount\n".utf8).write(to: URL(fileURLWithPath: path))
    #expect(throws: FindingsError.self) { try SweepJournal(path) }
    try Data("Name".utf8).write(to: URL(fileURLWithPath: path))
    #expect(throws: FindingsError.self) { try SweepJournal(path) }
    #expect(try String(contentsOfFile: path, encoding: .utf8) == "Name")
  }

  @Test func scenariosThatWereWalkedElsewhereAreTheSame() async throws {
    let file = try scenario()
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appendingPathComponent("sweep.jsonl").path
    // A value twice is one plan, which is walked once.
    let sweep = try sweep(file, "40k,60k,50k,60k")
    let whole = try await sweep.run(jobs: 2, journal: nil, onProgress: { _ in })
    let waiting = try sweep.waiting(for: nil)
    #expect(waiting.plans.map(\.point) == [0, 1, 2])
    let ranges = [0..<20, 20..<50]
    let files = try waiting.plans.map { try ShardTests.lines($0.plan, ranges) }.joined().reversed()
    let shards = ShardTests.read(Array(files)).shards
    #expect(shards.count == 6)
    #expect(throws: FindingsError.self) {
      try sweep.merged(waiting, Array(shards.dropLast()), journal: SweepJournal(path))
    }
    #expect(try Data(contentsOf: URL(fileURLWithPath: path)).isEmpty)
    let merged = try sweep.merged(waiting, shards, journal: SweepJournal(path))
    #expect(merged.rows == whole.rows && merged.known == 0)
    let known = try sweep.waiting(for: SweepJournal(path))
    #expect(known.plans.isEmpty)
    #expect(try sweep.merged(known, [], journal: nil).rows == whole.rows)
    #expect(throws: FindingsError.self) { try sweep.merged(known, shards, journal: nil) }
  }

  @Test func aWrongValueIsSaidAndWhatRanIsKept() async throws {
    let file = try scenario()
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appendingPathComponent("sweep.jsonl").path
    await #expect(throws: FindingsError.self) {
      _ = try await sweep(file, "40k,many").run(
        jobs: 1, journal: SweepJournal(path), onProgress: { _ in })
    }
    #expect(try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").count == 1)
  }

  @Test(arguments: 1...20 as ClosedRange<UInt64>)
  func aLineIsReadAsItWasWritten(seed: UInt64) async throws {
    var random = SeededGenerator(seed)
    var row = SweepRow(
      try await TextScenario.run(TextScenario.shop, paths: 5), values: ["a, \"b\"", "2"])
    row.mean = Double.random(in: -1e12...1e12, using: &random)
    row.p10 = Double.random(in: 0...1e-6, using: &random)
    row.askFor = Bool.random(using: &random) ? 1 / 3 : nil
    row.cheapest = Bool.random(using: &random) ? "half" : nil
    #expect(SweepRow(Array(row.line.utf8)) == row)
    #expect(SweepRow(Array(row.line.utf8.dropLast())) == nil)
  }
}
