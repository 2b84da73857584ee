/// The form of an IP address.
enum AddressForm {
  static func occurs(in bytes: [UInt8]) -> Bool {
    var index = 0
    while index < bytes.count {
      let isBeginning = index == 0 || !bytes[index - 1].isAlphanumeric
      if isBeginning, bytes[index].isDigit, let end = quad(bytes, from: index),
        !isPart(bytes, index, end), !isVersion(bytes, index, end)
      {
        return true
      }
      if isBeginning, index == 0 || bytes[index - 1] != 58,
        bytes[index] == 58 || isHex(bytes[index])
      {
        let end = bytes[index...].prefix(46).firstIndex { !isHex($0) && $0 != 58 }
        if isLongAddress(bytes, index, end ?? min(bytes.count, index + 46)) { return true }
      }
      index += 1
    }
    return false
  }

  /// Behind four numbers up to 255 with full stops between; nil when there are none.
  private static func quad(_ bytes: [UInt8], from start: Int) -> Int? {
    var index = start
    for part in 0..<4 {
      var value = 0
      let first = index
      while index < bytes.count, index - first < 3, bytes[index].isDigit {
        value = value * 10 + Int(bytes[index]) - 48
        index += 1
      }
      guard index > first, value <= 255 else { return nil }
      if part == 3 { return index }
      guard index < bytes.count, bytes[index] == 46 else { return nil }
      index += 1
    }
    return nil
  }

  /// Whether a longer number, a word or the name of a file goes on before or behind.
  private static func isPart(_ bytes: [UInt8], _ start: Int, _ end: Int) -> Bool {
    if start > 1, bytes[start - 1] == 46, bytes[start - 2].isDigit { return true }
    guard end < bytes.count else { return false }
    if bytes[end].isAlphanumeric { return true }
    return end + 1 < bytes.count && bytes[end] == 46
      && (bytes[end + 1].isDigit || isFile(bytes[(end + 1)...]))
  }

  private static func isFile(_ rest: ArraySlice<UInt8>) -> Bool {
    [
      "tar", "tgz", "zip", "gz", "exe", "dll", "msi", "dmg", "pkg", "deb", "rpm", "jar", "whl",
      "apk",
    ]
    .contains {
      rest.starts(with: $0.utf8) && rest.dropFirst($0.utf8.count).first?.isAlphanumeric != true
    }
  }

  /// Four numbers of a version: `119.0.0.0`, `Chrome/119.0.1.2`, `version 1.2.3.4`, `1.2.3.4-beta`. An
  /// address that ends in three zeros names a network and not a person, one that begins with 255 a mask.
  private static func isVersion(_ bytes: [UInt8], _ start: Int, _ end: Int) -> Bool {
    if bytes[start..<end].suffix(6).elementsEqual(".0.0.0".utf8) { return true }
    if bytes[start..<end].starts(with: "255.".utf8) { return true }
    if end + 1 < bytes.count, bytes[end] == 45 || bytes[end] == 43, bytes[end + 1].isLetter {
      return true
    }
    var index = start
    if index > 0, bytes[index - 1] == 47 {
      index -= 1
      let slash = index
      while index > 0,
        bytes[index - 1].isAlphanumeric || [43, 45, 46, 95].contains(bytes[index - 1])
      {
        index -= 1
      }
      let isFirst =
        index == 0 || bytes[index - 1] <= 32 || [34, 40, 44, 59].contains(bytes[index - 1])
      return index < slash && bytes[index].isLetter && isFirst
    }
    while index > 0, start - index < 4, [32, 45, 46, 58, 61, 34, 39, 95].contains(bytes[index - 1])
    {
      index -= 1
    }
    let last = index
    while index > 0, bytes[index - 1].isLetter { index -= 1 }
    let word = bytes[index..<last].map { $0 | 32 }
    return ["version", "ver", "v", "release", "build", "firmware", "rev", "revision"]
      .contains { word.elementsEqual($0.utf8) }
  }

  private static func isHex(_ byte: UInt8) -> Bool {
    byte.isDigit || (97...102).contains(byte | 32)
  }

  /// RFC 4291, 2.2: eight groups of up to four hex digits, or fewer with one `::`. A time, a hardware
  /// address and words such as `face::bed` are none.
  private static func isLongAddress(_ bytes: [UInt8], _ start: Int, _ end: Int) -> Bool {
    if end < bytes.count, bytes[end].isAlphanumeric || bytes[end] == 58 { return false }
    var text = bytes[start..<end]
    // A port or the end of a sentence may follow one that is written out.
    if text.last == 58, !text.dropLast().isEmpty, text.dropLast().last != 58 {
      text = text.dropLast()
    }
    let groups = text.split(separator: 58, omittingEmptySubsequences: false)
    let filled = groups.filter { !$0.isEmpty }
    guard filled.allSatisfy({ $0.count <= 4 }),
      filled.contains(where: { $0.contains(where: \.isDigit) })
    else { return false }
    let gaps = zip(text, text.dropFirst()).count { $0 == 58 && $1 == 58 }
    if gaps == 0 {
      return groups.count == 8 && filled.count == 8 && filled.contains { $0.count != 2 }
    }
    guard gaps == 1, filled.count <= 7 else { return false }
    if filled.count >= 3 { return true }
    // fe80::1: the first of two is written out and holds a digit, as no name of a program does.
    return filled.count == 2 && text.prefix(4).elementsEqual(filled[0]) && filled[0].count == 4
      && filled[0].contains(where: \.isDigit)
  }
}
