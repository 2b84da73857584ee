import GenOpsUnits
import Testing

@testable import GenOpsReporting

/// A sign that a page, a table, a log or a terminal obeys stays a sign when a mark or a letter joins it to
/// one `Character`.
@Suite struct EscapingTests {
  /// What stands before or behind a sign in one `Character` with it.
  static let joiners: [(before: String, after: String)] = [
    ("", ""), ("\u{0600}", ""), ("", "\u{0301}"), ("\u{0600}", "\u{0301}"), ("", "\u{200D}"),
  ]

  private func joined(_ sign: Unicode.Scalar) -> [String] {
    EscapingTests.joiners.map { "a\($0.before)\(sign)\($0.after)b" }
  }

  /// The scalars of `text` that are `sign`.
  private func count(_ sign: Unicode.Scalar, in text: String) -> Int {
    text.unicodeScalars.count { $0 == sign }
  }

  @Test(arguments: ["<", ">", "\"", "'"] as [Unicode.Scalar])
  func `HTML and XML have no sign of markup`(sign: Unicode.Scalar) {
    for text in joined(sign) {
      #expect(count(sign, in: Markup.escaped(text)) == 0)
      #expect(count(sign, in: "\(HTMLText(text))") == 0)
    }
    #expect(Markup.escaped("a&b\u{1}\n") == "a&amp;b\u{FFFD}\n")
  }

  @Test(arguments: ["[", "]", "`", "*", "_", "|", "~", "#", "\\"] as [Unicode.Scalar])
  func `Markdown has a backslash before each of its signs`(sign: Unicode.Scalar) {
    for text in joined(sign) {
      let scalars = Array(MarkdownFormat.escaped(text).unicodeScalars)
      let place = scalars.lastIndex(of: sign)
      #expect(place.map { $0 > 0 && scalars[$0 - 1] == "\\" } == true, "\(text)")
    }
    for text in joined("<") { #expect(count("<", in: MarkdownFormat.escaped(text)) == 0) }
  }

  @Test func `A field of CSV is one field, and no formula`() {
    for text in joined(",") + joined("\"") {
      let field = CSVFormat.field(text)
      #expect(field.unicodeScalars.first == "\"" && field.unicodeScalars.last == "\"")
      // Quotes inside stand in pairs.
      #expect(count("\"", in: field) % 2 == 0)
    }
    for sign in "=+-@＝".unicodeScalars {
      for text in ["\(sign)1\u{0301}A", " \(sign)A", "\u{200B}\(sign)A"] {
        #expect(CSVFormat.field(text).unicodeScalars.first == "'", "\(text)")
      }
    }
    #expect(CSVFormat.field("-12.5") == "-12.5")
    #expect(CSVFormat.field("::error::x") == "\"::error::x\"")
  }

  @Test func `An annotation is one command with its own place`() {
    for joiner in EscapingTests.joiners {
      func wrapped(_ sign: String) -> String { "a\(joiner.before)\(sign)\(joiner.after)b" }
      let command = Annotation(
        isError: true,
        place: SourceLocation(file: wrapped(",") + wrapped(":"), line: 1, column: 2),
        title: "t", message: wrapped("\n") + wrapped("%")
      ).command
      #expect(count("\n", in: command) == 1 && command.hasSuffix("\n"))
      #expect(count(",", in: command) == 3, "\(command)")
      #expect(count("%", in: command) == 4, "\(command)")
    }
  }

  @Test(
    arguments: [
      ("::error::x", "\\::error::x"), ("  ::x\n:: y", "  \\::x\n\\:: y"), ("a ::b", "a ::b"),
      ("a ##[error]", "a ##\\[error]"), ("\u{00A0}::x", "\u{00A0}\\::x"),
      ("::\u{0301}x", "\\::\u{0301}x"), ("plain\n", "plain\n"),
    ])
  func `A line of a log is no command`(text: String, plain: String) {
    #expect(CILog.plain(text) == plain)
  }

  @Test(
    arguments: [
      ("a\u{1B}[2Jb", false, "a [2Jb"), ("\u{1B}[1mA\u{1B}[0m", true, "\u{1B}[1mA\u{1B}[0m"),
      ("\u{1B}[1mA\u{1B}[0m", false, " [1mA [0m"), ("\u{1B}[41m", true, " [41m"),
      ("a\r\nb\rc\td\n", false, "a\r\nb c\td\n"), ("\u{9B}31m\u{202E}x\u{7F}", true, " 31m x "),
      ("plain", true, "plain"),
    ])
  func `A terminal gets lines, tabs and our colours`(text: String, colors: Bool, plain: String) {
    #expect(TerminalText.plain(text, keepsColors: colors) == plain)
  }

  @Test func `A line of a report is one line, whatever name is in it`() {
    let line = TextLine("a\u{1B}[2J\nb\u{202E}c")
    #expect(line.text(TextStyle(color: true)) == "a [2J b c")
  }

  @Test func `A message shows what cannot be seen`() {
    let findings = Findings([Finding(.error, "x", "no key 'bud\u{200B}get\u{A0}'\u{1B}")])
    #expect(
      FindingsText.render(findings, color: false)
        == "error: no key 'bud<U+200B>get<U+00A0>'<U+001B> [x]\n1 error\n")
  }
}
