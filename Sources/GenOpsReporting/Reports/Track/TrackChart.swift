import GenOpsSimulation
import GenOpsUnits

/// The picture of tracked months: budget, what was said, what was used and where it lands.
struct TrackChart {
  let result: TrackResult

  init(_ result: TrackResult) { self.result = result }

  var months: ReportChart {
    let bars = result.months.enumerated().map { index, month -> ReportChart.Bars.Bar in
      let landing = month.landing.approximate
      var bar = ReportChart.Bars.Bar(
        label: DateText.row(month.month, isFirst: index == 0), shortLabel: month.month.shortName,
        cost: .init(
          low: month.low?.approximate ?? landing, expected: landing,
          high: month.high?.approximate ?? landing),
        isActual: month.state == .actual, note: TrackTables.known(month))
      bar.said = month.forecast.map { forecast in
        .init(
          low: forecast.cost.p10.approximate, expected: forecast.cost.mean.approximate,
          high: forecast.cost.p90.approximate)
      }
      bar.budget = month.budget?.approximate
      // Of a month that is not known whole, what is known is a bar of its own below the landing.
      bar.soFar = month.state == .actual ? nil : month.actual?.approximate
      return bar
    }
    return .bars(
      .init(
        caption: .init(
          id: "months", title: "Budget, forecast, actual and landing by month",
          description: TrackSentences(result).all.joined(separator: " ")
            + " The table below holds all months.",
          legend: legend, unit: result.currency),
        noun: "Month", bars: bars))
  }

  private var legend: [ReportChart.Key] {
    var keys: [ReportChart.Key] = []
    let states = Set(result.months.map(\.state))
    if states.contains(where: { $0.hasEnded || $0 == .underWay }) {
      keys.append(.init(mark: .actualBar, label: "actual"))
    }
    if states.contains(where: { $0 != .actual }) {
      keys.append(.init(mark: .bar, label: "landing"))
      if result.months.contains(where: { $0.low != nil }) {
        keys.append(.init(mark: .range, label: "8 of 10 futures now"))
      }
    }
    if result.months.contains(where: { $0.forecast != nil }) {
      keys.append(.init(mark: .band, label: "8 of 10 as last said"))
    }
    if result.months.contains(where: { $0.budget != nil }) {
      keys.append(
        .init(mark: .budget, label: "budget" + (result.hasTerms ? ", at list price" : "")))
    }
    return keys
  }
}
