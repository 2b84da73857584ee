/// Bytes cut off somewhere or with bits flipped, the same in every run of a seed.
package struct Damage: Sendable {
  private var generator: SeededGenerator

  package init(seed: UInt64) { generator = SeededGenerator(seed) }

  /// `bytes` cut off somewhere or with one to three bits flipped.
  package mutating func applied(to bytes: [UInt8]) -> [UInt8] {
    if generator.chance(50) { return Array(bytes.prefix(generator.below(max(1, bytes.count)))) }
    var damaged = bytes
    for _ in 0...generator.below(3) where !damaged.isEmpty {
      damaged[generator.below(damaged.count)] ^= 1 << UInt8(generator.below(8))
    }
    return damaged
  }
}
