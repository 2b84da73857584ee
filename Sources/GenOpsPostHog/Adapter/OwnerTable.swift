import GenOpsGovernance
import GenOpsMetering

/// Whose usage is counted: a number for each attribution, in a bounded memory.
///
/// An application may open a session for each customer or feature of its visitors. An attribution that no view and
/// no session holds is dropped when it is idle; its number, and what is kept by it, is then another's that budgets
/// and modes treat alike. When all that are held take more than they may, further ones are counted together: what
/// a budget or a mode is bound to stays as it is, so that each decision is the same, and every other name becomes
/// ``others``.
struct OwnerTable {
  /// Stands for the names that are no longer told apart.
  static let others = "(others)"

  /// How an attribution came by its number.
  enum Place {
    case known, new
    /// It was another's, which budgets and modes treated alike.
    case reused
  }

  /// By number; nil for one that is free.
  private(set) var owners: [Attribution?] = []
  /// Attributions that were counted with others.
  private(set) var folded = 0
  private var numbers: [Attribution: Int] = [:]
  /// How many views and sessions hold each number.
  private var holders: [Int] = []
  /// Free numbers, by what budgets and modes see of the attribution that they had.
  private var free: [Attribution: [Int]] = [:]
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

  /// How many are kept.
  var count: Int { numbers.count }

  /// The attribution of a number; `none` for one that is free.
  subscript(number: Int) -> Attribution { owners[number] ?? .none }

  /// The number of an owner, the same for equal attributions, held until ``release(_:)``.
  mutating func hold(_ attribution: Attribution) -> (number: Int, place: Place) {
    let (number, place) = number(attribution)
    holders[number] += 1
    return (number, place)
  }

  mutating func release(_ number: Int) { holders[number] = max(0, holders[number] - 1) }

  /// Whether it may be dropped. The first is the account's own.
  func isFree(_ number: Int) -> Bool {
    number > 0 && holders[number] == 0 && owners[number] != nil
  }

  /// Forgets an owner; its number waits for another that is seen alike.
  mutating func drop(_ number: Int) {
    guard let attribution = owners[number] else { return }
    owners[number] = nil
    numbers[attribution] = nil
    bytes -= OwnerTable.size(attribution)
    free[fold(attribution), default: []].append(number)
  }

  /// What budgets and modes see of an attribution.
  func fold(_ attribution: Attribution) -> Attribution {
    var together = Attribution.none
    for name in Attribution.dimensions {
      guard let value = attribution[name] else { continue }
      let isBound = value.isEmpty || scopes.contains { $0[name] == value }
      together[name] = isBound ? value : OwnerTable.others
    }
    return together
  }

  private mutating func number(_ attribution: Attribution) -> (number: Int, place: Place) {
    if let known = numbers[attribution] { return (known, .known) }
    if let reused = reuse(attribution) { return (reused, .reused) }
    let size = bytesPerOwner + OwnerTable.size(attribution)
    if bytes + size <= mostBytes { return (add(attribution, size), .new) }
    folded += 1
    let together = fold(attribution)
    if let known = numbers[together] { return (known, .known) }
    if let reused = reuse(together) { return (reused, .reused) }
    // There are no more of these than the values of the plan's scopes allow.
    return (add(together, bytesPerOwner), .new)
  }

  private mutating func reuse(_ attribution: Attribution) -> Int? {
    guard !free.isEmpty, let number = free[fold(attribution)]?.popLast() else { return nil }
    owners[number] = attribution
    numbers[attribution] = number
    bytes += OwnerTable.size(attribution)
    return number
  }

  private mutating func add(_ attribution: Attribution, _ size: Int) -> Int {
    owners.append(attribution)
    holders.append(0)
    numbers[attribution] = owners.count - 1
    bytes += size
    return owners.count - 1
  }

  /// Twice: in the list and as a key.
  private static func size(_ attribution: Attribution) -> Int {
    2 * Attribution.dimensions.reduce(0) { $0 + (attribution[$1]?.utf8.count ?? 0) }
  }
}
