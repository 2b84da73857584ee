import CKernels

/// Finds out which of a few known keys a key is, by its length and three of its bytes.
struct KeyTable: ~Copyable {
  /// By group, the slot of its first key; ``none`` where there is none.
  private let groups: UnsafeMutablePointer<UInt8>
  /// By slot, the next slot of its group.
  private let following: UnsafeMutablePointer<UInt8>
  /// By slot, the length of the key, and its bytes.
  private let counts: UnsafeMutablePointer<Int>
  private let keys: UnsafeMutablePointer<UInt8>
  private let longest: Int
  private let multiplier: UInt32

  static let none: UInt8 = .max
  private static let slotCount = 64
  private static let groupCount = 256

  /// Keys with their slots, which are below 64. Of equal keys the first counts.
  init(_ known: [(key: String, slot: Int)]) {
    let known = known.filter { !$0.key.isEmpty && (0..<KeyTable.slotCount).contains($0.slot) }
    let texts = known.map { Array($0.key.utf8) }
    // One of a few multipliers gives every key a group of its own, or nearly so.
    var multiplier: UInt32 = 2_654_435_761
    var crowded = Int.max
    for number in 0..<64 where crowded > 0 {
      let other = 2_654_435_761 &+ UInt32(number) &* 81_006
      let shared = texts.count - Set(texts.map { KeyTable.group(of: $0, other) }).count
      if shared < crowded { (multiplier, crowded) = (other, shared) }
    }
    self.multiplier = multiplier
    longest = texts.map(\.count).max() ?? 0
    groups = .allocate(capacity: KeyTable.groupCount)
    groups.initialize(repeating: KeyTable.none, count: KeyTable.groupCount)
    following = .allocate(capacity: KeyTable.slotCount)
    following.initialize(repeating: KeyTable.none, count: KeyTable.slotCount)
    counts = .allocate(capacity: KeyTable.slotCount)
    counts.initialize(repeating: 0, count: KeyTable.slotCount)
    keys = .allocate(capacity: KeyTable.slotCount * max(1, longest))
    keys.initialize(repeating: 0, count: KeyTable.slotCount * max(1, longest))
    for (entry, text) in zip(known, texts).reversed() {
      let group = KeyTable.group(of: text, multiplier)
      counts[entry.slot] = text.count
      for (place, byte) in text.enumerated() { keys[entry.slot * longest + place] = byte }
      following[entry.slot] = groups[group]
      // Below 64.
      groups[group] = UInt8(entry.slot)
    }
  }

  deinit {
    groups.deallocate()
    following.deallocate()
    counts.deallocate()
    keys.deallocate()
  }

  private static func group(of text: [UInt8], _ multiplier: UInt32) -> Int {
    text.withUnsafeBufferPointer { bytes in
      bytes.baseAddress.map { group(of: $0, count: bytes.count, multiplier) } ?? 0
    }
  }

  @inline(__always)
  private static func group(
    of key: UnsafePointer<UInt8>, count: Int, _ multiplier: UInt32
  ) -> Int {
    let mixed =
      UInt32(truncatingIfNeeded: count) | UInt32(key[0]) << 8 | UInt32(key[count &- 1]) << 16
      | UInt32(key[count >> 1]) << 24
    return Int(truncatingIfNeeded: (mixed &* multiplier) >> 24)
  }

  /// The slot of the key of `count` bytes at `key`; ``none`` for a key that is not known.
  @inline(__always)
  borrowing func slot(of key: UnsafePointer<UInt8>, count: Int) -> UInt8 {
    if count == 0 { return KeyTable.none }
    var slot = groups[KeyTable.group(of: key, count: count, multiplier)]
    while slot != KeyTable.none {
      let place = Int(slot)
      if counts[place] == count, genops_same(keys + place &* longest, key, count) { return slot }
      slot = following[place]
    }
    return KeyTable.none
  }
}
