import GenOpsUnits

/// The sheets of a workbook in `result.json`: a row is a list of values, and beside it, where there are any, the
/// formulas they come from, how they look, and where else in the file the same number stands.
extension ReportSheet {
  var json: JSONValue {
    [
      "name": .string(name),
      "frozen": .array([.integer(frozen.rows), .integer(frozen.columns)]),
      "filter": filter.map { .array([.integer($0.lowerBound), .integer($0.upperBound)]) } ?? .null,
      "widths": .array(
        widths.sorted { $0.key < $1.key }.map { .array([.integer($0.key), .integer($0.value)]) }),
      "names": .array(
        names.map {
          [
            "name": .string($0.name), "sheet": .string($0.place.sheet),
            "row": .integer($0.place.row), "column": .integer($0.place.column),
          ]
        }),
      "rows": .array(rows.map(ReportSheet.json)),
    ]
  }

  private static func json(_ row: [Cell]) -> JSONValue {
    var members: [JSONValue.Member] = [.init("values", .array(row.map(\.value)))]
    let formulas = row.map(\.formula)
    if formulas.contains(where: { $0 != nil }) {
      members.append(.init("formulas", .array(formulas.map { .optional($0) })))
    }
    let looks = row.map(\.look)
    if looks.contains(where: { !$0.isEmpty }) {
      members.append(.init("looks", .strings(looks)))
    }
    return .object(members)
  }

  init(_ node: ResultNode) throws {
    self.init(try node.text("name"))
    let frozen = try node.list("frozen").map { try $0.count() }
    guard frozen.count == 2 else { throw try node.at("frozen").failure("two whole numbers") }
    self.frozen = (frozen[0], frozen[1])
    if let filter = try node.optional("filter") {
      let ends = try filter.list().map { try $0.count() }
      guard ends.count == 2, ends[0] <= ends[1] else { throw filter.failure("two whole numbers") }
      self.filter = ends[0]..<ends[1]
    }
    for width in try node.list("widths") {
      let pair = try width.list().map { try $0.count() }
      guard pair.count == 2 else { throw width.failure("two whole numbers") }
      widths[pair[0]] = pair[1]
    }
    names = try node.list("names").map {
      (
        try $0.text("name"),
        CellPlace(try $0.text("sheet"), try $0.at("row").count(), try $0.at("column").count())
      )
    }
    rows = try node.list("rows").map(ReportSheet.row)
  }

  private static func row(_ node: ResultNode) throws -> [Cell] {
    let values = try node.list("values")
    func column(_ key: String) throws -> [ResultNode?] {
      guard let column = try node.optional(key) else { return values.map { _ in nil } }
      let items = try column.list()
      guard items.count == values.count else { throw column.failure("as long as its values") }
      return items
    }
    let (formulas, looks) = (try column("formulas"), try column("looks"))
    return try values.indices.map { index in
      let formula = formulas[index].flatMap { $0.isNull ? nil : $0 }
      var cell = Cell(try content(values[index], try formula?.text()))
      if let look = looks[index] { try cell.take(look) }
      return cell
    }
  }

  private static func content(_ value: ResultNode, _ formula: String?) throws -> Cell.Content {
    if value.isNull { return .empty }
    if let text = try? value.text() {
      return formula.map { .textFormula($0, text) } ?? .text(text)
    }
    let number = try value.number()
    return formula.map { .formula($0, number) } ?? .number(number)
  }
}

extension ReportSheet.Cell {
  fileprivate var value: JSONValue {
    switch content {
    case .empty: .null
    case .text(let text), .textFormula(_, let text): .string(text)
    case .number(let number), .formula(_, let number): .double(number)
    }
  }

  fileprivate var formula: String? {
    switch content {
    case .formula(let formula, _), .textFormula(let formula, _): formula
    case .empty, .text, .number: nil
    }
  }

  /// `strong n2`: the role and the form, each left out where it is the usual one.
  fileprivate var look: String {
    let form =
      switch self.form {
      case .general: ""
      case .number(let decimals, let before, let behind): "n\(decimals)|\(before)|\(behind)"
      case .percent(let decimals, let isSigned): (isSigned ? "s" : "p") + "\(decimals)"
      case .price: "price"
      case .bound: "bound"
      }
    return role == .plain && form.isEmpty ? "" : role.rawValue + "/" + form
  }

  fileprivate mutating func take(_ node: ResultNode) throws {
    let look = try node.text()
    if look.isEmpty { return }
    let parts = look.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, let role = ReportSheet.Role(rawValue: String(parts[0])),
      let form = ReportSheet.Form(parts[1])
    else { throw node.failure("how a cell looks") }
    self.role = role
    self.form = form
  }
}

extension ReportSheet.Form {
  fileprivate init?(_ text: Substring) {
    switch text {
    case "": self = .general
    case "price": self = .price
    case "bound": self = .bound
    default:
      let parts = text.dropFirst().split(separator: "|", omittingEmptySubsequences: false)
      guard let decimals = parts.first.flatMap({ Int($0) }), (0...9).contains(decimals) else {
        return nil
      }
      switch (text.first, parts.count) {
      case ("n", 3):
        self = .number(decimals: decimals, before: String(parts[1]), behind: String(parts[2]))
      case ("p", 1), ("s", 1):
        self = .percent(decimals: decimals, isSigned: text.first == "s")
      default: return nil
      }
    }
  }
}
