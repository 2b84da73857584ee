import Foundation
package import GenOpsScenario
package import GenOpsUnits

/// A worker's part of a run: walks a range of futures and says each block of them in a line, and what it was in the last.
///
/// ```
/// {"shard":"futures","plan":"5d41…","first":0,"count":64,"data":"AAAA…"}
/// {"shard":"end","first":0,"count":640,"rows":10,"hash":"9ae1…","plan":"5d41…","version":"0.1.0","seed":7,…}
/// ```
///
/// A line holds no tab and no line end, so that it goes through any program that carries text. The numbers of a
/// future depend on its number alone, so that where a run is cut changes none of them.
package struct ShardWalk {
  package let source: ShardSource
  private let worker: PathWorker

  /// - Throws: What makes the plan one that cannot be walked.
  package init(_ plan: Plan) throws(FindingsError) {
    source = ShardSource(plan)
    worker = try PathWorker(plan, recorded: try Simulation.recorded(plan), studiesFaults: true)
  }

  /// Walks `paths` and gives each line, without its end, to `write`. A shard without its last line is not one.
  package func run(
    _ paths: Range<Int>, part: ShardPart? = nil,
    write: (String) throws(FindingsError) -> Void
  ) throws(FindingsError) {
    try ScenarioRun.checkSize(worker.plan, paths: max(1, paths.count))
    var hash = ShardHash()
    var rows = 0
    for first in stride(from: paths.lowerBound, to: paths.upperBound, by: Simulation.blockSize) {
      // The bound is below the first's successor by the stride.
      let range = first..<min(paths.upperBound, first + Simulation.blockSize)
      let data = Data(try worker.walk(range).packed).base64EncodedString()
      let line =
        "{\"shard\":\"futures\",\"plan\":\"\(source.plan)\",\"first\":\(range.lowerBound),"
        + "\"count\":\(range.count),\"data\":\"\(data)\"}"
      hash.add(line.utf8)
      rows += 1
      try write(line)
    }
    var members: [JSONValue.Member] = [
      .init("shard", "end"), .init("first", .integer(paths.lowerBound)),
      .init("count", .integer(paths.count)), .init("rows", .integer(rows)),
      .init("hash", .string(hash.text)),
    ]
    members += source.members
    if let part {
      members += [.init("index", .integer(part.index)), .init("of", .integer(part.count))]
    }
    try write(JSONValue.object(members).description)
  }
}
