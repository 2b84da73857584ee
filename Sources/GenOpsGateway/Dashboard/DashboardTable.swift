import GenOpsUnits

/// A table of a page, within a frame that scrolls on a narrow screen.
struct DashboardTable {
  /// One of its cells.
  enum Cell {
    case text(String)
    /// At the right, its digits below each other.
    case number(String)
    case markup(Markup)
  }

  var caption: String
  /// The columns; those of numbers stand at the right.
  var columns: [(title: String, isNumber: Bool)]
  var rows: [[Cell]]
  /// What stands in its place when there are no rows.
  var empty: String

  /// As a piece of a page. The first cell of a row names it.
  var markup: Markup {
    if rows.isEmpty { return .element("p", ["class": "quiet"], empty) }
    let head = columns.map { column -> Markup in
      .element("th", ["scope": "col", "class": column.isNumber ? "number" : "words"], column.title)
    }
    return .element(
      "div", ["class": "scroll", "tabindex": "0", "role": "region", "aria-label": caption],
      .element(
        "table", [:], .element("caption", [:], caption),
        .element("thead", [:], .element("tr", [:], head)),
        .element("tbody", [:], rows.map { row($0) })))
  }

  private func row(_ cells: [Cell]) -> Markup {
    .element(
      "tr", [:],
      cells.enumerated().map { place, cell in
        let content: Markup
        var isNumber = false
        switch cell {
        case .text(let text): content = .text(text)
        case .number(let text): (content, isNumber) = (.text(text), true)
        case .markup(let markup): content = markup
        }
        return place == 0
          ? .element("th", ["scope": "row"], content)
          : .element("td", ["class": isNumber ? "number" : "words"], content)
      })
  }
}

/// Numbers as pages show them.
enum DashboardText {
  /// `1,234.56 USD`: to the cent, and as fine as it is below one.
  static func money(_ amount: Money, _ currency: String) -> String {
    "\(number(amount)) \(currency)"
  }

  /// `118.67 to 408.70 USD`.
  static func range(_ low: Money, _ high: Money, _ currency: String) -> String {
    "\(number(low)) to \(number(high)) \(currency)"
  }

  private static func number(_ amount: Money) -> String {
    let isSmall = amount.magnitude < Money(nanos: 10_000_000)
    return amount.text(decimals: isSmall ? nil : 2, grouping: true)
  }

  /// `2026-12-01 14:13:21 UTC`.
  static func time(_ instant: Timestamp) -> String {
    let text = instant.description
    return text.prefix(10) + " " + text.dropFirst(11).prefix(8) + " UTC"
  }

  /// `1,234`.
  static func count(_ number: some BinaryInteger) -> String {
    number < 0 ? "-" + groupedDigits("\(number.magnitude)") : groupedDigits("\(number)")
  }

  /// `12.3 %`, of a share of 1.
  static func percent(_ share: Double) -> String {
    guard share.isFinite, abs(share) < 1e12 else { return "–" }
    let tenths = (abs(share) * 1000).rounded()
    // Below 1e15 it is a whole number that Int64 holds.
    let whole = Int64(tenths)
    return "\(share < 0 && whole > 0 ? "-" : "")\(groupedDigits("\(whole / 10)")).\(whole % 10) %"
  }
}
