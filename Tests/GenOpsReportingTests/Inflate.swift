/// Unpacks one block of fixed Huffman codes (RFC 1951, section 3.2.6): the other way round than the program.
enum Inflate {
  /// Nil where the bytes are not such a block.
  static func unpacked(_ bytes: [UInt8]) -> [UInt8]? {
    var place = 0
    func bit() -> Int? {
      guard place < bytes.count * 8 else { return nil }
      defer { place += 1 }
      return Int(bytes[place / 8] >> UInt8(place % 8)) & 1
    }
    func number(_ width: Int) -> Int? {
      var value = 0
      for index in 0..<width {
        guard let bit = bit() else { return nil }
        value |= bit << index
      }
      return value
    }
    func code(_ width: Int, after start: Int = 0) -> Int? {
      var value = start
      for _ in 0..<width {
        guard let bit = bit() else { return nil }
        value = value << 1 | bit
      }
      return value
    }
    func symbol() -> Int? {
      guard let seven = code(7) else { return nil }
      if seven < 0b0011000 { return 256 + seven }
      guard let eight = code(1, after: seven) else { return nil }
      if eight < 0b11000000 { return eight - 0b00110000 }
      if eight < 0b11001000 { return 280 + eight - 0b11000000 }
      return code(1, after: eight).map { 144 + $0 - 0b110010000 }
    }
    // The tables of section 3.2.5, as they stand there.
    let lengths = [
      3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131,
      163,
      195, 227, 258,
    ]
    let lengthBits = [
      0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0,
    ]
    let distances = [
      1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537,
      2049,
      3073, 4097, 6145, 8193, 12289, 16385, 24577,
    ]
    guard number(3) == 0b011 else { return nil }
    var out: [UInt8] = []
    while let symbol = symbol() {
      if symbol < 256 {
        out.append(UInt8(symbol))
        continue
      }
      if symbol == 256 { return (place + 7) / 8 == bytes.count ? out : nil }
      guard symbol <= 285, let more = number(lengthBits[symbol - 257]), let far = code(5), far < 30,
        let rest = number(max(0, far / 2 - 1))
      else { return nil }
      let distance = distances[far] + rest
      guard distance <= out.count else { return nil }
      for _ in 0..<(lengths[symbol - 257] + more) { out.append(out[out.count - distance]) }
    }
    return nil
  }
}
