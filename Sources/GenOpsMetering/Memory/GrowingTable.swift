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
  /// The growth under way, if there is one. In an array, as ``spent`` is, because a set is looked into with every
  /// event: a word for what is hardly ever there keeps it small where it is copied.
  private var growth: [Growth] = []
  /// The tables that growths left, until someone takes them: to give a large one's memory back takes the system a
  /// millisecond.
  private var spent: [FingerprintTable] = []
  /// Distinct members of both tables.
  private(set) var count = 0
  /// How often a member went from one table to another.
  private(set) var moves = 0

  private struct Growth {
    var next: FingerprintTable
    /// Whether members go over.
    var isMoving = false
    /// Groups of the present table whose members are in `next`.
    var movedGroups = 0
  }

  var isGrowing: Bool { !growth.isEmpty }

  /// Whether a growth has left a table behind.
  var hasSpent: Bool { !spent.isEmpty }

  @inline(__always)
  func contains(_ member: UInt64) -> Bool {
    table.contains(member) || isGrowing && nextContains(member)
  }

  @inline(never)
  private func nextContains(_ member: UInt64) -> Bool {
    growth[0].isMoving && growth[0].next.contains(member)
  }

  /// Moves all members of `other` here. `capacity` is the most members there will ever be.
  mutating func take(_ other: inout FingerprintTable, capacity: Int) {
    moves += other.count
    if isGrowing, growth[0].isMoving {
      let before = growth[0].next.count
      growth[0].next.take(&other)
      count += growth[0].next.count - before
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
      growth = [Growth(next: FingerprintTable(reserving: table.groups * 2))]
    }
  }

  mutating func takeSpent() -> FingerprintTable? { spent.popLast() }

  /// One step.
  @inline(never)
  mutating func grow() {
    if !growth[0].isMoving {
      growth[0].isMoving = growth[0].next.prepare(GrowingTable.preparedPerStep)
      return
    }
    var moved = growth[0].movedGroups
    let end = min(moved + GrowingTable.movedPerStep, table.groups)
    while moved < end {
      // What was in both was counted twice.
      count -= growth[0].next.take(group: moved, of: table, &moves)
      moved += 1
    }
    growth[0].movedGroups = moved
    if moved == table.groups {
      spent = [table]
      table = growth[0].next
      growth = []
    }
  }
}
