import GenOpsCosting
import GenOpsGovernance
import GenOpsHistory
import GenOpsMetering
import GenOpsNumerics
import GenOpsScenario
import GenOpsUnits

extension ResultBuilder {
  func monthResults() -> [MonthResult] {
    let table = simulation.tables[0]
    let meters = table.meters
    let budgets = plan.options[0].governance.budgets.indices
    let kinds = lostData(0).byMeter.map(\.meter)
    return months.indices.map { index in
      let month = months[index]
      func samples(_ values: PathColumn<Int64>, _ slot: Int, _ scale: Double)
        -> ForecastDistribution
      {
        distribution(
          (0..<simulation.paths).map {
            Double(values[$0, index, slot]) * scale
          })
      }
      let usage = table.months
      let extra = extras[0]
      let cost = (0..<simulation.paths).map {
        Double(usage[$0, index]) / 1e9 + extra[$0, index]
      }
      var lost = LostData(table.sums.lost[index], paths: simulation.paths)
      if !kinds.isEmpty, !kinds.contains(.events) {
        // What is sent and what is lost of the kinds that are lost is what was offered of them.
        lost.offered = zip(meters.indices, meters).reduce(lost.total) { sum, slot in
          let sent = (0..<simulation.paths).reduce(0.0) {
            $0 + Double(table.meterUnits[$1, index, slot.0])
          }
          return kinds.contains(slot.1) ? sum + sent / Double(max(1, simulation.paths)) : sum
        }
      }
      let known = actualDays(month)
      let unknown = unknownStreams(month, known)
      func largest(_ paths: [Int]) -> Double? {
        budgets.map { Double(paths[$0 * months.count + index]) / Double(simulation.paths) }.max()
      }
      var result = MonthResult(
        month: month, actualDays: known.reduce(0) { $0 + $1.count }, cost: distribution(cost),
        usage: meters.indices.map { (meters[$0], samples(table.meterUnits, $0, 1)) },
        costByMeter: meters.indices.map { (meters[$0], samples(table.meterCosts, $0, 1e-9)) },
        lost: lost, breachProbability: largest(table.sums.overInMonth),
        drivers: drivers(month, known, unknown), unknown: unknown)
      result.wasOver = largest(table.sums.wasOverInMonth) ?? 0
      result.agreedTerms = extra.meanTerms(month: index)
      return result
    }
  }

  /// The days of a month, from 0, of which the history knows something.
  private func actualDays(_ month: CalendarMonth) -> [Range<Int>] {
    var ranges: [Range<Int>] = []
    for index in 0..<month.dayCount {
      let day = month.firstDay.advanced(by: index)
      guard day < plan.forecastStart, plan.history.series.contains(where: { $0[day] != nil }) else {
        continue
      }
      if let last = ranges.last, last.upperBound == index {
        ranges[ranges.count - 1] = last.lowerBound..<(index + 1)
      } else {
        ranges.append(index..<(index + 1))
      }
    }
    return ranges
  }

  /// What is not known of all actual days: series with gaps, and what only a bill has.
  private func unknownStreams(_ month: CalendarMonth, _ actual: [Range<Int>]) -> [String] {
    guard !actual.isEmpty else { return [] }
    let series = plan.history.series.filter { series in
      actual.contains { $0.contains { series[month.firstDay.advanced(by: $0)] == nil } }
    }
    let billed = plan.streams.filter { stream in
      stream.actual.contains { $0 > 0 }
        && !plan.history.series.contains { $0.meter == stream.meter }
    }
    return series.map(\.label) + billed.map(\.name)
  }

  /// Which days are actual: `actual`, `days 1-14 are actual`, `20 days are actual in part`.
  private func actualText(_ month: CalendarMonth, _ actual: [Range<Int>], isPart: Bool) -> String? {
    let count = actual.reduce(0) { $0 + $1.count }
    guard let first = actual.first else { return nil }
    let text =
      count == month.dayCount
      ? "actual"
      : actual.count > 1
        ? "\(count) days are actual"
        : count == 1
          ? "day \(first.upperBound) is actual"
          : "days \(first.lowerBound + 1)-\(first.upperBound) are actual"
    // A column has no room for names; the findings say of what they are not known.
    return isPart ? text + " in part" : text
  }

