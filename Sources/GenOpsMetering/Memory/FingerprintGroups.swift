import CKernels

/// Where the groups of a ``FingerprintTable`` lie, and how a member is found in them: plain numbers, so that a
/// lookup counts no references. Each count waits for the memory that the lookup before it has asked for.
///
/// Unchecked, and safe: two addresses and numbers. The memory behind them is held by the same table for as long as it
/// holds these, and is written only while that table alone holds it, so no thread reads what another writes. There is no
/// check of bounds because a group is below the number of groups, and a slot is one of its eight.
struct FingerprintGroups: BitwiseCopyable, @unchecked Sendable {
  private let tags: UnsafeMutablePointer<UInt64>
  private let slots: UnsafeMutablePointer<UInt64>
  /// How many there are, a power of two; fewer while they are made ready step by step.
  private(set) var count = 0
  /// A member's group is in its high bits, so that one table's order is the other's: moving all
  /// members of a table to a larger one goes through both from one end to the other.
  private let shift: UInt64

  private static let ones: UInt64 = 0x0101_0101_0101_0101
  private static let highs: UInt64 = 0x8080_8080_8080_8080

  /// None of the `groups` that there is memory for, a power of two.
  init(_ memory: FingerprintMemory, of groups: Int) {
    tags = memory.tags
    slots = memory.slots
    shift = UInt64(64 - groups.trailingZeroBitCount)
  }

  private init(_ memory: FingerprintMemory, like other: FingerprintGroups) {
    tags = memory.tags
    slots = memory.slots
    count = other.count
    shift = other.shift
  }

  /// Makes `more` groups ready, for which there is memory.
  mutating func prepare(_ more: Int) {
    // Tags alone say which slots are in use; the slots are written so that their pages are there.
    (slots + count * 8).initialize(repeating: 0, count: more * 8)
    (tags + count).initialize(repeating: 0, count: more)
    count += more
  }

  /// The same groups in other memory of the same size.
  func copied(to memory: FingerprintMemory) -> FingerprintGroups {
    memory.tags.initialize(from: tags, count: count)
    memory.slots.initialize(from: slots, count: count * 8)
    return FingerprintGroups(memory, like: self)
  }

  func removeAll() { tags.update(repeating: 0, count: count) }

  @inline(__always)
  func contains(_ member: UInt64) -> Bool { freeGroup(for: member) < 0 }

  /// Asks for the memory that ``contains(_:)`` reads, without waiting for it. In a large table it is in no cache of
  /// the processor, and comes while other things are looked at.
  @inline(__always)
  func fetch(_ member: UInt64) {
    genops_fetch(tags + Int(truncatingIfNeeded: member &>> shift))
  }

  /// Asks for the memory that the members of a group of other groups will be written to.
  @inline(__always)
  func fetch(group: Int, of other: FingerprintGroups) {
    for slot in group &* 8..<group &* 8 &+ other.members(of: group) {
      let group = Int(truncatingIfNeeded: other.slots[slot] &>> shift)
      genops_fetch(tags + group)
      genops_fetch(slots + group &* 8)
    }
  }

  /// How many members a group has: it fills from its first slot on, so there are at most eight.
  @inline(__always)
  func members(of group: Int) -> Int { 8 &- tags[group].leadingZeroBitCount &>> 3 }

  /// Writes the members of a group of other groups, and says how many were not there.
  @inline(__always)
  func place(group: Int, of other: FingerprintGroups) -> Int {
    var placed = 0
    // Both bounds are in the group, whose slots there are.
    for slot in group &* 8..<group &* 8 &+ other.members(of: group) where place(other.slots[slot]) {
      placed &+= 1
    }
    return placed
  }

  /// Writes `member` unless it is there already.
  @inline(__always)
  func place(_ member: UInt64) -> Bool {
    let group = freeGroup(for: member)
    if group < 0 { return false }
    let word = tags[group]
    let bit = FingerprintGroups.zeroBytes(of: word).trailingZeroBitCount & ~7
    slots[group &* 8 &+ bit &>> 3] = member
    tags[group] = word | FingerprintGroups.tag(of: member) &<< UInt64(truncatingIfNeeded: bit)
    return true
  }

  /// The group with room where `member` belongs; negative when it is there.
  @inline(__always)
  private func freeGroup(for member: UInt64) -> Int {
    let wanted = FingerprintGroups.tag(of: member) &* FingerprintGroups.ones
    var group = Int(truncatingIfNeeded: member &>> shift)
    while true {
      let word = tags[group]
      var matches = FingerprintGroups.zeroBytes(of: word ^ wanted)
      while matches != 0 {
        if slots[group &* 8 &+ matches.trailingZeroBitCount &>> 3] == member { return -1 }
        matches &= matches &- 1
      }
      // Groups are filled in order, so what is not in one with room is in none after it: a tag is then 0.
      if word &>> 56 == 0 { return group }
      group = (group &+ 1) & (count &- 1)
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
