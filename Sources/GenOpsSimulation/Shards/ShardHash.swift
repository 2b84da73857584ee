/// Tells whether lines arrived as they were written: FNV-1a over words of 64 bits.
///
/// It guards against what disks, pipes and copies lose. A worker that lies is not found out.
struct ShardHash {
  private var state: UInt64 = 0xCBF2_9CE4_8422_2325

  /// 16 hexadecimal digits of all lines so far.
  var text: String {
    let digits = String(state, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }

  /// Takes the next line, without its end.
  mutating func add(_ line: some Collection<UInt8>) {
    if line.withContiguousStorageIfAvailable({ mix($0) }) == nil {
      Array(line).withUnsafeBufferPointer { mix($0) }
    }
  }

  private mutating func mix(_ bytes: UnsafeBufferPointer<UInt8>) {
    let raw = UnsafeRawBufferPointer(bytes)
    var position = 0
    while position + 8 <= raw.count {
      let word = raw.loadUnaligned(fromByteOffset: position, as: UInt64.self)
      mix(UInt64(littleEndian: word))
      position += 8
    }
    // What is left, and how long the line was: ("ab", "c") and ("a", "bc") differ.
    var rest: UInt64 = 0
    while position < raw.count {
      rest = rest << 8 | UInt64(raw[position])
      position += 1
    }
    mix(rest)
    mix(UInt64(raw.count))
  }

  private mutating func mix(_ word: UInt64) {
    state = (state ^ word) &* 0x0000_0100_0000_01B3
    // A product moves bits up only; the last byte of a word would reach one byte of the hash.
    state ^= state >> 29
  }
}
