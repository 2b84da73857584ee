package import GenOpsUnits

/// One place of a scenario that a sweep varies: `growth.events=1%,2%,3% per month`, or a range
/// `growth.events=1% to 5% per month`.
package struct SweepAxis: Sendable, Equatable {
  /// What is put in the place.
  package enum Values: Sendable, Equatable {
    case list([String])
    case range(SweepRange)
  }

  /// As `--set` names it.
  package var place: String
  package var values: Values

  /// Reads one `--vary` word.
  ///
  /// Values stand between commas, in brackets or not; a comma within brackets, braces or quotes is a part of one.
  /// A range says its unit once, behind the second number, or behind both.
  package init(_ text: String, isSampled: Bool) throws(FindingsError) {
    let location = SourceLocation(file: "--vary " + text.prefix { $0 != "=" }, line: 1, column: 1)
    func wrong(_ what: String, _ help: String) -> FindingsError {
      FindingsError("not-an-axis", what, help: help, at: location)
    }
    guard let sign = text.firstIndex(of: "=") else {
      throw wrong(
        "'\(text)' is not a place with values", "write: --vary growth.events='1%,2%,3% per month'")
    }
    place = SweepAxis.trimmed(text[..<sign])
    let written = SweepAxis.trimmed(text[text.index(after: sign)...])
    let items = SweepAxis.items(written)
    guard !place.isEmpty, !items.contains("") else {
      throw wrong(
        place.isEmpty ? "'\(text)' names no place" : "'\(text)' has an empty value",
        "write: --vary growth.events='1%,2%,3% per month'")
    }
    for (item, next) in zip(items, items.dropFirst())
    where SweepAxis.figures(item) > 0 && SweepAxis.figures(item) < 4
      && SweepAxis.figures(next) == 3
    {
      throw wrong(
        "'\(item),\(next)' may be one number or two",
        "write numbers without commas: \(item)\(next)")
    }
    if items.count == 1, let range = SweepRange(items[0]) {
      guard isSampled else {
        throw wrong(
          "'\(items[0])' is a range, and a grid needs values",
          "list the values between commas, or say how many to draw: --samples 20")
      }
      values = .range(range)
      return
    }
    guard items.count > 1 else {
      throw wrong(
        "'\(place)' has one value, so nothing varies",
        "list more between commas, or put it in place with --set \(text)")
    }
    values = .list(SweepAxis.withUnit(items))
  }

  /// A unit that stands behind the last value alone holds for all: `1%,2%,3% per month`.
  private static func withUnit(_ items: [String]) -> [String] {
    guard let last = items.last, let space = last.firstIndex(of: " ") else { return items }
    let unit = last[space...]
    let first = items.dropLast()
    // Only where each is figures and a sign that the last one has too.
    let head = last[..<space].drop { figure($0) }
    let areBare = first.allSatisfy { item in
      item.contains(where: figure) && item.drop { figure($0) } == head
    }
    return areBare ? first.map { $0 + unit } + [last] : items
  }

  private static func figure(_ character: Character) -> Bool {
    character.isASCII && (character.isNumber || "+-._".contains(character))
  }

  /// How many figures a text of nothing else has, else 0.
  private static func figures(_ text: String) -> Int {
    text.utf8.allSatisfy { (48...57).contains($0) } ? text.utf8.count : 0
  }

  private static func trimmed(_ text: Substring) -> String {
    var text = text.drop { $0 == " " }
    while text.last == " " { text.removeLast() }
    return String(text)
  }

  /// The values between the outer commas, or of the one list there is.
  private static func items(_ text: String) -> [String] {
    let outer = parts(text[...])
    guard outer.count == 1, text.hasPrefix("["), text.hasSuffix("]") else { return outer }
    return parts(text.dropFirst().dropLast())
  }

  private static func parts(_ text: Substring) -> [String] {
    var items: [String] = []
    var item = Substring.UnicodeScalarView()
    var depth = 0
    var quote: Unicode.Scalar?
    for scalar in text.unicodeScalars {
      if let open = quote {
        if scalar == open { quote = nil }
      } else {
        switch scalar {
        case "\"", "'": quote = scalar
        case "[", "{", "(": depth += 1
        case "]", "}", ")": depth -= 1
        case "," where depth == 0:
          items.append(trimmed(Substring(item)))
          item = Substring.UnicodeScalarView()
          continue
        default: break
        }
      }
      item.append(scalar)
    }
    return items + [trimmed(Substring(item))]
  }
}
