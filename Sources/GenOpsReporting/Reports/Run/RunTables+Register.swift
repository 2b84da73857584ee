import GenOpsSimulation
import GenOpsUnits

/// Every number that an answer rests on without being sure.
extension RunTables {
  /// Range, where it comes from, who answers for it, and what knowing it would be worth.
  var register: ReportTable {
    let rows = result.register.enumerated().map { index, one -> [ReportTable.Cell] in
      let path = "register[\(index)]"
      func cell(_ value: Double, _ key: String) -> ReportTable.Cell {
        InputText.isDate(one.name)
          ? ReportTable.Cell(InputText.date(value)).at("\(path).\(key)")
          : ReportTable.Cell(value: value).at("\(path).\(key)")
      }
      return [
        .init(DriverText.label(one.name)), cell(one.low, "p10"), cell(one.mean, "mean"),
        cell(one.high, "p90"), .init(DriverText.provenance(one.origin)), .init(one.source),
        one.owner.map { .init($0) } ?? .init("not named", .caution),
        .init(one.review?.description ?? "-"),
        one.worth > 0
          ? ReportTable.Cell(money: one.worth).at("\(path).worth") : .init("-", value: ""),
      ]
    }
    return ReportTable(
      "Assumptions register",
      [
        .text("Number"), .number("Low"), .number("Expected"), .number("High"), .text("It is"),
        .text("Source"), .text("Owner"), .text("Review"), .number("Knowing it narrows by"),
      ], rows,
      note: rows.isEmpty
        ? nil
        : "Every number that is drawn or assumed. Low and high are its p10 and p90; the last column is by how much "
          + "the range of 8 in 10 futures of the cost would be narrower if it were known.")
  }
}
