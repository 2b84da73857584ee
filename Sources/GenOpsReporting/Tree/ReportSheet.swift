/// A sheet of a workbook: rows of cells, some of which a spreadsheet computes.
///
/// A report has sheets of its own where its tables do not show how a number comes about
/// (``Report/workbook``). Rows and columns count from 0.
package struct ReportSheet: Sendable {
  package struct Cell: Sendable {
    package enum Content: Sendable {
      case empty
      case text(String)
      case number(Double)
      /// Without the equals sign; the value is what it comes to.
      case formula(String, Double)
      /// The same of a formula that comes to a text.
      case textFormula(String, String)
    }
    package var content: Content
    package var form: Form
    package var role: Role

    package init(_ content: Content, _ form: Form = .general, _ role: Role = .plain) {
      self.content = content
      self.form = form
      self.role = role
    }
  }

  /// How a number is shown.
  package enum Form: Sendable, Hashable {
    case general
    /// With separators and so many decimals; the words stand before and behind it.
    case number(decimals: Int, before: String = "", behind: String = "")
    /// A part as percent; `isSigned` shows a plus.
    case percent(decimals: Int, isSigned: Bool = false)
    /// The price of a unit: two to nine decimals.
    case price
    /// The last unit of a tier; the last tier has none.
    case bound

    package static let money = Form.number(decimals: 2)
    package static let count = Form.number(decimals: 0)
    package static let share = Form.percent(decimals: 1)
  }

  /// What a cell is, by which it looks.
  package enum Role: String, Sendable, Hashable {
    case plain, title, head, rightHead, note, strong, total, good, bad
    /// A sentence that runs over the cells beside it.
    case lead
    /// Words in a column of numbers, and the same where the numbers are strong.
    case right, strongRight
    /// A number that may be changed.
    case input
    /// The same, of which a part or all has been measured.
    case actual
  }

  package var name: String
  package var rows: [[Cell]] = []
  /// Characters of columns that are not as wide as what is in them.
  package var widths: [Int: Int] = [:]
  /// Rows and columns that stay when the others are scrolled.
  package var frozen = (rows: 0, columns: 0)
  /// The rows of a table, its header first, of which some can be hidden.
  package var filter: Range<Int>?
  /// What names elsewhere in the workbook stand for: `gap` for a cell of this sheet.
  package var names: [(name: String, place: CellPlace)] = []

  package init(_ name: String) { self.name = name }

  /// Adds a row and says which it is.
  @discardableResult
  package mutating func add(_ cells: [Cell] = []) -> Int {
    rows.append(cells)
    return rows.count - 1
  }

  /// Adds a heading, and below it sentences in grey.
  package mutating func open(_ title: String, _ notes: [String] = []) {
    add([.text(title, .title)])
    for note in notes { add([.text(note, .note)]) }
    add()
  }
}

extension ReportSheet.Cell {
  package static let empty = Self(.empty)
  package static func text(_ text: String, _ role: ReportSheet.Role = .plain) -> Self {
    Self(text.isEmpty ? .empty : .text(text), .general, role)
  }
  /// A number; empty where it is not one.
  package static func number(
    _ value: Double?, _ form: ReportSheet.Form, _ role: ReportSheet.Role = .plain
  ) -> Self {
    value.flatMap { $0.isFinite ? Self(.number($0), form, role) : nil } ?? empty
  }
  package static func formula(
    _ formula: String, _ value: Double, _ form: ReportSheet.Form,
    _ role: ReportSheet.Role = .plain
  ) -> Self {
    Self(.formula(formula, value), form, role)
  }
}

/// Where a cell is, as formulas name it.
package struct CellPlace: Sendable, Hashable {
  package var sheet: String
  package var row: Int
  package var column: Int

  package init(_ sheet: String, _ row: Int, _ column: Int) {
    self.sheet = sheet
    self.row = row
    self.column = column
  }

  /// `C5`: from the same sheet.
  package var here: String { CellPlace.letters(column) + "\(row + 1)" }
  /// `$C$5`, which stays where the formula is copied to.
  package var fixed: String { "$\(CellPlace.letters(column))$\(row + 1)" }
  /// `Prices!$C$5`: from another sheet.
  package var away: String { CellPlace.quoted(sheet) + "!" + fixed }

  /// `A`, `Z`, `AA`.
  package static func letters(_ column: Int) -> String {
    var (out, rest) = ("", column + 1)
    while rest > 0 {
      // The remainder is below 26, so the letter is one of A to Z.
      let letter = Unicode.Scalar(UInt8(ascii: "A") + UInt8((rest - 1) % 26))
      out = String(letter) + out
      rest = (rest - 1) / 26
    }
    return out
  }

  /// A sheet's name, between apostrophes where it is more than a word.
  private static func quoted(_ name: String) -> String {
    if name.utf8.allSatisfy({ (65...90).contains($0) || (97...122).contains($0) }) { return name }
    return "'" + name.unicodeScalars.map { $0 == "'" ? "''" : String($0) }.joined() + "'"
  }
}
