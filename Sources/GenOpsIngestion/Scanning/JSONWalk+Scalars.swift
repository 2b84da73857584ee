/// Words and numbers.
extension JSONWalk {
  /// Four bytes, the first the lowest.
  @inline(__always)
  mutating func word(_ word: UInt32) -> Bool {
    var word = word
    while word != 0 {
      guard byte == UInt8(truncatingIfNeeded: word) else { return false }
      position &+= 1
      word >>= 8
    }
    return true
  }

  @inline(__always)
  private mutating func digits() -> Bool {
    let start = position
    while byte &- UInt8(ascii: "0") < 10 { position &+= 1 }
    return position != start
  }

  /// A number by the grammar of RFC 8259.
  @inline(__always)
  mutating func number() -> Bool {
    if byte == UInt8(ascii: "-") { position &+= 1 }
    if byte == UInt8(ascii: "0") {
      position &+= 1
    } else if !digits() {
      return false
    }
    if byte == UInt8(ascii: ".") {
      position &+= 1
      if !digits() { return false }
    }
    if byte | 0x20 == UInt8(ascii: "e") {
      position &+= 1
      if byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-") { position &+= 1 }
      if !digits() { return false }
    }
    return true
  }
}
