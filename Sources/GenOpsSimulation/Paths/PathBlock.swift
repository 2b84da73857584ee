/// What a range of paths came to. Blocks are joined in the order of their paths.
struct PathBlock: Sendable {
  /// By option; the first is "as is".
  var tables: [PathTable]
  /// The values of the plan's draws.
  var values: PathColumn<Double>
  /// By path then fault; of the first ``FaultStudy/paths`` paths, where the plan has faults.
  var faults: [[FaultSample]] = []
  /// Whether a day's usage was cut somewhere.
  var wasCut = false

  mutating func append(_ other: PathBlock) {
    for index in tables.indices { tables[index].append(other.tables[index]) }
    values.append(other.values)
    faults += other.faults
    wasCut = wasCut || other.wasCut
  }
}