  /// What moves a month: actual days, changes that begin or act in it, and peaks that it lacks.
  private func drivers(
    _ month: CalendarMonth, _ actual: [Range<Int>], _ unknown: [String]
  ) -> [String] {
    var names: [String] = []
    if let text = actualText(month, actual, isPart: !unknown.isEmpty) { names.append(text) }
    for change in plan.scenario.prices.changes where change.from.month == month {
      names.append("prices of \(change.book.id)")
    }
    for change in plan.scenario.changes {
      let begins = change.from.month == month
      let acts = change.to.map { change.from <= month.lastDay && $0 >= month.firstDay } ?? begins
      if acts { names.append(change.name) }
    }
    for peak in plan.missingPeaks where peak.month == month {
      let text = "lacks \(peak.name ?? "last year's peak")"
      if !names.contains(text) { names.append(text) }
    }
    return names + plan.calendarDrivers(of: month)
  }

  /// Quarters counted from the first month; behind whole ones what is left of the period.
  func quarters() -> [PeriodResult] {
    let usage = simulation.tables[0].months
    let extra = extras[0]
    return stride(from: 0, to: months.count, by: 3).compactMap { first in
      let count = min(3, months.count - first)
      guard count == 3 || first > 0 else { return nil }
      let cost = (0..<simulation.paths).map { path in
        // `count` is at least 1.
        (first..<(first + count)).reduce(0.0) {
          $0 + Double(usage[path, $1]) / 1e9
            + extra[path, $1]
        }
      }
      return PeriodResult(
        label: count == 3 ? "Q\(first / 3 + 1)" : rest(months[first..<(first + count)]),
        start: months[first].firstDay, end: months[first + count - 1].advanced(by: 1).firstDay,
        cost: distribution(cost))
    }
  }

  /// `Jan 2028` or `Jan-Feb 2028`: what is left behind whole quarters.
  private func rest(_ months: ArraySlice<CalendarMonth>) -> String {
    guard let first = months.first, let last = months.last else { return "" }
    let end = "\(last.shortName) \(last.year)"
    if first == last { return end }
    return first.shortName + (first.year == last.year ? "" : " \(first.year)") + "-" + end
  }

  func costByMeter() -> [MeterCost] {
    let table = simulation.tables[0]
    let meters = table.meters
    let byPath = table.meterCosts
    let sums = meters.indices.map { slot in
      (0..<simulation.paths).reduce(Int128(0)) { sum, path in
        months.indices.reduce(sum) { $0 + Int128(byPath[path, $1, slot]) }
      }
    }
    var costs = meters.indices.map {
      MeterCost(
        label: meters[$0].invoiceName, meter: meters[$0],
        mean: Double(sums[$0]) / 1e9 / Double(simulation.paths))
    }.filter { $0.mean > 0 }
    costs += extras[0].lines.map { MeterCost(label: $0.name, meter: nil, mean: $0.mean) }
    return costs.sorted { ($0.mean, $1.label) > ($1.mean, $0.label) }
  }

  /// The cost of each owner: the marginal view, and a share of the whole bill in proportion.
  func attributionResults() -> [AttributionResult] {
    var owners: [Attribution] = []
    for one in plan.options[0].usageClasses where !owners.contains(one.attribution) {
      owners.append(one.attribution)
    }
    guard owners.count > 1 || owners.first != Attribution.none else { return [] }
    let costs = simulation.tables[0].streamCosts
    let fee = extras[0].meanTotal
    let all = owners.map { owner -> [Double] in
      let mine = plan.streams.ids.filter { plan.streams[$0].attribution == owner }
      return (0..<simulation.paths).map { path in
        Double(mine.reduce(0) { $0 + costs[path, $1.index] }) / 1e9
      }
    }
    let means = all.map { $0.reduce(0, +) / Double(simulation.paths) }
    let usage = means.reduce(0, +)
    return owners.indices.map {
      AttributionResult(
        attribution: owners[$0], cost: distribution(all[$0]),
        proRata: usage > 0 ? means[$0] * (1 + fee / usage) : fee / Double(owners.count))
    }
  }
}

extension LostData {
  /// The mean loss of a month; its classes are told for the whole period only.
  init(_ sum: PathSums.Loss, paths: Int) {
    func mean(_ value: Int128) -> Double { Double(value) / Double(paths) }
    self.init(
      refused: mean(sum.refused), sampled: mean(sum.sampled), critical: mean(sum.critical),
      offered: mean(sum.offered), byClass: [])
  }
}
