/// 64-bit fingerprints of texts and tuples, for sets that must stay small.
///
/// Two different inputs share one with probability 2⁻⁶⁴; among ten million events of a day a false
/// duplicate is to be expected once in about 370,000 such days. Not a cryptographic hash: a seed
/// that strangers do not know keeps them from making collisions.
struct Fingerprint: Sendable {
  private var state: UInt64

  init(seed: UInt64) { state = seed ^ 0x9E37_79B9_7F4A_7C15 }

  /// Each step is a bijection of the state for a given word, so no information about a word is lost
  /// before the next.
  @inline(__always)
  mutating func add(_ word: UInt64) {
    state = (state ^ word) &* 0xD6E8_FEB8_6659_FD93
    state ^= state >> 32
  }

  @inline(__always)
  mutating func add(_ text: String) {
    let known: Void? = text.utf8.withContiguousStorageIfAvailable { bytes in
      add(UnsafeRawBufferPointer(bytes))
    }
    if known == nil {  // A bridged string; none on Linux.
      Array(text.utf8).withUnsafeBytes { add($0) }
    }
  }

  /// Eight bytes at a time, little-endian, the last eight over those before them: the length, which
  /// comes last, says how far. It also tells "a" from "a\0".
  @inline(__always)
  mutating func add(_ bytes: UnsafeRawBufferPointer) {
    var offset = 0
    while offset + 8 < bytes.count {
      add(UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self)))
      offset += 8
    }
    if bytes.count >= 8 {
      let last = bytes.loadUnaligned(fromByteOffset: bytes.count - 8, as: UInt64.self)
      add(UInt64(littleEndian: last))
    } else {
      var short: UInt64 = 0
      for byte in bytes { short = short << 8 | UInt64(byte) }
      add(short)
    }
    add(UInt64(bytes.count))
  }

  /// Never 0, which marks an empty slot. The finalizer of MurmurHash3 (A. Appleby, public domain).
  @inline(__always)
  var value: UInt64 {
    var x = state
    x ^= x >> 33
    x &*= 0xFF51_AFD7_ED55_8CCD
    x ^= x >> 33
    x &*= 0xC4CE_B9FE_1A85_EC53
    x ^= x >> 33
    return x == 0 ? 1 : x
  }
}
