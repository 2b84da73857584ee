import CGSL
import Testing

@testable import GenOpsNumerics

@Suite("Philox4x32-10")
struct PhiloxTests {
  /// The known answers of Random123 (`kat_vectors`, philox4x32 with 10 rounds): counter, key,
  /// output.
  static let known: [(counter: [UInt32], key: [UInt32], output: [UInt32])] = [
    (
      [0, 0, 0, 0], [0, 0], [0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8]
    ),
    (
      [.max, .max, .max, .max], [.max, .max],
      [0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd]
    ),
    (
      [0x243f_6a88, 0x85a3_08d3, 0x1319_8a2e, 0x0370_7344], [0xa409_3822, 0x299f_31d0],
      [0xd16c_fe09, 0x94fd_cceb, 0x5001_e420, 0x2412_6ea1]
    ),
  ]

  @Test("gives the known answers of Random123", arguments: known)
  func knownAnswers(counter: [UInt32], key: [UInt32], output: [UInt32]) {
    var words = [UInt32](repeating: 0, count: 4 * Int(GENOPS_PHILOX_LANES))
    genops_philox_lanes(
      key, counter[3], counter[2], UInt64(counter[1]) << 32 | UInt64(counter[0]), &words)
    #expect(Array(words[0..<4]) == output)
  }

  @Test("every lane of a group is the block of its own counter")
  func lanes() {
    let key: [UInt32] = [7, 9]
    let lanes = Int(GENOPS_PHILOX_LANES)
    var group = [UInt32](repeating: 0, count: 4 * lanes)
    let first = UInt64(UInt32.max) - 2  // the carry into the second counter word is inside
    genops_philox_lanes(key, 3, 5, first, &group)
    for lane in 0..<lanes {
      var alone = [UInt32](repeating: 0, count: 4 * lanes)
      genops_philox_lanes(key, 3, 5, first + UInt64(lane), &alone)
      let here = group[4 * lane..<4 * lane + 4]
      #expect(Array(here) == Array(alone[0..<4]))
    }
  }

  @Test("the words of a generator are the blocks in order, whatever the size of a refill")
  func wordsInOrder() {
    let key = RandomKey(bits: 0x0123_4567_89AB_CDEF)
    var generator = RandomGenerator(key, path: 11, step: 13)
    let lanes = Int(GENOPS_PHILOX_LANES)
    for first in stride(from: 0, to: 96, by: lanes) {
      var blocks = [UInt32](repeating: 0, count: 4 * lanes)
      genops_philox_lanes([0x89AB_CDEF, 0x0123_4567], 11, 13, UInt64(first), &blocks)
      for word in blocks { #expect(generator.word() == word) }
    }
  }

  @Test("two states share no cache line")
  func padding() {
    #expect(MemoryLayout<genops_philox_state>.size >= 64 * 6)
    let generator = RandomGenerator()
    #expect(UInt(bitPattern: generator.philox) % 64 == 0)
  }
}
