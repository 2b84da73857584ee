import GenOpsUnits

/// A table of a report, and of a verb that lists things.
///
/// ```swift
/// ReportTable([.init("Name"), .init("Price", .right)], [["events", "0.00005"]])
///   .text(TextStyle(width: 80))
/// ```
package struct ReportTable: Sendable {
  package enum Alignment: Sendable { case left, right }

  package struct Column: Sendable {
    package var title: String
    /// What a file for programs calls it, by itself the title; such a file has no column without.
    package var key: String
    /// Numbers stand right.
    package var alignment: Alignment
    /// On a terminal the column is narrowed, down to this, when the table is wider than the line.
    /// Nil: never.
    package var shrinksTo: Int?
    /// The most columns of a terminal it takes even where there is room.
    package var atMost: Int

    package init(
      _ title: String, _ alignment: Alignment = .left, key: String? = nil, shrinksTo: Int? = nil,
      atMost: Int = .max
    ) {
      self.title = title
      self.key = key ?? title
      self.alignment = alignment
      self.shrinksTo = shrinksTo
      self.atMost = atMost
    }

    /// A column of text.
    static func text(_ title: String) -> Column { Column(title) }
    /// A column of numbers, aligned right.
    static func number(_ title: String) -> Column { Column(title, .right) }
    var isNumber: Bool { alignment == .right }
  }

  package struct Cell: Sendable, ExpressibleByStringLiteral {
    package var text: String
    package var tone: Tone
    /// What a file for programs holds in its place: a plain number, without separators and unit.
    package var value: String?
    /// The text where the rows above, to which it refers, have no room.
    package var alone: String?
    /// Where the numbers of the text stand in `result.json`, one path for each, as `jq` takes it:
    /// `months[3].cost.p10`. Empty for words, and in reports that are not of a run.
    package var sources: [String] = []

    package init(
      _ text: String, _ tone: Tone = .plain, value: String? = nil, alone: String? = nil
    ) {
      self.text = text.displayable
      self.tone = tone
      self.value = value
      self.alone = alone?.displayable
    }
    package init(stringLiteral value: String) { self.init(value) }

    /// The same with the places of its numbers; a cell in which nothing is known has none.
    func at(_ sources: String...) -> Cell {
      var cell = self
      cell.sources = text == "-" ? [] : sources
      return cell
    }
    init(money amount: Double) {
      self.init(NumberText.money(amount), value: ReportTable.number(amount))
    }
    init(money amount: Double?) {
      self = amount.map { Cell(money: $0) } ?? Cell("-", value: "")
    }
    init(percent part: Double?) {
      self =
        part.map { Cell(NumberText.percent($0), value: ReportTable.number($0)) }
        ?? Cell("-", value: "")
    }
    /// A whole number with separators.
    package init(units: Int64) { self.init(groupedDigits(String(units)), value: "\(units)") }
  }

  /// The heading; empty where the section's says it.
  package var title: String
  package var columns: [Column]
  /// A row may be shorter than `columns`; what is missing is empty.
  package var rows: [[Cell]]
  /// A sentence below the table.
  package var note: String?
  /// The last row is the sum or the whole.
  package var hasTotal: Bool
  /// Spaces before each line on a terminal.
  package var indent = 0
  /// The row that is shown even where there is no room for those before it.
  package var pinned: Int?
  /// What the rows are, in plural, where there is no room for all.
  package var noun = "rows"

  package init(
    _ title: String = "", _ columns: [Column], _ rows: [[Cell]], note: String? = nil,
    hasTotal: Bool = false
  ) {
    self.title = title
    self.columns = columns
    self.rows = rows
    self.note = note
    self.hasTotal = hasTotal
  }

  package init(_ columns: [Column], _ rows: [[String]]) {
    self.init("", columns, rows.map { $0.map { Cell($0) } })
  }

  /// A number in a file for programs: up to 6 decimals; empty when it is not finite.
  static func number(_ value: Double) -> String {
    let json = JSONValue.quantity(value)
    return json == .null ? "" : json.description
  }

  /// The same of a value of a series, which may be small: with six significant digits.
  static func value(_ value: Double) -> String {
    let json = JSONValue.value(value)
    return json == .null ? "" : json.description
  }

  /// The cell, empty where the row is too short.
  func cell(_ row: [Cell], _ column: Int) -> Cell { column < row.count ? row[column] : "" }
}
