import GenOpsHistory
import GenOpsMetering
import GenOpsScenario
import GenOpsUnits

/// What a reader has to know of the months besides their numbers.
extension Tracker {
  /// Whether the exports say anything of the period.
  mutating func tellExports(_ new: ScenarioFiles) {
    let last = new.histories.flatMap(\.file.exports).compactMap(\.lastKnownDay).max()
    let place = request.usage.first.map { SourceLocation(file: $0, line: 1, column: 1) }
    guard let last else {
      findings.warning(
        "export-outside", "the new export knows nothing of any day",
        help: "export it again: PostHog > Billing > Usage > Export", at: place)
      return
    }
    if last < own.period.start {
      findings.warning(
        "export-outside",
        "the new export ends on \(last), before the period begins on \(own.period.start)",
        help: "export the latest months, or move the scenario's period", at: place)
    }
    if !hasHistory {
      findings.note(
        "rest-as-said",
        "the scenario has no history: what lies ahead is what it says, whatever the new export shows",
        help: "add the export to it: history: \(request.usage.joined(separator: ", "))",
        at: scenario.location)
    }
  }

  /// Of the months that have begun, and of the lines of the ledger.
  mutating func tell(_ months: [TrackResult.Month], _ ledger: ForecastLedger) {
    for month in months where month.state == .partial || month.state == .underWay {
      guard !month.unknown.isEmpty else { continue }
      findings.warning(
        "month-partial",
        "\(month.month) is known in part: \(gaps(month)); what is not known is taken as it was "
          + "expected, and the month is not in the score",
        help: "export those days and products too", at: exportPlace)
    }
    tellGiven(months)
    tellPrices(months)
    let unsaid = months.filter { $0.state.hasEnded && $0.forecast == nil }
    if let first = unsaid.first {
      findings.note(
        "no-past-forecast",
        "\(first.month)\(unsaid.count > 1 ? " and \(countedNoun(unsaid.count - 1, "more month"))" : "") cannot be held "
          + "against a forecast: there is none in the ledger, and too little history before",
        help: "'genops run \(request.scenario) --remember' says months ahead", at: scenario.location
      )
    }
    if let last = months.last(where: { $0.split != nil }), let split = last.split,
      let part = last.ofForecast(split.spread), abs(part) >= 0.01
    {
      findings.note(
        "tiers-and-spread",
        "of what volume did in \(last.month), \(split.spread.text(decimals: 2, grouping: true)) is there "
          + "although the usage was as expected: with tiers and credits the mean of all futures is not the bill "
          + "of the mean usage", help: "nothing to do")
    }
    if let budget = MonthBudget(current), budget.isShared {
      findings.note(
        "budget-by-month",
        "the budget is for a \(budget.summary.period.rawValue): each month is held against an equal part "
          + "of it", help: "nothing to do; a budget per month is its own",
        at: scenario.location)
    }
    let others = ledger.statements.count - statements(ledger).count
    if others > 0 {
      findings.note(
        "ledger-other",
        "of another scenario or currency in the ledger, and left out: \(countedNoun(others, "line"))",
        help: "keep a ledger for each scenario: --ledger FILE")
    }
    let strange = months.contains { month in
      month.split != nil && month.forecast.map { ledger.prices[$0.prices] == nil } ?? false
    }
    if strange {
      findings.warning(
        "forecast-prices-unknown",
        "the ledger has lost the prices that a forecast was made with: what they changed is within volume",
        help: "the line of kind \"prices\" is missing; it cannot be made again")
    }
  }

  /// Of meters that a bill alone told.
  private mutating func tellGiven(_ months: [TrackResult.Month]) {
    let begun = months.filter { $0.state != .ahead }
    let given = Meter.allCases.filter { meter in begun.contains { $0.given.contains(meter) } }
    if given.isEmpty { return }
    findings.note(
      "month-given",
      "no export has \(given.map(\.id).joined(separator: ", ")): what is in the bill alone is taken as it was "
        + "expected, in what is actual and in the score too",
      help: "export those products too, where PostHog has them by day", at: exportPlace)
  }

  /// Of months that are billed at other prices than those they were forecast with.
  private mutating func tellPrices(_ months: [TrackResult.Month]) {
    let repriced = months.filter { $0.split.map { $0.price != .zero } ?? false }
    guard let first = repriced.first, let split = first.split else { return }
    findings.note(
      "month-repriced",
      "\(first.month)\(repriced.count > 1 ? " and \(repriced.count - 1) more months" : "") had landed at other "
        + "prices than it was forecast with: that is \(split.price.text(decimals: 2, grouping: true)) of its miss",
      help: "prices that begin later leave it as it was: "
        + "prices: [{book: OLD}, {from: \(first.month.advanced(by: 1).firstDay), book: NEW}]",
      at: scenario.location)
  }

  /// `flag_requests on 30 days`.
  private func gaps(_ month: TrackResult.Month) -> String {
    let end = min(
      usage.lastDay.map { $0.advanced(by: 1) } ?? own.period.start,
      month.month.lastDay.advanced(by: 1))
    let texts = month.unknown.map { meter -> String in
      let total = usage.total(of: meter)
      let passed = (0..<month.month.dayCount).map { month.month.firstDay.advanced(by: $0) }
        .filter { $0 < end }
      let missing = passed.count { total?[$0] == nil }
      return missing == passed.count
        ? "no \(meter.id)" : "\(meter.id) lacks \(missing) of \(passed.count) days"
    }
    return texts.joined(separator: ", ")
  }

  private var exportPlace: SourceLocation? {
    request.usage.first.map { SourceLocation(file: $0, line: 1, column: 1) }
  }
}
