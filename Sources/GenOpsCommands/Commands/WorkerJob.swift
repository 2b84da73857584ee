import GenOpsScenario
import GenOpsUnits

/// A part of a run as a line of JSON names it.
struct WorkerJob: Sendable {
  var scenario: String
  var overrides: ScenarioReader.Overrides
  var paths: Range<Int>

  private static let keys = ["scenario", "set", "seed", "paths", "first", "count"]

  init(
    scenario: String, overrides: ScenarioReader.Overrides, paths: Range<Int>
  ) {
    self.scenario = scenario
    self.overrides = overrides
    self.paths = paths
  }

  /// Reads a line.
  init(_ line: String, at place: SourceLocation) throws(FindingsError) {
    let node = try JSONParser.parse(Array(line.utf8), file: place.file)
    func wrong(_ what: String) -> FindingsError {
      FindingsError(
        "not-a-shard", what,
        help: "write: {\"scenario\": \"budget.yaml\", \"first\": 0, \"count\": 640}", at: place)
    }
    guard let entries = node.mapping else { throw wrong("a part is an object") }
    if let other = entries.first(where: { !WorkerJob.keys.contains($0.key) }) {
      throw wrong("a part has no key '\(other.key)'")
    }
    func number(_ key: String, _ range: ClosedRange<Int>) throws(FindingsError) -> Int? {
      guard let value = node[key] else { return nil }
      guard let number = value.text.flatMap({ Int($0) }), range.contains(number) else {
        throw wrong(
          "'\(key)' is not a whole number from \(range.lowerBound) to \(range.upperBound)")
      }
      return number
    }
    guard let scenario = node["scenario"]?.text else { throw wrong("a part needs 'scenario'") }
    guard let first = try number("first", 0...1_000_000),
      let count = try number("count", 0...1_000_000)
    else { throw wrong("a part needs 'first' and 'count'") }
    let settings = node["set"]?.sequence?.compactMap(\.text)
    if node["set"] != nil, settings?.count != node["set"]?.sequence?.count || settings == nil {
      throw wrong("'set' is not a list of place=value")
    }
    var seed: UInt64?
    if let value = node["seed"] {
      seed = value.text.flatMap { UInt64($0) }
      if seed == nil { throw wrong("'seed' is not a whole number from 0") }
    }
    self.init(
      scenario: scenario,
      overrides: .init(
        seed: seed, paths: try number("paths", 1...1_000_000), settings: settings ?? []),
      paths: first..<first + count)
  }

  /// The line that is read as this.
  var line: String {
    var members: [JSONValue.Member] = [.init("scenario", .string(scenario))]
    if !overrides.settings.isEmpty {
      members.append(.init("set", .array(overrides.settings.map { .string($0) })))
    }
    if let seed = overrides.seed { members.append(.init("seed", .integer(seed))) }
    if let paths = overrides.paths { members.append(.init("paths", .integer(paths))) }
    members.append(.init("first", .integer(paths.lowerBound)))
    members.append(.init("count", .integer(paths.count)))
    return JSONValue.object(members).description
  }

  /// Whether both are parts of one run.
  func isOfSameRun(as other: WorkerJob) -> Bool {
    scenario == other.scenario && overrides.seed == other.overrides.seed
      && overrides.paths == other.overrides.paths
      && overrides.settings == other.overrides.settings
  }
}
