/// A set of fingerprints in two flat arrays, at most three quarters full, doubling: groups of eight
/// members, and beside each group a word with one tag byte per member.
///
/// Most lookups are of members that are not there. They read one word of tags, an eighth of the memory,
/// and nearly always end there: no tag matches and one is free. That branch is predicted, so the
/// processor goes on without waiting for the memory; with a probe member by member, every event of a
/// busy day waits for it. A new member is written without reading its slot.
///
/// It takes at most 24 bytes per member, and half as much again for the moment in which it doubles.
/// The groups are those of Abseil's "Swiss tables" (M. Kulukundis, CppCon 2017), with words of eight
/// bytes in place of vector instructions.
struct FingerprintSet: Sendable {
  /// Eight to a group; a power of two of groups.
  private var slots: [UInt64] = []
  /// By group, a byte for each slot: 0 when it is empty, else bits of the member that do not choose its
  /// group.
  private var tags: [UInt64] = []
  private(set) var count = 0
  /// The most members; further ones are not taken.
  let capacity: Int

  private static let ones: UInt64 = 0x0101_0101_0101_0101
  private static let highs: UInt64 = 0x8080_8080_8080_8080

  init(capacity: Int) { self.capacity = capacity }

  func contains(_ member: UInt64) -> Bool {
    if tags.isEmpty { return false }
    return freeGroup(for: member) == nil
  }

  /// Takes `member`. False when the set is full and does not have it.
  mutating func insert(_ member: UInt64) -> Bool {
    if (count + 1) * 4 > slots.count * 3 {
      if count >= capacity { return contains(member) }
      grow()
    }
    guard let group = freeGroup(for: member) else { return true }
    if count >= capacity { return false }
    place(member, in: group)
    count += 1
    return true
  }

  /// The group with room where `member` belongs; nil when the set has it.
  @inline(__always)
  private func freeGroup(for member: UInt64) -> Int? {
    let mask = tags.count - 1
    let wanted = FingerprintSet.tag(of: member) &* FingerprintSet.ones
    var group = Int(truncatingIfNeeded: member) & mask
    while true {
      let word = tags[group]
      var matches = FingerprintSet.zeroBytes(of: word ^ wanted)
      while matches != 0 {
        if slots[group &* 8 &+ matches.trailingZeroBitCount >> 3] == member { return nil }
        matches &= matches &- 1
      }
      // Groups are filled in order, so what is not in one with room is in none after it.
      if FingerprintSet.zeroBytes(of: word) != 0 { return group }
      group = (group + 1) & mask
    }
  }

  private mutating func place(_ member: UInt64, in group: Int) {
    let shift = FingerprintSet.zeroBytes(of: tags[group]).trailingZeroBitCount & ~7
    slots[group &* 8 &+ shift >> 3] = member
    tags[group] |= FingerprintSet.tag(of: member) << UInt64(shift)
  }

  /// A high bit for each byte that is 0. Above the first of them there may be false ones, which costs a
  /// comparison and nothing else.
  @inline(__always)
  private static func zeroBytes(of word: UInt64) -> UInt64 { (word &- ones) & ~word & highs }

  /// Never 0. The high bits, of which no group depends.
  @inline(__always)
  private static func tag(of member: UInt64) -> UInt64 { member >> 56 | 1 }

  private mutating func grow() {
    let old = slots
    let oldTags = tags
    let groups = max(8, tags.count * 2)
    slots = [UInt64](repeating: 0, count: groups * 8)
    tags = [UInt64](repeating: 0, count: groups)
    for (slot, member) in old.enumerated()
    where oldTags[slot >> 3] >> UInt64(slot & 7 * 8) & 255 != 0 {
      if let group = freeGroup(for: member) { place(member, in: group) }
    }
  }
}
