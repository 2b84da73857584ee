import GenOpsUnits

/// Text as a cell of a workbook holds it (ECMA-376, part 1).
enum SheetText {
  /// The most UTF-16 units of a cell.
  private static let most = 32_767

  /// `text` for an element: markup made plain, what XML has no place for replaced, and what would be read
  /// as one of the workbook's own escapes (`_x000D_`, section 22.9.2.19) written as one itself.
  static func escaped(_ text: String) -> String {
    let text = Markup.escaped(fitting(text, most))
    guard text.utf8.contains(UInt8(ascii: "_")) else { return text }
    let scalars = Array(text.unicodeScalars)
    var out = String.UnicodeScalarView()
    for index in scalars.indices {
      if isEscape(scalars[index...].prefix(7)) {
        out += "_x005F_".unicodeScalars
      } else {
        out.append(scalars[index])
      }
    }
    return String(out)
  }

  /// Whether these begin with `_x`, four hexadecimal digits and `_`.
  private static func isEscape(_ scalars: ArraySlice<Unicode.Scalar>) -> Bool {
    guard scalars.count == 7, scalars.first == "_", scalars.last == "_",
      scalars.dropFirst().first == "x"
    else { return false }
    return scalars.dropFirst(2).dropLast().allSatisfy { $0.properties.isASCIIHexDigit }
  }

  /// The text in at most so many UTF-16 units; what is cut is marked with `…`.
  static func fitting(_ text: String, _ units: Int) -> String {
    if text.utf16.count <= units { return text }
    var out = String.UnicodeScalarView()
    var room = units - 1
    for scalar in text.unicodeScalars {
      room -= UTF16.width(scalar)
      if room < 0 { break }
      out.append(scalar)
    }
    return String(out) + "…"
  }

  /// Whether a spreadsheet would take the text for a formula were it typed in.
  static func looksLikeFormula(_ text: String) -> Bool { text != text.spreadsheetField }

  /// Names of sheets as spreadsheets take them: 31 UTF-16 units, without signs that references use, not
  /// `History`, which Excel keeps for itself, and each once whatever its case.
  static func sheetNames(_ wanted: [String]) -> [String] {
    var taken: Set<String> = ["history"]
    return wanted.map { name in
      var scalars = String.UnicodeScalarView()
      for scalar in name.displayable.unicodeScalars {
        scalars.append("[]:*?/\\".unicodeScalars.contains(scalar) ? "-" : scalar)
      }
      while scalars.first == "'" || scalars.first == " " { scalars.removeFirst() }
      while scalars.last == "'" || scalars.last == " " { scalars.removeLast() }
      let plain = scalars.isEmpty ? "Sheet" : String(scalars)
      var name = fitting(plain, 31)
      var number = 2
      while !taken.insert(name.lowercased()).inserted {
        let end = " \(number)"
        name = fitting(plain, 31 - end.utf16.count) + end
        number += 1
      }
      return name
    }
  }
}
