/// What a piece of text is, so that it can be coloured. The words say the same without colour.
package enum Tone: Sendable, Hashable, CaseIterable {
  case plain, strong, dim, good, bad, caution
}

/// How text output looks.
package struct TextStyle: Sendable, Hashable {
  /// Whether to use the terminal's colours (ANSI escape sequences).
  package var color: Bool
  /// The most columns of a line.
  package var width: Int

  package init(color: Bool = false, width: Int = 100) {
    self.color = color
    self.width = width
  }

  /// `text` in the colour of `tone`.
  package func paint(_ text: String, _ tone: Tone) -> String {
    guard color, !text.isEmpty, let begin = TextStyle.sequence(tone) else { return text }
    return begin + text + TextStyle.end
  }

  /// What a terminal is told, and nothing else is.
  static let sequences = Set(Tone.allCases.compactMap(sequence) + [end])

  private static let end = "\u{1B}[0m"

  private static func sequence(_ tone: Tone) -> String? {
    switch tone {
    case .plain: nil
    case .strong: "\u{1B}[1m"
    case .dim: "\u{1B}[2m"
    case .good: "\u{1B}[32m"
    case .bad: "\u{1B}[31m"
    case .caution: "\u{1B}[33m"
    }
  }
}

/// One line of text in pieces; its width is known because colours are added last. No piece holds a
/// control character, whatever name from a file is in it.
package struct TextLine: Sendable, Hashable, ExpressibleByStringLiteral {
  package struct Span: Sendable, Hashable {
    package var text: String
    package var tone: Tone
  }
  package private(set) var spans: [Span] = []
  /// Whether it is cut at the width of the terminal; a sentence is not, the terminal breaks it.
  package var isCut = true

  package init() {}
  package init(_ text: String, _ tone: Tone = .plain) { add(text, tone) }
  package init(stringLiteral value: String) { self.init(value) }

  /// A sentence, however long.
  package static func whole(_ text: String) -> TextLine {
    var line = TextLine(text)
    line.isCut = false
    return line
  }

  /// Columns.
  package var width: Int { spans.reduce(0) { $0 + $1.text.displayWidth } }

  package mutating func add(_ text: String, _ tone: Tone = .plain) {
    if !text.isEmpty { spans.append(Span(text: text.displayable, tone: tone)) }
  }

  package mutating func add(_ line: TextLine) { spans += line.spans }

  /// Adds spaces up to `column`.
  package mutating func pad(to column: Int) {
    add(String(repeating: " ", count: max(0, column - width)))
  }

  /// The line in the style: no spaces at the end, no more columns than the style has.
  package func text(_ style: TextStyle) -> String {
    let most = isCut ? style.width : .max
    var pieces = spans
    while let last = pieces.last {
      let trimmed = String(last.text.reversed().drop { $0 == " " }.reversed())
      if !trimmed.isEmpty {
        pieces[pieces.count - 1].text = trimmed
        break
      }
      pieces.removeLast()
    }
    var out = ""
    let fits = pieces.reduce(0) { $0 + $1.text.displayWidth } <= most
    // Of a line that is too long the last column is kept for the mark.
    var left = fits ? most : most - 1
    for piece in pieces {
      let width = piece.text.displayWidth
      if width > left {
        return out + style.paint((piece.text + "…").fitting(left + 1), piece.tone)
      }
      out += style.paint(piece.text, piece.tone)
      left -= width
    }
    return out
  }
}
