/// Fingerprints in two flat arrays, at most three quarters full or a little more: groups of eight members,
/// and beside each group a word with one tag byte per member.
///
/// Most lookups are of members that are not there. They read one word of tags, an eighth of the
/// memory, and nearly always end there: no tag matches and one is free. That branch is predicted,
/// so the processor goes on without waiting for the memory. A new member is written without reading
/// its slot.
///
/// The groups are those of Abseil's "Swiss tables" (M. Kulukundis, CppCon 2017), with words of
/// eight bytes in place of vector instructions. A table is a value: who changes one that shares its memory
/// takes a copy first.
struct FingerprintTable: Sendable {
  private var memory: FingerprintMemory
  /// The ready groups, to be looked into.
  private(set) var groups: FingerprintGroups
  private(set) var count = 0
  /// Groups that there is memory for.
  private let reserved: Int

  /// Groups whose places are asked for before they are written: some dozen lines of memory come at once.
  private static let ahead = 3

  /// An empty table.
  init() { self.init(groups: 8) }

  private init(groups: Int) {
    self.init(reserving: groups)
    _ = prepare(groups)
  }

  /// A table with the memory for `groups`, a power of two, of which none is ready; see ``prepare(_:)``. Nothing
  /// of that memory is touched yet.
  init(reserving groups: Int) {
    memory = FingerprintMemory(groups: groups)
    self.groups = FingerprintGroups(memory, of: groups)
    reserved = groups
  }

  /// Makes `count` groups more ready. True when all are, and the table may be used.
  mutating func prepare(_ count: Int) -> Bool {
    groups.prepare(min(count, reserved - groups.count))
    return groups.count == reserved
  }

  @inline(__always)
  func contains(_ member: UInt64) -> Bool { groups.contains(member) }

  @inline(__always)
  mutating func insert(_ member: UInt64) {
    if (count &+ 1) &* 4 > groups.count &* 24 { resize(groups: groups.count * 2) }
    own()
    if groups.place(member) { count &+= 1 }
  }

  /// Moves all members of `other` here. The writes of many members in one go wait for memory
  /// together. Without `growing` there must be room for them.
  mutating func take(_ other: inout FingerprintTable, growing: Bool = false) {
    if growing {
      var wanted = groups.count
      while (count + other.count) * 4 > wanted * 8 * 3 { wanted *= 2 }
      if wanted != groups.count { resize(groups: wanted) }
    }
    own()
    let from = other.groups
    for group in 0..<from.count {
      let ahead = group + FingerprintTable.ahead
      if ahead < from.count { groups.fetch(group: ahead, of: from) }
      count += groups.place(group: group, of: from)
    }
    other.removeAll()
  }

  /// Copies the members of one group of `other` here and adds their number to `moves`.
  /// - Returns: How many of them were here already.
  mutating func take(group: Int, of other: FingerprintGroups, _ moves: inout Int) -> Int {
    own()
    let placed = groups.place(group: group, of: other)
    count += placed
    let members = other.members(of: group)
    moves += members
    return members - placed
  }

  private mutating func resize(groups wanted: Int) {
    var larger = FingerprintTable(groups: wanted)
    for group in 0..<groups.count { larger.count += larger.groups.place(group: group, of: groups) }
    self = larger
  }

  private mutating func removeAll() {
    own()
    groups.removeAll()
    count = 0
  }

  /// Makes the memory this table's alone.
  @inline(__always)
  private mutating func own() {
    if !isKnownUniquelyReferenced(&memory) { copyMemory() }
  }

  @inline(never)
  private mutating func copyMemory() {
    let copy = FingerprintMemory(groups: reserved)
    groups = groups.copied(to: copy)
    memory = copy
  }
}
