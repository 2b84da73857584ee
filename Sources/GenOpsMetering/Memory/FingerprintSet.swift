/// A set of fingerprints in one flat array: 8 bytes a slot, at most three quarters full, doubling.
///
/// It takes at most 21.4 bytes per member, and half as much again for the moment in which it doubles.
struct FingerprintSet: Sendable {
  /// A power of two long; 0 is an empty slot.
  private var slots: [UInt64] = []
  private(set) var count = 0
  /// The most members; further ones are not taken.
  let capacity: Int

  init(capacity: Int) { self.capacity = capacity }

  func contains(_ member: UInt64) -> Bool {
    if slots.isEmpty { return false }
    let mask = slots.count - 1
    var slot = Int(truncatingIfNeeded: member) & mask
    while slots[slot] != 0 {
      if slots[slot] == member { return true }
      slot = (slot + 1) & mask
    }
    return false
  }

  /// Takes `member`, which is not 0. False when the set is full and does not have it.
  mutating func insert(_ member: UInt64) -> Bool {
    if (count + 1) * 4 > slots.count * 3 {
      if count >= capacity { return contains(member) }
      grow()
    }
    let mask = slots.count - 1
    var slot = Int(truncatingIfNeeded: member) & mask
    while slots[slot] != 0 {
      if slots[slot] == member { return true }
      slot = (slot + 1) & mask
    }
    if count >= capacity { return false }
    slots[slot] = member
    count += 1
    return true
  }

  private mutating func grow() {
    let old = slots
    slots = [UInt64](repeating: 0, count: max(64, old.count * 2))
    let mask = slots.count - 1
    for member in old where member != 0 {
      var slot = Int(truncatingIfNeeded: member) & mask
      while slots[slot] != 0 { slot = (slot + 1) & mask }
      slots[slot] = member
    }
  }
}
