/// Text as HTML, SVG and XML take it: the one place where the signs of markup are made plain.
///
/// Scalar by scalar: a mark or a letter of some scripts that stands beside a `<` makes one `Character` with
/// it, which is then no `<` to a switch over characters, and a tag to every browser.
enum Markup {
  /// `text` for an element or a quoted attribute; what XML 1.0 has no place for is replaced.
  static func escaped(_ text: String) -> String {
    var out = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": out += "&amp;".unicodeScalars
      case "<": out += "&lt;".unicodeScalars
      case ">": out += "&gt;".unicodeScalars
      case "\"": out += "&quot;".unicodeScalars
      case "'": out += "&#39;".unicodeScalars
      case "\n", "\r", "\t": out.append(scalar)
      default:
        let isAllowed = scalar.value >= 0x20 && scalar.value != 0xFFFE && scalar.value != 0xFFFF
        out.append(isAllowed ? scalar : "\u{FFFD}")
      }
    }
    return String(out)
  }
}

/// A text ready for a page. The template puts what it is given in as it is, so this is all it is given.
struct HTMLText: CustomStringConvertible {
  let description: String

  /// One line, without control characters.
  init(_ text: String) { description = Markup.escaped(text.displayable) }
}
