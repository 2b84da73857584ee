/// A text prepared for looking for kinds of values in it: its bytes, and what they say once an
/// address's percent signs are undone.
struct ValueText {
  /// The text, and what it decodes to when it is URL-encoded, once or more often.
  let forms: [[UInt8]]

  /// Nothing of a few bytes is a value of any kind, nor is what has no digit, `@` or full stop.
  init(_ text: String) {
    let bytes = text.utf8
    guard bytes.count >= 6,
      // 0xEF begins the wide forms of all of these.
      bytes.contains(where: {
        (48...57).contains($0) || $0 == 64 || $0 == 46 || $0 == 58 || $0 == 0xEF
      })
    else {
      forms = []
      return
    }
    var forms = [ValueText.withPlainMarks(Array(bytes))]
    while forms.count < 4, let decoded = ValueText.decoded(forms[forms.count - 1]) {
      forms.append(ValueText.withPlainMarks(decoded))
    }
    self.forms = forms
  }

  /// `%40` as `@`; nil when there is nothing to undo.
  private static func decoded(_ bytes: [UInt8]) -> [UInt8]? {
    guard bytes.contains(37) else { return nil }
    var out: [UInt8] = []
    out.reserveCapacity(bytes.count)
    var index = 0
    while index < bytes.count {
      if bytes[index] == 37, index + 2 < bytes.count, let high = hex(bytes[index + 1]),
        let low = hex(bytes[index + 2])
      {
        out.append(high << 4 | low)
        index += 3
      } else {
        out.append(bytes[index])
        index += 1
      }
    }
    return out.count < bytes.count ? out : nil
  }

  /// Hyphens, minus signs and hard spaces of typography as those of a keyboard, wide letters of East Asian
  /// keyboards as narrow ones; what is not seen left out.
  private static func withPlainMarks(_ bytes: [UInt8]) -> [UInt8] {
    guard bytes.contains(where: { $0 >= 0xC2 }) else { return bytes }
    var out: [UInt8] = []
    for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars {
      switch scalar.value {
      case 0x2010...0x2015, 0x2212, 0xFE63, 0xFF0D: out.append(45)
      case 0xA0, 0x2000...0x200A, 0x202F, 0x3000: out.append(32)
      case 0xAD, 0x200B...0x200D, 0x2060, 0xFEFF: continue
      // FF01 to FF5E are ! to ~, in their order.
      case 0xFF01...0xFF5E: out.append(UInt8(truncatingIfNeeded: scalar.value - 0xFEE0))
      default: if let encoded = UTF8.encode(scalar) { out += encoded }
      }
    }
    return out
  }

  private static func hex(_ byte: UInt8) -> UInt8? {
    switch byte {
    case 48...57: byte - 48
    case 65...70: byte - 55
    case 97...102: byte - 87
    default: nil
    }
  }
}

extension UInt8 {
  var isDigit: Bool { (48...57).contains(self) }
  var isLetter: Bool { (65...90).contains(self & 0xDF) }
  /// What a number cannot touch without being part of something longer. Scripts without spaces touch
  /// numbers, and programs join them to names with `_`.
  var isAlphanumeric: Bool { isDigit || isLetter }
}
