package import GenOpsScenario
import GenOpsNumerics
import GenOpsUnits

/// What the numbers of a shard are a function of. Shards are put together only where all of it is the same.
package struct ShardSource: Sendable, Equatable {
  /// ``Plan/digest``: scenario bytes, what the named files hold, overrides.
  package var plan: String
  /// Of the program.
  package var version: String
  package var seed: UInt64
  /// How many futures the whole run has.
  package var paths: Int
  /// How the machine's library of mathematics answers.
  package var mathFingerprint: String

  /// Of this program on this machine.
  package init(_ plan: Plan) {
    self.plan = plan.digest
    version = ScenarioRun.version
    seed = plan.scenario.seed
    paths = plan.scenario.paths
    mathFingerprint = GenOpsNumerics.mathFingerprint
  }

  /// Of a line that ends a shard; nil where a key is missing.
  init?(_ line: Node) {
    guard let plan = line["plan"]?.text, let version = line["version"]?.text,
      let seed = line["seed"]?.text.flatMap({ UInt64($0) }),
      let paths = line["paths"]?.text.flatMap({ Int($0) }),
      let fingerprint = line["mathFingerprint"]?.text
    else { return nil }
    self.plan = plan
    self.version = version
    self.seed = seed
    self.paths = paths
    mathFingerprint = fingerprint
  }

  /// The keys of a line that ends a shard.
  var members: [JSONValue.Member] {
    [
      .init("plan", .string(plan)), .init("version", .string(version)),
      .init("seed", .integer(seed)), .init("paths", .integer(paths)),
      .init("mathFingerprint", .string(mathFingerprint)),
    ]
  }

  /// What differs from another one, each as "seed 8, not 7".
  package func differences(from wanted: ShardSource) -> [String] {
    var differences: [String] = []
    func compare(_ name: String, _ own: String, _ other: String) {
      if own != other { differences.append("\(name) \(own), not \(other)") }
    }
    compare("version", version, wanted.version)
    compare("seed", "\(seed)", "\(wanted.seed)")
    compare("paths", "\(paths)", "\(wanted.paths)")
    compare("mathFingerprint", mathFingerprint, wanted.mathFingerprint)
    // The plan follows from the seed too, so it is named where nothing else tells the two apart.
    if differences.isEmpty {
      compare("plan", String(plan.prefix(12)), String(wanted.plan.prefix(12)))
    }
    return differences
  }
}
