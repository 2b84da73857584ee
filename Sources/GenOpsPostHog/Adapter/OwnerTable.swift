import GenOpsGovernance
import GenOpsMetering

/// Whose usage is counted: a number for each attribution, in a bounded memory.
///
/// An application may open a session for each customer or feature of its visitors, and each is kept for as long
/// as the process runs. When they take more than they may, further ones are counted together: what a budget or a
/// mode is bound to stays as it is, so that each decision is the same, and every other name becomes ``others``.
struct OwnerTable {
  /// Stands for the names that are no longer told apart.
  static let others = "(others)"

  private(set) var owners: [Attribution] = []
  /// Attributions that were counted with others.
  private(set) var folded = 0
  private var numbers: [Attribution: Int] = [:]
  private var bytes = 0
  private let mostBytes: Int
  private let bytesPerOwner: Int
  /// What the plan's budgets and modes are bound to.
  private let scopes: [Attribution]

  /// `bytesPerOwner` is what the account keeps for each besides its names.
  init(_ plan: GovernancePlan, mostBytes: Int, bytesPerOwner: Int) {
    scopes = plan.budgets.map(\.scope) + plan.scopedModes.map(\.scope)
    self.mostBytes = mostBytes
    self.bytesPerOwner = bytesPerOwner
  }

  /// The number of an owner, the same for equal attributions, and whether it is a new one.
  mutating func number(_ attribution: Attribution) -> (number: Int, isNew: Bool) {
    if let known = numbers[attribution] { return (known, false) }
    let size = bytesPerOwner + OwnerTable.size(attribution)
    if bytes + size <= mostBytes { return (add(attribution, size), true) }
    folded += 1
    let together = fold(attribution)
    if let known = numbers[together] { return (known, false) }
    // There are no more of these than the values of the plan's scopes allow.
    return (add(together, bytesPerOwner), true)
  }

  private mutating func add(_ attribution: Attribution, _ size: Int) -> Int {
    owners.append(attribution)
    numbers[attribution] = owners.count - 1
    bytes += size
    return owners.count - 1
  }

  private func fold(_ attribution: Attribution) -> Attribution {
    var together = Attribution.none
    for name in Attribution.dimensions {
      guard let value = attribution[name] else { continue }
      let isBound = value.isEmpty || scopes.contains { $0[name] == value }
      together[name] = isBound ? value : OwnerTable.others
    }
    return together
  }

  /// Twice: in the list and as a key.
  private static func size(_ attribution: Attribution) -> Int {
    2 * Attribution.dimensions.reduce(0) { $0 + (attribution[$1]?.utf8.count ?? 0) }
  }
}
