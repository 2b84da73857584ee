import GenOpsTestSupport
import GenOpsUnits
import Testing

@testable import GenOpsScenario
@testable import GenOpsSimulation

/// Futures that are walked in parts come to the same as in one.
@Suite struct ShardTests {
  /// Options, budgets, faults and a value case: every column has rows.
  static let text =
    TextScenario.shop + """
      faults:
        - bots: {fault: bot-storm, from: 2027-03-10, lasts: 3 days, visits: 50k per hour,
                 events: 2 per visit}
      budget: 30 USD per month
      options: [{half: {scale: {events: 50%}}}, {tenth: {sample: {$pageview: 10%}}}]

      """

  /// The lines of workers that walk these ranges of a plan.
  static func lines(_ plan: Plan, _ ranges: [Range<Int>]) throws -> [[String]] {
    try ranges.map { range in
      var lines: [String] = []
      // A worker of its own, as in another process.
      try ShardWalk(plan).run(range) { (line: String) throws(FindingsError) in lines.append(line) }
      return lines
    }
  }

  static func read(_ files: [[String]]) -> ShardReader {
    var reader = ShardReader()
    for (index, lines) in files.enumerated() {
      reader.read(Array(lines.joined(separator: "\n").utf8), file: "part-\(index)")
    }
    return reader
  }

  private func codes(_ files: [[String]], _ plan: Plan) -> [String] {
    let reader = ShardTests.read(files)
    if reader.findings.hasErrors { return reader.findings.all.map(\.code) }
    do throws(FindingsError) {
      _ = try ScenarioRun.merged(plan, reader.shards)
      return []
    } catch { return error.findings.all.map(\.code) }
  }

  @Test(arguments: [1, 2, 3, 4, 5, 6, 7, 8] as [UInt64])
  func anyCutComesToTheSame(seed: UInt64) async throws {
    var random = SeededGenerator(seed)
    let paths = Int.random(in: 1...200, using: &random)
    let plan = try TextScenario.plan(ShardTests.text, paths: paths)
    try #require(!plan.faults.isEmpty && plan.options.count == 3)
    let whole = try await Simulation.run(plan, jobs: 2, onProgress: { _ in })
    let inner = (0..<Int.random(in: 0...6, using: &random)).map { _ in
      Int.random(in: 0...paths, using: &random)
    }
    let borders = ([0, paths] + inner).sorted()
    let ranges = zip(borders, borders.dropFirst()).map { $0..<$1 }.shuffled(using: &random)
    let reader = ShardTests.read(try ShardTests.lines(plan, ranges))
    #expect(reader.findings.all.isEmpty)
    let merged = try Simulation.merged(plan, reader.shards)
    #expect(merged.tables == whole.tables)
    #expect(merged.values == whole.values)
    #expect(merged.wasCut == whole.wasCut)
    #expect(merged.shown == whole.shown)
    let (a, b) = (
      ResultBuilder(whole).build(version: "1").result,
      ResultBuilder(merged).build(version: "1").result
    )
    #expect("\(a)" == "\(b)")
  }

  @Test func partsOfAnyNumberAreAllFuturesOnce() {
    for paths in [1, 7, 64, 1_000_000] {
      for count in [1, 3, 8, 1_000] {
        var next = 0
        for index in 0..<count {
          let range = ShardPart(index, of: count)?.range(of: paths)
          #expect(range?.lowerBound == next)
          next = range?.upperBound ?? -1
        }
        #expect(next == paths)
      }
    }
    #expect(ShardPart(3, of: 3) == nil && ShardPart(-1, of: 3) == nil && ShardPart(0, of: 0) == nil)
  }

