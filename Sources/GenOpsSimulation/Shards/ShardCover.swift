package import GenOpsUnits

/// Whether shards are all the futures of one plan, each once.
package struct ShardCover {
  private let wanted: ShardSource
  private let shards: [Shard]

  package init(_ wanted: ShardSource, _ shards: [Shard]) {
    self.wanted = wanted
    self.shards = shards.sorted {
      ($0.paths.lowerBound, $0.paths.upperBound) < ($1.paths.lowerBound, $1.paths.upperBound)
    }
  }

  /// - Throws: All reasons why they are not.
  package func check() throws(FindingsError) {
    var findings = Findings()
    for shard in shards {
      let differences = shard.source.differences(from: wanted)
      guard !differences.isEmpty else { continue }
      findings.error(
        "shard-mismatch", "this shard is of another run: \(differences.joined(separator: "; "))",
        help: differences.contains { $0.hasPrefix("mathFingerprint") }
          ? "walk every shard, and merge them, on machines whose libm answers alike"
          : "give workers and merge the same program, scenario, files, --set, --seed and --paths",
        at: shard.location)
    }
    try findings.throwIfErrors()
    var next = 0
    for shard in shards where !shard.paths.isEmpty {
      if shard.paths.lowerBound < next {
        findings.error(
          "shard-duplicate",
          "the futures \(ShardCover.text(shard.paths.lowerBound..<min(next, shard.paths.upperBound))) "
            + "are in more than one shard",
          help: "take each shard once", at: shard.location)
      }
      next = max(next, shard.paths.upperBound)
    }
    if next > wanted.paths {
      findings.error(
        "shard-mismatch", "there are futures up to \(next), and the run has \(wanted.paths)")
    }
    let missing = missing
    if !missing.isEmpty {
      findings.error(
        "shard-missing",
        "the futures \(missing.map(ShardCover.text).joined(separator: ", ")) are in no shard",
        help: rerun(missing))
    }
    try findings.throwIfErrors()
  }

  /// The futures that no shard has.
  package var missing: [Range<Int>] {
    var missing: [Range<Int>] = []
    var next = 0
    for shard in shards where !shard.paths.isEmpty {
      if shard.paths.lowerBound > next { missing.append(next..<shard.paths.lowerBound) }
      next = max(next, shard.paths.upperBound)
    }
    if next < wanted.paths { missing.append(next..<wanted.paths) }
    return missing
  }

  /// Which parts are missing, where the run was cut in equal ones.
  private func rerun(_ missing: [Range<Int>]) -> String {
    guard let count = shards.lazy.compactMap(\.part?.count).first else {
      return "run: genops worker simulate SCENARIO --futures \(ShardCover.text(missing[0]))"
    }
    let parts = (0..<count).compactMap { ShardPart($0, of: count) }.filter { part in
      missing.contains { $0.overlaps(part.range(of: wanted.paths)) }
    }
    let indices = parts.prefix(20).map { "\($0.index)" }.joined(separator: " ")
    return "run these parts of \(count): \(indices)\(parts.count > 20 ? " …" : "")"
      + "; each with: genops worker simulate SCENARIO --shard N --of \(count) --out FOLDER"
  }

  /// From the first to the last, as `--futures` takes it.
  private static func text(_ range: Range<Int>) -> String {
    "\(range.lowerBound)-\(max(range.lowerBound, range.upperBound - 1))"
  }
}
