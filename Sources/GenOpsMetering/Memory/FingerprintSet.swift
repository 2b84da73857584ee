/// A set of fingerprints that takes a new one without waiting for memory.
///
/// Members go to a small table that stays in the processor's caches, and from there, some thousand
/// at a time, to the large one. A write at random in the large one is a miss of every cache, and
/// the next atomic instruction, a lock or a reference count, would wait for it: that was a third of
/// the time of an event.
///
/// It takes at most 24 bytes per member, and half as much again for the moment in which it doubles.
struct FingerprintSet: Sendable {
  private var recent = FingerprintTable()
  private var settled = FingerprintTable()
  /// The most members; further ones are not taken.
  let capacity: Int

  /// At most three quarters of 4,096 slots of 9 bytes.
  private static let recentMost = 3_072

  init(capacity: Int) { self.capacity = capacity }

  var count: Int { recent.count + settled.count }

  func contains(_ member: UInt64) -> Bool {
    recent.contains(member) || settled.contains(member)
  }

  /// Takes `member`. False when the set is full and does not have it.
  mutating func insert(_ member: UInt64) -> Bool { contains(member) || insertNew(member) }

  /// Takes `member`, which the set did not have when it was asked. False when the set is full.
  mutating func insertNew(_ member: UInt64) -> Bool {
    if count >= capacity { return false }
    if recent.count >= FingerprintSet.recentMost {
      settled.take(&recent)
      if settled.contains(member) { return true }
    }
    recent.insert(member)
    return true
  }
}
