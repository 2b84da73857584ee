/// SHA-1 and SHA-256 (FIPS 180-4), for provenance and for PostHog's flag hash.
///
/// The packages that apps embed have no cryptography dependency; these digests are fingerprints,
/// not secrets.
public enum Digest {
  /// SHA-256 as 64 hex digits.
  public static func sha256(_ bytes: some Collection<UInt8>) -> String {
    hex(sha256Bytes(bytes))
  }

  /// SHA-1 as 40 hex digits.
  public static func sha1(_ bytes: some Collection<UInt8>) -> String { hex(sha1Bytes(bytes)) }

  /// Two hex digits for each byte.
  package static func hex(_ bytes: [UInt8]) -> String {
    let digits = Array("0123456789abcdef".utf8)
    return String(
      decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }

  /// The 32 bytes of SHA-256.
  public static func sha256Bytes(_ bytes: some Collection<UInt8>) -> [UInt8] {
    var digest = SHA256Digest()
    digest.add(bytes)
    return digest.value
  }

  /// The 20 bytes of SHA-1.
  public static func sha1Bytes(_ bytes: some Collection<UInt8>) -> [UInt8] {
    var state: [UInt32] = [0x6745_2301, 0xEFCD_AB89, 0x98BA_DCFE, 0x1032_5476, 0xC3D2_E1F0]
    eachBlock(bytes) { w in
      var schedule = w
      for i in 16..<80 {
        schedule.append(
          rotatedLeft(schedule[i - 3] ^ schedule[i - 8] ^ schedule[i - 14] ^ schedule[i - 16], 1))
      }
      var (a, b, c, d, e) = (state[0], state[1], state[2], state[3], state[4])
      for i in 0..<80 {
        let (f, k): (UInt32, UInt32) =
          switch i {
          case 0..<20: ((b & c) | (~b & d), 0x5A82_7999)
          case 20..<40: (b ^ c ^ d, 0x6ED9_EBA1)
          case 40..<60: ((b & c) | (b & d) | (c & d), 0x8F1B_BCDC)
          default: (b ^ c ^ d, 0xCA62_C1D6)
          }
        let next = rotatedLeft(a, 5) &+ f &+ e &+ k &+ schedule[i]
        (e, d, c, b, a) = (d, c, rotatedLeft(b, 30), a, next)
      }
      state[0] &+= a
      state[1] &+= b
      state[2] &+= c
      state[3] &+= d
      state[4] &+= e
    }
    return bigEndian(state)
  }

  private static func rotatedLeft(_ x: UInt32, _ n: UInt32) -> UInt32 { x << n | x >> (32 - n) }
  static func bigEndian(_ words: [UInt32]) -> [UInt8] {
    words.flatMap { word in [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: word >> $0) } }
  }

  /// Pads the message and hands out its 512-bit blocks as 16 big-endian words.
  private static func eachBlock(_ bytes: some Collection<UInt8>, _ body: ([UInt32]) -> Void) {
    let message = Array(bytes) + padding(behind: bytes.count)
    for start in stride(from: 0, to: message.count, by: 64) {
      body(words(message[start..<start + 64]))
    }
  }

  /// What fills the last block behind `count` bytes, their number at its end.
  static func padding(behind count: Int) -> [UInt8] {
    let zeros = (119 - count % 64) % 64
    let bits = UInt64(count) &* 8
    return [0x80] + [UInt8](repeating: 0, count: zeros)
      + stride(from: 56, through: 0, by: -8).map { UInt8(truncatingIfNeeded: bits >> UInt64($0)) }
  }

  /// A block of 64 bytes as 16 big-endian words.
  static func words(_ block: ArraySlice<UInt8>) -> [UInt32] {
    (0..<16).map { word in
      (0..<4).reduce(UInt32(0)) { $0 << 8 | UInt32(block[block.startIndex + word * 4 + $1]) }
    }
  }
}
