import GenOpsSimulation

/// Figures of a snapshot that moved alike: in a scenario without chance the mean and every quantile are
/// one number, and so are months of one price.
enum FoldedChange {
  /// Each change that is unlike those before it, with the names of all that are like it.
  static func folded(_ changes: [SnapshotOutcome.Change]) -> [(
    change: SnapshotOutcome.Change, name: String
  )] {
    var groups: [(change: SnapshotOutcome.Change, names: [String])] = []
    for change in changes {
      // What is nil on one side came or went, each for itself.
      let like = groups.firstIndex { isLike($0.change, change) }
      if let like, change.old != nil, change.new != nil {
        groups[like].names.append(change.name)
      } else {
        groups.append((change, [change.name]))
      }
    }
    return groups.map { ($0.change, name($0.names)) }
  }

  private static func isLike(_ a: SnapshotOutcome.Change, _ b: SnapshotOutcome.Change) -> Bool {
    a.unit == b.unit && a.isQuote == b.isQuote && a.old == b.old && a.new == b.new
      && a.reasons == b.reasons
  }

  /// `cost.mean`, `cost.mean, cost.p90`, or `cost.mean and 11 more`.
  private static func name(_ names: [String]) -> String {
    names.count <= 2 ? names.joined(separator: ", ") : "\(names[0]) and \(names.count - 1) alike"
  }
}