  @Test func whatIsNotWholeIsRefused() throws {
    let plan = try TextScenario.plan(ShardTests.text, paths: 200)
    let parts = try ShardTests.lines(plan, [0..<100, 100..<200])
    #expect(codes(parts, plan) == [])
    // Cut behind any line, and within each.
    for count in 1..<parts[1].count {
      #expect(codes([parts[0], Array(parts[1].prefix(count))], plan) == ["shard-truncated"])
    }
    for index in parts[1].indices {
      var cut = Array(parts[1].prefix(index + 1))
      cut[index] = String(cut[index].prefix(cut[index].utf8.count / 2))
      #expect(
        codes([parts[0], cut], plan) == [index == 0 ? "shard-unreadable" : "shard-truncated"])
    }
    // A line less, and two in another order.
    #expect(codes([parts[0], Array(parts[1].dropFirst())], plan) == ["shard-truncated"])
    #expect(
      codes([parts[0], [parts[1][1], parts[1][0], parts[1][2]]], plan) == ["shard-truncated"])
    // A digit of the data.
    var changed = parts[1]
    let middle = changed[0].utf8.index(
      changed[0].startIndex, offsetBy: changed[0].utf8.count / 2)
    changed[0].replaceSubrange(
      middle...middle, with: changed[0].utf8[middle] == UInt8(ascii: "A") ? "B" : "A")
    #expect(codes([parts[0], changed], plan) == ["shard-truncated"])
    #expect(codes([["Name,Amount"]], plan) == ["shard-unreadable"])
  }

  @Test func whatIsNotOnceIsRefused() throws {
    let plan = try TextScenario.plan(ShardTests.text, paths: 200)
    let parts = try ShardTests.lines(plan, [0..<100, 100..<200, 90..<200])
    #expect(codes([parts[0], parts[1], parts[0]], plan) == ["shard-duplicate"])
    #expect(codes([parts[0], parts[2]], plan) == ["shard-duplicate"])
    #expect(codes([parts[0]], plan) == ["shard-missing"])
    #expect(codes([parts[1]], plan) == ["shard-missing"])
    #expect(codes([], plan) == ["shard-missing"])
  }

  @Test func whatIsOfAnotherRunIsRefused() throws {
    let plan = try TextScenario.plan(ShardTests.text, paths: 200)
    let parts = try ShardTests.lines(plan, [0..<100, 100..<200])
    func with(_ from: String, _ to: String) throws -> [[String]] {
      var other = parts
      let end = try #require(other[1].last)
      try #require(end.contains(from))
      other[1][other[1].count - 1] = end.replacing(from, with: to)
      return other
    }
    for (from, to) in [
      ("\"version\":\"0.1.0\"", "\"version\":\"0.2.0\""), ("\"seed\":", "\"seed\":9"),
      ("\"paths\":200", "\"paths\":300"), ("\"mathFingerprint\":\"", "\"mathFingerprint\":\"0"),
    ] {
      #expect(codes(try with(from, to), plan) == ["shard-mismatch"])
    }
    // Another scenario has another digest; its own lines are whole.
    let other = try TextScenario.plan(
      ShardTests.text.replacing("50%", with: "51%"), paths: 200)
    let foreign = try ShardTests.lines(other, [100..<200])
    #expect(codes([parts[0], foreign[0]], plan) == ["shard-mismatch"])
  }

  @Test func theMissingPartsAreNamed() throws {
    let plan = try TextScenario.plan(ShardTests.text, paths: 80)
    var files: [[String]] = []
    for index in [0, 3] {
      let part = try #require(ShardPart(index, of: 4))
      var lines: [String] = []
      try ShardWalk(plan).run(part.range(of: 80), part: part) {
        (line: String) throws(FindingsError) in lines.append(line)
      }
      files.append(lines)
    }
    do throws(FindingsError) {
      _ = try ScenarioRun.merged(plan, ShardTests.read(files).shards)
      Issue.record("two of four parts are not all futures")
    } catch {
      let finding = error.findings.all[0]
      #expect(finding.message == "the futures 20-59 are in no shard")
      #expect(finding.help?.contains("run these parts of 4: 1 2;") == true)
    }
  }
}
