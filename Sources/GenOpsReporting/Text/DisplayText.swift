import GenOpsUnits

/// Text as a terminal shows it: in columns, without control characters.
extension String {
  /// How many terminal columns the text takes: 0 for combining marks, 2 for East Asian wide
  /// letters and emoji, 1 for the rest.
  ///
  /// Ranges: Unicode Standard Annex 11 (East Asian Width, W and F) and the blocks of emoji that
  /// are shown as pictures by default.
  package var displayWidth: Int {
    // Most texts are ASCII, and grapheme breaking is slow.
    if utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) { return utf8.count }
    return reduce(0) { $0 + $1.displayWidth }
  }

  /// The text without what could move the cursor or reorder the line. A scenario may come from
  /// somebody else, and a name in it must not be able to fake the report around it.
  package var displayable: String {
    if unicodeScalars.allSatisfy(\.isDisplayable) { return self }
    var out = String.UnicodeScalarView()
    var last: Unicode.Scalar = " "
    for scalar in unicodeScalars {
      // The two characters of a Windows line end are one space.
      if !(scalar == "\n" && last == "\r") { out.append(scalar.isDisplayable ? scalar : " ") }
      last = scalar
    }
    return String(out)
  }

  /// The text in at most `columns` columns; what does not fit is cut and marked with `…`.
  package func fitting(_ columns: Int) -> String {
    if displayWidth <= columns { return self }
    if columns <= 0 { return "" }
    var out = ""
    var used = 1
    for character in self {
      let width = character.displayWidth
      if used + width > columns { break }
      out.append(character)
      used += width
    }
    while out.last == " " { out.removeLast() }
    return out + "…"
  }

  /// The text with spaces up to `columns` columns, before it when `right`.
  package func padded(to columns: Int, right: Bool = false) -> String {
    let space = String(repeating: " ", count: max(0, columns - displayWidth))
    return right ? space + self : self + space
  }

  /// The text in lines of at most `columns` columns, broken at spaces.
  package func wrapped(_ columns: Int) -> [String] {
    var lines: [String] = []
    var line = ""
    for word in split(separator: " ") {
      let word = String(word).fitting(columns)
      if line.isEmpty {
        line = word
      } else if line.displayWidth + 1 + word.displayWidth <= columns {
        line += " " + word
      } else {
        lines.append(line)
        line = word
      }
    }
    return line.isEmpty ? lines : lines + [line]
  }
}

extension Character {
  /// Columns of one character; a joined emoji is one picture of two columns.
  var displayWidth: Int {
    var widest = 0
    for scalar in unicodeScalars {
      // The mark that asks for the coloured picture of the sign before it.
      if scalar.value == 0xFE0F { return 2 }
      widest = max(widest, scalar.displayWidth)
    }
    return widest
  }
}

extension Unicode.Scalar {
  /// Whether it stays in its column and leaves those of others alone.
  var isDisplayable: Bool {
    switch value {
    case 0..<0x20, 0x7F..<0xA0: false
    // Line and paragraph separators, the marks that change the direction of what follows, and those that
    // take no room. Joiners (U+200C, U+200D) stay: words and emoji need them.
    case 0x2028, 0x2029, 0x202A...0x202E, 0x2066...0x2069: false
    case 0x061C, 0x200B, 0x200E, 0x200F, 0x2060...0x2064, 0xFEFF: false
    default: true
    }
  }

  var displayWidth: Int {
    if value >= 0x20 && value < 0x7F { return 1 }
    switch properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format, .control: return 0
    default: break
    }
    switch value {
    case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF,
      0xA000...0xA4CF, 0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE10...0xFE19,
      0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x16FE0...0x18DFF, 0x1AFF0...0x1B2FF,
      0x1F000...0x1FAFF, 0x20000...0x3FFFD:
      return 2
    default: return properties.isEmojiPresentation ? 2 : 1
    }
  }
}
