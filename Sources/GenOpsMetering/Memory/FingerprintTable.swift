/// Fingerprints in two flat arrays, at most three quarters full or a little more: groups of eight members,
/// and beside each group a word with one tag byte per member.
///
/// Most lookups are of members that are not there. They read one word of tags, an eighth of the
/// memory, and nearly always end there: no tag matches and one is free. That branch is predicted,
/// so the processor goes on without waiting for the memory. A new member is written without reading
/// its slot.
///
/// The groups are those of Abseil's "Swiss tables" (M. Kulukundis, CppCon 2017), with words of
/// eight bytes in place of vector instructions.
struct FingerprintTable: Sendable {
  /// Eight to a group; a power of two of groups.
  private var slots: [UInt64] = []
  /// By group, a byte for each slot: 0 when it is empty, else bits of the member that do not choose
  /// its group.
  private var tags: [UInt64] = []
  private(set) var count = 0
  /// A member's group is in its high bits, so that one table's order is the other's: moving all
  /// members of a table to a larger one goes through both from one end to the other.
  private var shift: UInt64 = 0

  /// Groups that a table which is made ready step by step will have.
  private var reserved = 0

  private static let ones: UInt64 = 0x0101_0101_0101_0101
  private static let highs: UInt64 = 0x8080_8080_8080_8080

  init() {}

  /// A table with the memory for `groups`, a power of two, of which none is ready; see ``prepare(_:)``. Nothing
  /// of that memory is touched yet.
  init(reserving groups: Int) {
    slots.reserveCapacity(groups * 8)
    tags.reserveCapacity(groups)
    reserved = groups
  }

  var groups: Int { tags.count }

  /// Makes `count` groups more ready. True when all are, and the table may be used.
  mutating func prepare(_ count: Int) -> Bool {
    let more = min(count, reserved - tags.count)
    slots.append(contentsOf: repeatElement(0, count: more * 8))
    tags.append(contentsOf: repeatElement(0, count: more))
    guard tags.count == reserved else { return false }
    shift = UInt64(64 - reserved.trailingZeroBitCount)
    return true
  }

  @inline(__always)
  func contains(_ member: UInt64) -> Bool { !tags.isEmpty && freeGroup(for: member) == nil }

  mutating func insert(_ member: UInt64) {
    if (count + 1) * 4 > slots.count * 3 { resize(groups: max(8, tags.count * 2)) }
    place(member)
  }

  /// Moves all members of `other` here. The writes of many members in one go wait for memory
  /// together. Without `growing` there must be room for them.
  mutating func take(_ other: inout FingerprintTable, growing: Bool = false) {
    if growing {
      var groups = max(8, tags.count)
      while (count + other.count) * 4 > groups * 8 * 3 { groups *= 2 }
      if groups != tags.count { resize(groups: groups) }
    }
    other.each { place($0) }
    other.removeAll()
  }

  /// Copies the members of one group of `other` here and adds their number to `moves`.
  /// - Returns: How many of them were here already.
  mutating func take(group: Int, of other: borrowing FingerprintTable, _ moves: inout Int) -> Int {
    let word = other.tags[group]
    if word == 0 { return 0 }
    // A group fills from its first slot on.
    let members = 8 - word.leadingZeroBitCount >> 3
    let before = count
    // Both bounds are in the group, whose slots there are.
    for slot in group &* 8..<group &* 8 &+ members { place(other.slots[slot]) }
    moves += members
    return members - (count - before)
  }

  private mutating func resize(groups: Int) {
    let old = self
    slots = [UInt64](repeating: 0, count: groups * 8)
    tags = [UInt64](repeating: 0, count: groups)
    shift = UInt64(64 - groups.trailingZeroBitCount)
    count = 0
    old.each { place($0) }
  }

  private mutating func removeAll() {
    for group in tags.indices { tags[group] = 0 }
    count = 0
  }

  private func each(_ body: (UInt64) -> Void) {
    for (group, word) in tags.enumerated() where word != 0 {
      // A group fills from its first slot on.
      for slot in 0..<(8 - word.leadingZeroBitCount >> 3) { body(slots[group &* 8 &+ slot]) }
    }
  }

  /// Writes `member` unless it is there already.
  @inline(__always)
  private mutating func place(_ member: UInt64) {
    guard let group = freeGroup(for: member) else { return }
    let shift = FingerprintTable.zeroBytes(of: tags[group]).trailingZeroBitCount & ~7
    slots[group &* 8 &+ shift >> 3] = member
    tags[group] |= FingerprintTable.tag(of: member) << UInt64(shift)
    count &+= 1
  }

  /// The group with room where `member` belongs; nil when it is there.
  @inline(__always)
  private func freeGroup(for member: UInt64) -> Int? {
    let mask = tags.count - 1
    let wanted = FingerprintTable.tag(of: member) &* FingerprintTable.ones
    var group = Int(truncatingIfNeeded: member >> shift)
    while true {
      let word = tags[group]
      var matches = FingerprintTable.zeroBytes(of: word ^ wanted)
      while matches != 0 {
        if slots[group &* 8 &+ matches.trailingZeroBitCount >> 3] == member { return nil }
        matches &= matches &- 1
      }
      // Groups are filled in order, so what is not in one with room is in none after it.
      if FingerprintTable.zeroBytes(of: word) != 0 { return group }
      group = (group + 1) & mask
    }
  }

  /// A high bit for each byte that is 0. Above the first of them there may be false ones, which
  /// costs a comparison and nothing else.
  @inline(__always)
  private static func zeroBytes(of word: UInt64) -> UInt64 { (word &- ones) & ~word & highs }

  /// Never 0. The low bits, of which no group depends.
  @inline(__always)
  private static func tag(of member: UInt64) -> UInt64 { member & 255 | 1 }
}
