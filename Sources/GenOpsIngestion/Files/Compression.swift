/// How the bytes of a file are packed, told from the bytes themselves: names lie, and what a
/// browser saves may be packed although its name says otherwise.
package enum Compression: String, Sendable, CaseIterable {
  case none, gzip, zlib, zstd, brotli

  /// `head` is the first few thousand bytes of the file.
  ///
  /// Brotli has no mark of its own: it is what does not read as text and carries no other mark.
  package init(sniffing head: some Collection<UInt8>) {
    let start = Array(head.prefix(4))
    if start.starts(with: [0x1F, 0x8B]) {
      self = .gzip
    } else if start.starts(with: [0x28, 0xB5, 0x2F, 0xFD]) {
      self = .zstd
    } else if start.count >= 2, start[0] == 0x78, (Int(start[0]) << 8 | Int(start[1])) % 31 == 0 {
      self = .zlib
    } else if looksLikeText(head) {
      self = .none
    } else {
      self = .brotli
    }
  }
}

/// Whether `head` reads as UTF-8 text without control characters, but for a damaged byte here and there, or
/// begins with a stretch of it that packed bytes do not have by chance. A character cut off at the end of `head`
/// does no harm.
func looksLikeText(_ head: some Collection<UInt8>) -> Bool {
  var bad = 0
  var good = 0
  var expected = 0
  for byte in head {
    if bad == 0 { good += 1 }
    if expected > 0 {
      if byte & 0xC0 == 0x80 {
        expected -= 1
        continue
      }
      bad += 1
      expected = 0
    }
    switch byte {
    case 9, 10, 13, 0x20...0x7E: break
    case 0xC2...0xDF: expected = 1
    case 0xE0...0xEF: expected = 2
    case 0xF0...0xF4: expected = 3
    default: bad += 1
    }
  }
  // Of packed bytes two in five read as text, 32 in a row once in 10^13 files. What is damaged gets a finding for
  // its line later on.
  return bad * 50 <= head.count || good > 32
}
