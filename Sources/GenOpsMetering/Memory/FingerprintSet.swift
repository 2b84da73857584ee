/// A set of fingerprints in two flat arrays: 8 bytes a slot and a tag byte beside it, at most three
/// quarters full, doubling.
///
/// Most lookups are of members that are not there. They read the tags alone, an eighth of the memory,
/// which stays in the processor's caches when the fingerprints no longer do; without the tags every
/// event of a busy day waits for main memory. A new member is written without reading its slot.
///
/// It takes at most 24 bytes per member, and half as much again for the moment in which it doubles.
struct FingerprintSet: Sendable {
  /// A power of two long, each with one member or none.
  private var slots: [UInt64] = []
  /// As many: 0 for an empty slot, else bits of the member that do not choose its slot.
  private var tags: [UInt8] = []
  private(set) var count = 0
  /// The most members; further ones are not taken.
  let capacity: Int

  init(capacity: Int) { self.capacity = capacity }

  func contains(_ member: UInt64) -> Bool {
    if slots.isEmpty { return false }
    let slot = place(of: member)
    return tags[slot] != 0
  }

  /// Takes `member`. False when the set is full and does not have it.
  mutating func insert(_ member: UInt64) -> Bool {
    if (count + 1) * 4 > slots.count * 3 {
      if count >= capacity { return contains(member) }
      grow()
    }
    let slot = place(of: member)
    if tags[slot] != 0 { return true }
    if count >= capacity { return false }
    slots[slot] = member
    tags[slot] = FingerprintSet.tag(of: member)
    count += 1
    return true
  }

  /// The slot that has `member`, or the empty one where it belongs.
  @inline(__always)
  private func place(of member: UInt64) -> Int {
    let mask = slots.count - 1
    let wanted = FingerprintSet.tag(of: member)
    var slot = Int(truncatingIfNeeded: member) & mask
    while true {
      let tag = tags[slot]
      if tag == 0 || (tag == wanted && slots[slot] == member) { return slot }
      slot = (slot + 1) & mask
    }
  }

  /// The high bits, of which no slot number depends.
  @inline(__always)
  private static func tag(of member: UInt64) -> UInt8 {
    UInt8(truncatingIfNeeded: member >> 56) | 1
  }

  private mutating func grow() {
    let old = zip(slots, tags)
    let size = max(64, slots.count * 2)
    slots = [UInt64](repeating: 0, count: size)
    tags = [UInt8](repeating: 0, count: size)
    for (member, tag) in old where tag != 0 {
      let slot = place(of: member)
      slots[slot] = member
      tags[slot] = tag
    }
  }
}
