/// Bytes packed by RFC 1951: repetitions found by hash chains, in one block of the fixed Huffman codes.
///
/// It is our own because a library's next version may find other repetitions, and the same report has to give
/// the same bytes.
struct Deflate {
  /// How far back a repetition may lie, and its shortest and longest length.
  private static let window = 32_768
  private static let shortest = 3
  private static let longest = 258
  /// Places looked at for each repetition; more pack little better.
  private static let tries = 8

  /// The first length of each code from 257 on, and the first distance of each code, with the bits behind.
  private static let lengths =
    starts(from: shortest, count: 28, group: 4) + [(start: longest, bits: 0)]
  private static let distances = starts(from: 1, count: 30, group: 2)

  private var out: [UInt8] = []
  private var bits: UInt64 = 0
  private var count = 0

  /// The packed bytes.
  static func packed(_ bytes: [UInt8]) -> [UInt8] {
    var deflate = Deflate()
    deflate.pack(bytes)
    return deflate.out
  }

  private mutating func pack(_ bytes: [UInt8]) {
    // The last block, of fixed codes.
    put(0b011, 3)
    var heads = [Int](repeating: -1, count: 1 << 15)
    var before = [Int](repeating: -1, count: bytes.count)
    var place = 0
    /// Remembers that three bytes stand at `place`.
    func remember(_ place: Int) {
      guard place + 2 < bytes.count else { return }
      let key = Deflate.hash(bytes, place)
      before[place] = heads[key]
      heads[key] = place
    }
    while place < bytes.count {
      let (length, distance) = Deflate.repetition(bytes, place, heads, before)
      if length < Deflate.shortest {
        putSymbol(Int(bytes[place]))
        remember(place)
        place += 1
      } else {
        let code = Deflate.code(of: length, in: Deflate.lengths)
        putSymbol(257 + code)
        put(UInt64(length - Deflate.lengths[code].start), Deflate.lengths[code].bits)
        let far = Deflate.code(of: distance, in: Deflate.distances)
        put(Deflate.reversed(UInt64(far), 5), 5)
        put(UInt64(distance - Deflate.distances[far].start), Deflate.distances[far].bits)
        for each in place..<(place + length) { remember(each) }
        place += length
      }
    }
    putSymbol(256)
    while count > 0 { flushByte() }
  }

  /// The longest earlier stretch that equals what stands at `place`; 0 and 0 for none.
  private static func repetition(
    _ bytes: [UInt8], _ place: Int, _ heads: [Int], _ before: [Int]
  ) -> (length: Int, distance: Int) {
    guard place + 2 < bytes.count else { return (0, 0) }
    let most = min(longest, bytes.count - place)
    var best = (length: 0, distance: 0)
    var earlier = heads[hash(bytes, place)]
    var left = tries
    while earlier >= 0, place - earlier <= window, left > 0, best.length < most {
      var length = 0
      while length < most, bytes[earlier + length] == bytes[place + length] { length += 1 }
      if length > best.length { best = (length, place - earlier) }
      earlier = before[earlier]
      left -= 1
    }
    return best
  }

  /// Of three bytes, in 15 bits.
  private static func hash(_ bytes: [UInt8], _ place: Int) -> Int {
    (Int(bytes[place]) << 10 ^ Int(bytes[place + 1]) << 5 ^ Int(bytes[place + 2])) & 0x7FFF
  }

  /// Codes whose ranges double every `group` codes.
  private static func starts(from first: Int, count: Int, group: Int) -> [(start: Int, bits: Int)] {
    var next = first
    return (0..<count).map { code in
      // At most 13 for distances and 5 for lengths.
      let bits = max(0, code / group - 1)
      defer { next += 1 << bits }
      return (next, bits)
    }
  }

  /// The code whose range has the value: the last that does not begin behind it.
  private static func code(of value: Int, in ranges: [(start: Int, bits: Int)]) -> Int {
    (ranges.lastIndex { $0.start <= value }) ?? 0
  }

  /// A byte, the end of the block, or the code of a length, by the fixed code (section 3.2.6).
  private mutating func putSymbol(_ symbol: Int) {
    let (code, width) =
      switch symbol {
      case ..<144: (0x30 + symbol, 8)
      case ..<256: (0x190 + symbol - 144, 9)
      case ..<280: (symbol - 256, 7)
      default: (0xC0 + symbol - 280, 8)
      }
    put(Deflate.reversed(UInt64(code), width), width)
  }

  /// Codes are written from their highest bit on, everything else from its lowest.
  private static func reversed(_ code: UInt64, _ width: Int) -> UInt64 {
    (0..<width).reduce(0) { $0 | (code >> $1 & 1) << (width - 1 - $1) }
  }

  private mutating func put(_ value: UInt64, _ width: Int) {
    bits |= value << count
    count += width
    while count >= 8 { flushByte() }
  }

  private mutating func flushByte() {
    out.append(UInt8(truncatingIfNeeded: bits))
    bits >>= 8
    count = count > 8 ? count - 8 : 0
  }
}
