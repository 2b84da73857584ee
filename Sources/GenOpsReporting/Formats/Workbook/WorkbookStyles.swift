/// The looks of a workbook's cells: each pair of a form and a role once, in the order in which they are met.
struct WorkbookStyles {
  private struct Look: Hashable {
    var form: ReportSheet.Form
    var role: ReportSheet.Role
    /// Text in as many lines as it takes.
    var wraps: Bool
    /// Text behind another cell, which may be a number that ends at its edge.
    var isIndented: Bool
    /// Text that stays text when somebody edits it, though it begins like a formula.
    var isQuoted: Bool
  }

  private var looks = [
    Look(form: .general, role: .plain, wraps: false, isIndented: false, isQuoted: false)
  ]
  private var places: [Look: Int] = [:]
  private var codes: [String] = []

  /// The number of a cell's look; `column` is its place in its row.
  mutating func style(of cell: ReportSheet.Cell, wraps: Bool, column: Int) -> Int {
    // Heads stand in the middle of their row, whether they are broken or not.
    let isHead = cell.role == .head || cell.role == .rightHead
    var look = Look(
      form: cell.form, role: cell.role, wraps: wraps && !isHead, isIndented: false, isQuoted: false)
    if case .text(let text) = cell.content {
      look.isQuoted = SheetText.looksLikeFormula(text)
      look.isIndented = column > 0 && !look.role.isRight
    }
    if look == looks[0] { return 0 }
    if let place = places[look] { return place }
    looks.append(look)
    places[look] = looks.count - 1
    if let code = WorkbookStyles.code(look.form), !codes.contains(code) { codes.append(code) }
    return looks.count - 1
  }

  /// The format code of a form (ECMA-376, part 1, section 18.8.31); nil for the general one.
  static func code(_ form: ReportSheet.Form) -> String? {
    switch form {
    case .general: return nil
    case .number(let decimals, let before, let behind):
      return quoted(before) + "#,##0" + fraction(decimals) + quoted(behind)
    case .percent(let decimals, let isSigned):
      let plain = "0" + fraction(decimals) + "%"
      return isSigned ? "+\(plain);-\(plain);\(plain)" : plain
    case .price: return "0.00#######"
    case .bound: return "[>=1000000000000000]\"and more\";#,##0"
    }
  }

  private static func fraction(_ decimals: Int) -> String {
    decimals > 0 ? "." + String(repeating: "0", count: decimals) : ""
  }

  private static func quoted(_ words: String) -> String {
    words.isEmpty
      ? "" : "\"" + String(words.unicodeScalars.filter { $0 != "\"" }.map(Character.init)) + "\""
  }

  /// `xl/styles.xml`.
  var xml: String {
    // Numbers below 164 are formats that spreadsheets have themselves.
    let formats = codes.enumerated().map {
      "<numFmt numFmtId=\"\($0 + 164)\" formatCode=\"\(Markup.escaped($1))\"/>"
    }
    let cells = looks.map { look -> String in
      let format =
        WorkbookStyles.code(look.form).flatMap(codes.firstIndex(of:)).map { $0 + 164 } ?? 0
      let (font, fill, border) = WorkbookStyles.parts(of: look.role)
      let isHead = look.role == .head || look.role == .rightHead
      var alignment =
        isHead
        ? " wrapText=\"1\" vertical=\"center\""
        : look.wraps ? " wrapText=\"1\" vertical=\"top\"" : ""
      if look.role.isRight { alignment += " horizontal=\"right\"" }
      if look.isIndented { alignment += " horizontal=\"left\" indent=\"1\"" }
      return
        "<xf numFmtId=\"\(format)\" fontId=\"\(font)\" fillId=\"\(fill)\" borderId=\"\(border)\" xfId=\"0\" "
        + "applyNumberFormat=\"1\" applyFont=\"1\" applyFill=\"1\" applyBorder=\"1\""
        + (look.isQuoted ? " quotePrefix=\"1\"" : "")
        + (alignment.isEmpty ? "/>" : " applyAlignment=\"1\"><alignment\(alignment)/></xf>")
    }
    return WorkbookPackage.head
      + "<styleSheet xmlns=\"\(WorkbookPackage.main)\">"
      + (formats.isEmpty
        ? "" : "<numFmts count=\"\(formats.count)\">\(formats.joined())</numFmts>")
      + WorkbookStyles.fixed
      + "<cellXfs count=\"\(cells.count)\">\(cells.joined())</cellXfs>"
      + "<cellStyles count=\"1\"><cellStyle name=\"Normal\" xfId=\"0\" builtinId=\"0\"/></cellStyles>"
      + "</styleSheet>"
  }

  /// Positions in ``fixed``: font, fill, border.
  private static func parts(of role: ReportSheet.Role) -> (Int, Int, Int) {
    switch role {
    case .plain, .lead, .right: (0, 0, 0)
    case .title: (1, 0, 0)
    case .head, .rightHead: (2, 2, 1)
    case .note: (3, 0, 0)
    case .strong, .strongRight: (2, 0, 0)
    case .total: (2, 0, 2)
    case .good: (4, 0, 0)
    case .bad: (5, 0, 0)
    case .input: (6, 3, 0)
    case .actual: (6, 4, 0)
    }
  }

  private static let fixed: String = {
    func font(_ size: Int, _ color: String, _ marks: String = "") -> String {
      "<font>\(marks)<sz val=\"\(size)\"/><color rgb=\"FF\(color)\"/><name val=\"Calibri\"/>"
        + "<family val=\"2\"/></font>"
    }
    func fill(_ color: String) -> String {
      "<fill><patternFill patternType=\"solid\"><fgColor rgb=\"FF\(color)\"/></patternFill></fill>"
    }
    func border(_ sides: String) -> String {
      "<border><left/><right/>\(sides)<diagonal/></border>"
    }
    let line = "style=\"thin\"><color rgb=\"FF7F7F7F\"/>"
    let fonts = [
      font(11, "1A1A1A"), font(14, "1A1A1A", "<b/>"), font(11, "1A1A1A", "<b/>"),
      font(10, "666666", "<i/>"), font(11, "1B7837"), font(11, "B2182B"), font(11, "0033CC"),
    ]
    // Spreadsheets take the first two for themselves.
    let fills = [
      "<fill><patternFill patternType=\"none\"/></fill>",
      "<fill><patternFill patternType=\"gray125\"/></fill>", fill("E8ECF1"), fill("FFFBE6"),
      fill("E4EFE4"),
    ]
    let borders = [
      border("<top/><bottom/>"), border("<top/><bottom \(line)</bottom>"),
      border("<top \(line)</top><bottom/>"),
    ]
    return "<fonts count=\"\(fonts.count)\">\(fonts.joined())</fonts>"
      + "<fills count=\"\(fills.count)\">\(fills.joined())</fills>"
      + "<borders count=\"\(borders.count)\">\(borders.joined())</borders>"
      + "<cellStyleXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/></cellStyleXfs>"
  }()
}

extension ReportSheet.Role {
  /// Whether it ends at the right edge, number or not.
  fileprivate var isRight: Bool { self == .rightHead || self == .right || self == .strongRight }

  /// Whether it runs over the cells beside it, so that no column is as wide.
  var runsOver: Bool { self == .title || self == .note || self == .lead }
}
