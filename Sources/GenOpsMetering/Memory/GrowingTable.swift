/// A large table of fingerprints that doubles in small steps.
///
/// First the memory of the next table is made ready, some groups with each step; new members still go to the present
/// one. Then the members go over, two groups with each step, in the order of both tables; new members go to the
/// next one, and a member is looked for in both. The present table is not changed by it, and is then ``spent``.
///
/// A growth takes three quarters of a step for each group. In that time, as each insertion is a step, the members
/// are three quarters of a member for each group more: the tables are never nearly full.
struct GrowingTable: Sendable {
  /// Tables with fewer groups than this double at once.
  static let leastGroups = 2_048
  /// The most members that move when a table doubles at once: three quarters of half of the smallest large one.
  static let mostAtOnce = leastGroups / 2 * 6

  private static let preparedPerStep = 8
  private static let movedPerStep = 2

  private(set) var table = FingerprintTable()
  /// The next table while its memory is made ready, and while members go over; else nil.
  private var preparing: FingerprintTable?
  private var next: FingerprintTable?
  /// Those of ``next``.
  private(set) var nextGroups: FingerprintGroups?
  /// Groups of the present table whose members are in ``next``.
  private var movedGroups = 0
  private(set) var isGrowing = false
  /// The table that a growth left, until someone takes it: to give a large one's memory back takes the system a
  /// millisecond.
  private var spent: FingerprintTable?
  /// Distinct members of both tables.
  private(set) var count = 0
  /// How often a member went from one table to another.
  private(set) var moves = 0

  /// Whether a growth has left a table behind.
  var hasSpent: Bool { spent != nil }

  @inline(__always)
  func contains(_ member: UInt64) -> Bool {
    table.groups.contains(member) || nextGroups?.contains(member) == true
  }

  /// Moves all members of `other` here. `capacity` is the most members there will ever be.
  mutating func take(_ other: inout FingerprintTable, capacity: Int) {
    moves += other.count
    if let before = next?.count {
      next?.take(&other)
      nextGroups = next?.groups
      count += (next?.count ?? before) - before
      return
    }
    let incoming = other.count
    if !isGrowing, table.groups.count < GrowingTable.leastGroups {
      let groups = table.groups.count
      let held = table.count
      table.take(&other, growing: true)
      if table.groups.count != groups { moves += held }
    } else {
      table.take(&other)
    }
    count = table.count
    // Begun before the next of these would fill three quarters, unless nothing more will come.
    if !isGrowing, table.groups.count >= GrowingTable.leastGroups,
      count + incoming > table.groups.count * 6,
      capacity > table.groups.count * 6
    {
      preparing = FingerprintTable(reserving: table.groups.count * 2)
      isGrowing = true
    }
  }

  mutating func takeSpent() -> FingerprintTable? { spent.take() }

  /// One step.
  @inline(never)
  mutating func grow() {
    if preparing != nil {
      if preparing?.prepare(GrowingTable.preparedPerStep) == true {
        next = preparing.take()
        nextGroups = next?.groups
      }
      return
    }
    let end = min(movedGroups + GrowingTable.movedPerStep, table.groups.count)
    while movedGroups < end {
      // What was in both was counted twice.
      count -= next?.take(group: movedGroups, of: table.groups, &moves) ?? 0
      movedGroups += 1
    }
    nextGroups = next?.groups
    if movedGroups == table.groups.count, let grown = next.take() {
      spent = table
      table = grown
      nextGroups = nil
      movedGroups = 0
      isGrowing = false
    }
  }
}
