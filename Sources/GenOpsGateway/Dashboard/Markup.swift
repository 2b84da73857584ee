import GenOpsUnits

/// A piece of a page. Whatever text comes into one is escaped here, in this one place: names of elements and
/// attributes are of the program, all else may be a stranger's.
struct Markup: Sendable {
  private(set) var html: String

  private init(html: String) { self.html = html }

  /// Nothing.
  static let empty = Markup(html: "")

  /// Text.
  static func text(_ text: String) -> Markup { Markup(html: escaped(text)) }

  /// An element with its content.
  static func element(
    _ name: StaticString, _ attributes: KeyValuePairs<StaticString, String> = [:],
    _ content: Markup...
  ) -> Markup { element(name, attributes, content) }

  /// The same with content from a list.
  static func element(
    _ name: StaticString, _ attributes: KeyValuePairs<StaticString, String> = [:],
    _ content: [Markup]
  ) -> Markup {
    Markup(html: opening(name, attributes) + content.map(\.html).joined() + "</\(name)>")
  }

  /// An element that holds text.
  static func element(
    _ name: StaticString, _ attributes: KeyValuePairs<StaticString, String> = [:], _ text: String
  ) -> Markup { element(name, attributes, [.text(text)]) }

  /// An element that never has content, such as `input`.
  static func void(_ name: StaticString, _ attributes: KeyValuePairs<StaticString, String>)
    -> Markup
  { Markup(html: opening(name, attributes)) }

  /// A whole document.
  static func document(_ content: Markup...) -> Markup {
    Markup(html: "<!doctype html>\n" + content.map(\.html).joined() + "\n")
  }

  static func + (a: Markup, b: Markup) -> Markup { Markup(html: a.html + b.html) }

  private static func opening(
    _ name: StaticString, _ attributes: KeyValuePairs<StaticString, String>
  ) -> String {
    var html = "<\(name)"
    for (key, value) in attributes { html += " \(key)=\"\(escaped(value))\"" }
    return html + ">"
  }

  /// By scalars: of two that make one character together, either may be the one to escape. What cannot be seen, or
  /// turns the order of what follows, is shown by its number.
  private static func escaped(_ text: String) -> String {
    var html = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": html += "&amp;"
      case "<": html += "&lt;"
      case ">": html += "&gt;"
      case "\"": html += "&quot;"
      case "'": html += "&#39;"
      case "\u{A0}", "\n", "\t": html.unicodeScalars.append(scalar)
      default:
        if scalar.isInvisible, scalar != " " {
          html += "[\(scalar.codePoint)]"
        } else {
          html.unicodeScalars.append(scalar)
        }
      }
    }
    return html
  }
}
