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

  private var table = FingerprintTable()
  private var next = FingerprintTable()
  private(set) var isGrowing = false
  /// Whether members go over.
  private var isMoving = false
  /// Groups of ``table`` whose members are in ``next``.
  private var movedGroups = 0
  /// Distinct members of both tables.
  private(set) var count = 0
  /// The table that the last growth left, until someone takes it: to give a large one's memory back takes the
  /// system a millisecond.
  private(set) var spent: FingerprintTable?
  /// How often a member went from one table to another.
  private(set) var moves = 0

  func contains(_ member: UInt64) -> Bool {
    table.contains(member) || isMoving && next.contains(member)
  }

  /// Moves all members of `other` here. `capacity` is the most members there will ever be.
  mutating func take(_ other: inout FingerprintTable, capacity: Int) {
    moves += other.count
    if isMoving {
      let before = next.count
      next.take(&other)
      count += next.count - before
      return
    }
    let incoming = other.count
    if !isGrowing, table.groups < GrowingTable.leastGroups {
      let groups = table.groups
      let held = table.count
      table.take(&other, growing: true)
      if table.groups != groups { moves += held }
    } else {
      table.take(&other)
    }
    count = table.count
    // Begun before the next of these would fill three quarters, unless nothing more will come.
    if !isGrowing, table.groups >= GrowingTable.leastGroups, count + incoming > table.groups * 6,
      capacity > table.groups * 6
    {
      isGrowing = true
      next = FingerprintTable(reserving: table.groups * 2)
    }
  }

  mutating func takeSpent() -> FingerprintTable? {
    defer { spent = nil }
    return spent
  }

  /// One step.
  @inline(never)
  mutating func grow() {
    if !isMoving {
      isMoving = next.prepare(GrowingTable.preparedPerStep)
      return
    }
    let end = min(movedGroups + GrowingTable.movedPerStep, table.groups)
    while movedGroups < end {
      let copies = next.take(group: movedGroups, of: table, &moves)
      // What was in both was counted twice.
      count -= copies
      movedGroups += 1
    }
    if movedGroups == table.groups {
      spent = table
      table = next
      next = FingerprintTable()
      (isGrowing, isMoving, movedGroups) = (false, false, 0)
    }
  }
}
