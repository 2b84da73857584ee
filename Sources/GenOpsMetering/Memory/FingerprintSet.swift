/// A set of fingerprints that takes a new one without waiting for memory, and grows in small steps.
///
/// Members go to a small table that stays in the processor's caches, and from there, some thousand
/// at a time, to the large one. A write at random in the large one is a miss of every cache, and
/// the next atomic instruction, a lock or a reference count, would wait for it: that was a third of
/// the time of an event.
///
/// It takes at most 24 bytes per member, and 36 while the large table grows (``GrowingTable``). No insertion moves
/// more than ``mostMoves`` members, however many there are: whoever inserts holds a lock that others wait for.
struct FingerprintSet: Sendable {
  private(set) var recent = FingerprintTable()
  private(set) var settled = GrowingTable()
  /// The most members; further ones are not taken.
  let capacity: Int

  /// At most three quarters of 4,096 slots of 9 bytes.
  static let recentMost = 3_072

  /// A full small table that goes to a large one which still grows at once.
  static let mostMoves = recentMost + GrowingTable.mostAtOnce

  init(capacity: Int) { self.capacity = capacity }

  var count: Int { recent.count + settled.count }

  /// How often a member went from one table to another so far.
  var moves: Int { settled.moves }

  /// Whether a growth has left a table behind; see ``takeSpent()``.
  var hasSpent: Bool { settled.hasSpent }

  /// Memory that is not needed any more.
  mutating func takeSpent() -> FingerprintTable? { settled.takeSpent() }

  @inline(__always)
  func contains(_ member: UInt64) -> Bool {
    recent.groups.contains(member) || settled.contains(member)
  }

  /// Takes `member`. False when the set is full and does not have it.
  mutating func insert(_ member: UInt64) -> Bool { contains(member) || insertNew(member) }

  /// Takes `member`, which the set did not have when it was asked. False when the set is full.
  mutating func insertNew(_ member: UInt64) -> Bool {
    if count >= capacity { return false }
    if settled.isGrowing { settled.grow() }
    if recent.count >= FingerprintSet.recentMost {
      settled.take(&recent, capacity: capacity)
      if settled.contains(member) { return true }
    }
    recent.insert(member)
    return true
  }
}
