import GenOpsSimulation
import GenOpsUnits

/// The months of the text report with their bars; quarters when there are more than twelve.
struct PeriodTable {
  struct Row {
    var label: String
    var cost: ForecastDistribution
    var drivers: [String]
  }

  let result: ScenarioResult
  let rows: [Row]
  /// How many quarters at the end are not shown.
  let hidden: Int
  private let title: String

  /// The most rows between the title and the total.
  static let most = 13

  init(_ result: ScenarioResult) {
    self.result = result
    let byQuarter = result.months.count > 12 && !result.quarters.isEmpty
    let all = byQuarter ? PeriodTable.quarters(result) : PeriodTable.months(result)
    title = byQuarter ? "Quarter" : "Month"
    hidden = all.count > PeriodTable.most ? all.count - (PeriodTable.most - 1) : 0
    rows = Array(all.prefix(all.count - hidden))
  }

  private static func months(_ result: ScenarioResult) -> [Row] {
    result.months.enumerated().map { index, month in
      let drivers = month.isActual && month.drivers.isEmpty ? ["actual"] : month.drivers
      return Row(
        label: DateText.row(month.month, isFirst: index == 0), cost: month.cost, drivers: drivers)
    }
  }

  /// A quarter is driven by what drives its months.
  private static func quarters(_ result: ScenarioResult) -> [Row] {
    result.quarters.map { quarter in
      var drivers: [String] = []
      for month in result.months
      where month.month.firstDay >= quarter.start && month.month.firstDay < quarter.end {
        for driver in month.drivers where !drivers.contains(driver) { drivers.append(driver) }
      }
      return Row(label: quarter.label.displayable, cost: quarter.cost, drivers: drivers)
    }
  }

  func lines(width: Int) -> [TextLine] {
    let total = Row(label: result.yearLabel.displayable, cost: result.year.cost, drivers: [])
    let all = rows + [total]
    let label = min(12, max(8, ([title] + all.map(\.label)).map(\.displayWidth).max() ?? 8))
    func column(_ title: String, _ value: (ForecastDistribution) -> Double) -> Int {
      all.reduce(title.count) { max($0, NumberText.money(value($1.cost)).count) }
    }
    let low = column("low", \.p10)
    let expected = column("expected", \.mean)
    let high = column("high", \.p90)

    func start(_ row: Row) -> TextLine {
      var line = TextLine(row.label.fitting(label).padded(to: label))
      line.add(" " + NumberText.money(row.cost.p10).padded(to: low, right: true))
      line.add("  " + NumberText.money(row.cost.mean).padded(to: expected, right: true), .strong)
      line.add("  " + NumberText.money(row.cost.p90).padded(to: high, right: true))
      line.add("   ")
      return line
    }

    var head = TextLine(title.padded(to: label), .dim)
    head.add(" " + "low".padded(to: low, right: true), .dim)
    head.add("  " + "expected".padded(to: expected, right: true), .dim)
    head.add("  " + "high".padded(to: high, right: true) + "   ", .dim)

    // The bar takes what numbers and a readable note leave.
    let barColumn = head.width
    let bar = BarText(
      maximum: rows.reduce(0) { max($0, $1.cost.p90, $1.cost.mean) },
      columns: min(33, max(12, width - barColumn - 3 - 28)))
    let noteColumn = barColumn + bar.columns + 3 + 3
    head.add(bar.axis, .dim)
    head.pad(to: noteColumn)
    head.add("what drives it", .dim)

    var lines = [head]
    for row in rows {
      var line = start(row)
      let (solid, shade) = bar.bar(row.cost.mean, upTo: row.cost.p90)
      line.add(solid)
      line.add(shade, .dim)
      line.pad(to: noteColumn)
      line.add(row.drivers.joined(separator: ", ").displayable)
      lines.append(line)
    }
    if hidden > 0 { lines.append(TextLine("+\(hidden) more quarters in the files", .dim)) }
    var last = start(total)
    last.add(
      result.provenance.paths > 1
        ? "8 of 10 futures lie between; only \"expected\" adds up" : "one future", .dim)
    return lines + [last]
  }
}
