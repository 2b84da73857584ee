import GenOpsMetering
import GenOpsScenario
import GenOpsSimulation
import GenOpsUnits

/// The usage of each meter and month: what is expected, which the formulas of ``MonthSheet`` price, and the
/// range of the futures.
struct UsageSheet {
  static let name = "Usage"
  /// Where the first month stands.
  static let firstMonth = 2

  private(set) var sheet = ReportSheet(UsageSheet.name)
  /// Meters that are used at all, in the order of their rows.
  let meters: [Meter]
  /// Expected whole units by meter, then month.
  let units: [Meter: [Int64]]
  private var rows: [Meter: Int] = [:]

  init(_ result: ScenarioResult) {
    let months = result.months
    func values(_ meter: Meter, _ quantile: Quantile) -> [Double] {
      months.map { month in month.usage.first { $0.meter == meter }?.units[quantile] ?? 0 }
    }
    meters = (months.first?.usage.map(\.meter) ?? []).filter { meter in
      values(meter, .p90).contains { $0 > 0 } || values(meter, .mean).contains { $0 > 0 }
    }
    // A bill counts whole units. Usage is never below 0 or above 10^12 a day.
    units = Dictionary(
      uniqueKeysWithValues: meters.map { meter in
        (meter, values(meter, .mean).map { Int64(rounding: max(0, $0)) })
      })
    sheet.open(
      "Usage by meter and month, as is",
      [
        "Expected is the mean of all futures, in whole units: these numbers are what the sheet Months prices. "
          + "Change one, and the sums there move.",
        "Months in green have days that were measured; what is ahead is yellow.",
      ])
    let titles = months.map { DateText.month($0.month) }
    sheet.frozen = (sheet.rows.count + 1, UsageSheet.firstMonth)
    sheet.add(
      [.text("Meter", .head), .text("Unit", .head)]
        + (titles + ["Total"]).map { .text($0, .rightHead) })
    sheet.add(
      [.text("Days measured"), .text("day")]
        + months.map { .number(Double($0.actualDays), .count) })
    for meter in meters {
      let row = sheet.rows.count
      rows[meter] = row
      let all = units[meter] ?? []
      let cells = zip(all, months).map { units, month in
        ReportSheet.Cell.number(Double(units), .count, month.actualDays > 0 ? .actual : .input)
      }
      sheet.add(
        [.text(meter.invoiceName), .text(meter.unit)] + cells
          + [.formula(sum(row, months.count), Double(all.reduce(0, +)), .count, .strong)])
    }
    for (title, quantile) in [("Low (p10)", Quantile.p10), ("High (p90)", .p90)] {
      sheet.add()
      sheet.add(
        [.text(title, .head), .text("Unit", .head)] + titles.map { .text($0, .rightHead) })
      for meter in meters {
        sheet.add(
          [.text(meter.invoiceName), .text(meter.unit)]
            + values(meter, quantile).map { .number($0.rounded(), .count) })
      }
    }
  }

  /// Where the expected usage of a month stands.
  func place(_ meter: Meter, _ month: Int) -> CellPlace? {
    rows[meter].map { CellPlace(UsageSheet.name, $0, UsageSheet.firstMonth + month) }
  }

  private func sum(_ row: Int, _ months: Int) -> String {
    CellPlace.sum(UsageSheet.name, row, UsageSheet.firstMonth, months)
  }
}

extension CellPlace {
  /// `SUM(C5:N5)`: cells of one row of the same sheet.
  static func sum(_ sheet: String, _ row: Int, _ column: Int, _ count: Int) -> String {
    "SUM(" + CellPlace(sheet, row, column).here + ":"
      + CellPlace(sheet, row, column + max(1, count) - 1).here + ")"
  }
}
