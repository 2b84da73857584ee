import GenOpsHistory
import GenOpsScenario
import GenOpsSimulation
import GenOpsUnits

/// The pictures of a result.
struct RunCharts {
  let result: ScenarioResult

  init(_ result: ScenarioResult) { self.result = result }

  /// The expected cost of each month with the range of 8 in 10 futures.
  var months: ReportChart {
    let low = result.months.min { $0.cost.mean < $1.cost.mean }
    let high = result.months.max { $0.cost.mean < $1.cost.mean }
    let ends = [("lowest", low), ("highest", high)].compactMap { word, month in
      month.map {
        "The \(word) expected month is \(DateText.month($0.month)) with "
          + "\(NumberText.money($0.cost.mean))."
      }
    }
    var legend: [ReportChart.Key] = []
    if result.months.contains(where: \.isActual) {
      legend.append(.init(mark: .actualBar, label: "actual"))
    }
    if result.months.contains(where: { !$0.isActual }) {
      legend.append(.init(mark: .bar, label: "expected"))
      legend.append(.init(mark: .range, label: "8 of 10 futures"))
    }
    return .bars(
      .init(
        caption: .init(
          id: "months", title: "Cost by month",
          description: ends.joined(separator: " ") + " The table below holds all months.",
          legend: legend, unit: result.currency),
        noun: "Month", bars: monthBars))
  }

  /// The rows of a screen: months, or quarters when there are more than twelve, and the whole.
  var periods: ReportChart {
    let byQuarter = result.months.count > 12 && !result.quarters.isEmpty
    let bars = byQuarter ? quarterBars : monthBars
    let hidden = bars.count > RunCharts.mostRows ? bars.count - (RunCharts.mostRows - 1) : 0
    let total = ReportChart.Bars.Bar(
      label: result.yearLabel, shortLabel: "", cost: .init(result.year.cost),
      isActual: false,
      note: result.provenance.paths > 1
        ? "8 of 10 futures lie between; only \"expected\" adds up" : "one future")
    return .bars(
      .init(
        caption: .init(
          id: "periods", title: "", description: "", legend: [], unit: result.currency),
        noun: byQuarter ? "Quarter" : "Month", bars: Array(bars.prefix(bars.count - hidden)),
        hidden: hidden, total: total))
  }

  /// The most rows of a screen between the titles and the whole.
  private static let mostRows = 13

  private var monthBars: [ReportChart.Bars.Bar] {
    result.months.enumerated().map { index, month in
      let drivers = month.isActual && month.drivers.isEmpty ? ["actual"] : month.drivers
      return .init(
        label: DateText.row(month.month, isFirst: index == 0), shortLabel: month.month.shortName,
        cost: .init(month.cost), isActual: month.isActual,
        note: drivers.joined(separator: ", "))
    }
  }

  /// A quarter is driven by what drives its months.
  private var quarterBars: [ReportChart.Bars.Bar] {
    result.quarters.map { quarter in
      var drivers: [String] = []
      for month in result.months
      where month.month.firstDay >= quarter.start && month.month.firstDay < quarter.end {
        for driver in month.drivers where !drivers.contains(driver) { drivers.append(driver) }
      }
      return .init(
        label: quarter.label, shortLabel: "", cost: .init(quarter.cost),
        isActual: false, note: drivers.joined(separator: ", "))
    }
  }

  /// The range of cost of each option beside the budget, and what it loses.
  var options: ReportChart {
    let rows = result.options.map { option -> ReportChart.Ranges.Row in
      let lost = option.lost
      let isBad = lost.total > 0 && lost.critical > 0
      let text = lost.total > 0 ? "loses \(lost.things)" : "loses nothing"
      return .init(
        label: option.name, cost: .init(option.cost), note: isBad ? "! \(text)" : text,
        isBad: isBad)
    }
    let description = rows.map {
      "\($0.label): \(NumberText.money($0.cost.expected)) expected, \($0.note)."
    }
    return .ranges(
      .init(
        caption: .init(
          id: "options", title: "Cost of each option, and what it loses",
          description: description.joined(separator: " "),
          legend: [
            .init(mark: .optionRange, label: "8 of 10 futures"),
            .init(mark: .optionDot, label: "expected"),
          ], unit: result.currency),
        // A budget judges list prices, and no range of what is paid can be held against it.
        rows: rows, budget: result.hasTerms ? nil : result.fan.budget?.approximate))
  }
}

extension ReportChart.Spread {
  init(_ cost: ForecastDistribution) {
    self.init(low: cost.p10, expected: cost.mean, high: cost.p90)
  }
}
