import GenOpsHistory
import GenOpsSimulation
import GenOpsUnits

extension RunCharts {
  /// The cumulative cost by day: what was paid, what is expected, the range of 8 in 10 futures, the
  /// budget, and the day on which it is crossed.
  var fan: ReportChart {
    let fan = result.fan
    return .fan(
      .init(
        caption: .init(
          id: "fan", title: "Cumulative cost by day", description: fanDescription,
          legend: fanLegend, unit: result.currency),
        start: fan.days.first?.day ?? CalendarDay(number: 0), actualDays: fan.actualDays,
        days: fan.days.map { .init(low: $0.p10, expected: $0.mean, high: $0.p90) },
        option: bestLine?.mean, budget: fan.budget?.approximate, crossing: crossing?.index,
        crossingWords: refuses ? "refuses from around" : "over around",
        ends: [.expected, .option, .high, .low]))
  }

  /// The recommended option's line, when the run has one.
  private var bestLine: (name: String, mean: [Double])? {
    guard let best = result.bestOption?.name else { return nil }
    return result.fan.options.first { $0.name == best && $0.mean.count == result.fan.days.count }
  }

  /// The median day of the first breach when it is a day of the picture.
  private var crossing: (index: Int, day: CalendarDay)? {
    guard let first = result.fan.days.first?.day, let day = budget?.firstBreach?.p50 else {
      return nil
    }
    let index = first.distance(to: day)
    return result.fan.days.indices.contains(index) ? (index, day) : nil
  }

  /// The budget of the picture.
  private var budget: BudgetResult? {
    result.fan.budget.flatMap { limit in result.budgets.first { $0.limit == limit } }
  }

  private var refuses: Bool { budget?.refuses ?? false }

  private var fanLegend: [ReportChart.Key] {
    var keys: [ReportChart.Key] = []
    if result.fan.actualDays > 0 { keys.append(.init(mark: .actual, label: "actual")) }
    keys.append(.init(mark: .expected, label: "expected, as is"))
    keys.append(.init(mark: .band, label: "8 of 10 futures"))
    if result.fan.budget != nil {
      keys.append(
        .init(mark: .budget, label: "budget" + (result.hasTerms ? ", at list price" : "")))
    }
    if let bestLine {
      keys.append(.init(mark: .option, label: "expected with \"\(bestLine.name)\""))
    }
    return keys
  }

  private var fanDescription: String {
    guard let first = result.fan.days.first, let last = result.fan.days.last else { return "" }
    var text =
      "From \(first.day) to \(last.day) the cost adds up to \(NumberText.money(last.mean)) expected, "
      + "\(NumberText.money(last.p10)) low and \(NumberText.money(last.p90)) high."
    let passed = result.fan.actualDays
    let known = result.months.reduce(0) { $0 + $1.actualDays }
    if passed > 0 {
      text +=
        known < passed
        ? " Of the first \(passed) days, \(known) are actual."
        : " The first \(passed) days are actual."
    }
    if let budget = result.fan.budget {
      text += " The budget is \(NumberText.money(budget))"
      text += result.hasTerms ? ", and judges list prices: before discounts and credits." : "."
    }
    if let crossing {
      text += refuses ? " It refuses events from around " : " It is crossed around "
      text += DateText.day(crossing.day, year: true) + "."
    }
    return text
  }
}
