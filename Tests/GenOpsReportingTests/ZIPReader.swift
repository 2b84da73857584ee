/// Reads what an archive holds, by its directory.
struct ZIPReader {
  struct Entry {
    var name: String
    var method: Int
    /// The coding of MS-DOS: its date, then its time.
    var day: Int
    var time: Int
    var sum: UInt32
    var content: [UInt8]
    var text: String { String(decoding: content, as: UTF8.self) }
  }

  let entries: [Entry]

  /// Nil where the parts do not agree with each other.
  init?(_ bytes: [UInt8]) {
    func number(_ place: Int, _ size: Int) -> Int {
      (0..<size).reduce(0) { $0 | Int(bytes[place + $1]) << ($1 * 8) }
    }
    // Without a comment the end is 22 bytes long.
    let end = bytes.count - 22
    guard end >= 0, number(end, 4) == 0x0605_4B50, number(end + 20, 2) == 0 else { return nil }
    var place = number(end + 16, 4)
    guard place + number(end + 12, 4) == end, number(end + 8, 2) == number(end + 10, 2) else {
      return nil
    }
    var entries: [Entry] = []
    var next = 0
    for _ in 0..<number(end + 10, 2) {
      guard number(place, 4) == 0x0201_4B50 else { return nil }
      let (packed, size, length) = (
        number(place + 20, 4), number(place + 24, 4), number(place + 28, 2)
      )
      let (start, local) = (place + 46, number(place + 42, 4))
      // Files follow one another without gaps, and both places say the same of each.
      guard local == next, number(local, 4) == 0x0403_4B50,
        bytes[(local + 4)..<(local + 30)] == bytes[(place + 6)..<(place + 32)],
        bytes[(local + 30)..<(local + 30 + length)] == bytes[start..<(start + length)]
      else { return nil }
      let data = Array(bytes[(local + 30 + length)..<(local + 30 + length + packed)])
      let method = number(place + 10, 2)
      guard let content = method == 0 ? data : Inflate.unpacked(data), content.count == size else {
        return nil
      }
      entries.append(
        Entry(
          name: String(decoding: bytes[start..<(start + length)], as: UTF8.self),
          method: method, day: number(place + 14, 2), time: number(place + 12, 2),
          sum: UInt32(number(place + 16, 4)), content: content))
      next = local + 30 + length + packed
      place = start + length + number(place + 30, 2) + number(place + 32, 2)
    }
    guard next == number(end + 16, 4), place == end else { return nil }
    self.entries = entries
  }

  subscript(name: String) -> String? { entries.first { $0.name == name }?.text }
}
