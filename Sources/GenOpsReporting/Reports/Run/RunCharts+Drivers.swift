import GenOpsSimulation

extension RunCharts {
  /// The most inputs of a picture; the table has all.
  private static let mostDrivers = 8

  /// A tornado: the year's expected cost between the low and the high end of each input.
  var drivers: ReportChart {
    let felt = result.drivers.inputs.filter { $0.share > 0 }
    let rows = felt.prefix(RunCharts.mostDrivers).map { one -> ReportChart.Ranges.Row in
      .init(
        label: DriverText.label(one.name),
        cost: .init(
          low: min(one.costLow, one.costHigh), expected: result.year.cost.mean,
          high: max(one.costLow, one.costHigh)),
        note: "moves it by \(NumberText.money(one.swing))", isBad: false)
    }
    let description = rows.map {
      "\($0.label): \(NumberText.money($0.cost.low)) to \(NumberText.money($0.cost.high))."
    }
    var ranges = ReportChart.Ranges(
      caption: .init(
        id: "drivers", title: "What drives the cost",
        description: description.joined(separator: " "),
        legend: [
          .init(mark: .optionRange, label: "input at its p10 and p90"),
          .init(mark: .optionDot, label: "expected"),
        ], unit: result.currency),
      rows: Array(rows), budget: nil)
    ranges.isFromZero = false
    return .ranges(ranges)
  }
}
