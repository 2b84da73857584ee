import GenOpsMetering
import GenOpsScenario
import GenOpsSimulation
import GenOpsUnits

/// The result as rows for programs: a row per record, with the kind of the record in the first
/// column, so that one filter gives a rectangular table.
///
/// | record | period | name | measure | unit | mean … p99 | text |
/// |---|---|---|---|---|---|---|
/// | `month` | `2027-02` | `as is` | `cost`, `cost:<meter>`, `usage:<meter>`, `lost_refused`, … |
/// currency or unit | statistics | drivers |
/// | `quarter`, `year` | `2027-02-01/2027-05-01` | label | `cost` | currency | statistics | |
/// | `option` | the whole period | its name | `cost`, `saves`, `npv`, `breach_probability`,
/// `lost_…` | | | side effects |
/// | `budget` | `year` | its name | `limit`, `breach_probability`, `ask_for`, … | | in `mean` |
/// first breach |
/// | `day` | `2027-02-01` | `as is`, the best option | `cumulative` | currency | mean, p10, p50, p90; of an
/// option the mean | `actual` |
/// | `bridge` | the whole period | step | kind | currency | in `mean` | |
/// | `driver` | the whole period | input | `input`, `cost`, `npv` | | mean, p10 and p90 of the input; of a figure
/// its expectation at these; `share` | origin |
/// | `expectation` | | option | expression | | 1 or 0 in `mean` | measured value |
/// | `finding` | | severity | code | | | message (place) |
///
/// Amounts are in currency units with a point and no separators. Empty means unknown or not
/// applicable, never 0.
struct RunRecords {
  let result: ScenarioResult

  init(_ result: ScenarioResult) { self.result = result }

  var table: ReportTable {
    let titles =
      ["record", "period", "name", "measure", "unit"] + Quantile.allCases.map(\.rawValue) + ["text"]
    let rows = months + periods + options + budgets + bridge + drivers + faults + notes + days
    return ReportTable(titles.map { .init($0) }, rows)
  }

  private func row(
    _ record: String, _ period: String, _ name: String, _ measure: String, _ unit: String,
    _ values: ForecastDistribution, _ text: String = ""
  ) -> [String] {
    [record, period, name, measure, unit]
      + Quantile.allCases.map { RunRecords.number(values[$0]) } + [text]
  }

  /// A row of one value, in the column of the mean.
  private func row(
    _ record: String, _ period: String, _ name: String, _ measure: String, _ unit: String,
    _ value: Double?, _ text: String = ""
  ) -> [String] {
    [record, period, name, measure, unit, value.map(RunRecords.number) ?? ""]
      + Quantile.allCases.dropFirst().map { _ in "" } + [text]
  }

  private static func number(_ value: Double) -> String { ReportTable.number(value) }

  private func lost(
    _ record: String, _ period: String, _ name: String, _ lost: LostData
  ) -> [[String]] {
    [
      row(record, period, name, "lost_refused", "units", lost.refused),
      row(record, period, name, "lost_sampled", "units", lost.sampled),
      row(record, period, name, "lost_critical", "units", lost.critical),
      row(record, period, name, "offered", "units", lost.offered),
    ]
  }

  private var asIs: String { result.asIs?.name ?? "as is" }

  private var months: [[String]] {
    result.months.flatMap { month -> [[String]] in
      let period = month.month.description
      var rows = [
        row(
          "month", period, asIs, "cost", result.currency, month.cost,
          month.drivers.joined(separator: "; "))
      ]
      for (meter, cost) in month.costByMeter {
        rows.append(row("month", period, asIs, "cost:\(meter.id)", result.currency, cost))
      }
      for (meter, units) in month.usage {
        rows.append(row("month", period, asIs, "usage:\(meter.id)", meter.unit, units))
      }
      rows += lost("month", period, asIs, month.lost)
      rows.append(row("month", period, asIs, "actual_days", "days", Double(month.actualDays)))
      if let chance = month.breachProbability {
        rows.append(row("month", period, asIs, "breach_probability", "", chance))
      }
      return rows
    }
  }

  private func span(_ period: PeriodResult) -> String { "\(period.start)/\(period.end)" }

  private var periods: [[String]] {
    result.quarters.map { row("quarter", span($0), $0.label, "cost", result.currency, $0.cost) }
      + [
        row(
          "year", span(result.year), result.yearLabel, "cost", result.currency, result.year.cost)
      ]
      + result.costByMeter.map {
        row("part", span(result.year), $0.label, "cost", result.currency, $0.mean)
      }
      + result.attribution.flatMap { part -> [[String]] in
        let name = Attribution.dimensions.compactMap { dimension in
          part.attribution[dimension].map { "\(dimension)=\($0)" }
        }.joined(separator: ";")
        return [
          row("attribution", span(result.year), name, "cost", result.currency, part.cost),
          row("attribution", span(result.year), name, "pro_rata", result.currency, part.proRata),
        ]
      }
  }

  private var options: [[String]] {
    let period = span(result.year)
    return result.options.flatMap { option -> [[String]] in
      var rows = [
        row(
          "option", period, option.name, "cost", result.currency, option.cost,
          option.sideEffects.joined(separator: "; ")),
        row(
          "option", period, option.name, "saves", result.currency, option.saves,
          option.assumptions.map { "assumed: \($0)" }.joined(separator: "; ")),
      ]
      if let npv = option.npv {
        rows.append(row("option", period, option.name, "npv", result.currency, npv))
      }
      if let chance = option.breachProbability {
        rows.append(row("option", period, option.name, "breach_probability", "", chance))
      }
      if let amount = option.askFor {
        rows.append(row("option", period, option.name, "ask_for", result.currency, amount))
      }
      if let decision = option.decision {
        rows.append(
          row("option", period, option.name, "change_cost", result.currency, decision.cost))
        rows.append(row("option", period, option.name, "net", result.currency, decision.net))
      }
      return rows + lost("option", period, option.name, option.lost)
    }
  }

  private var budgets: [[String]] {
    result.budgets.flatMap { budget -> [[String]] in
      let (period, name) = (budget.period.rawValue, budget.name)
      let first = budget.firstBreach.map { "first breach \($0.p50) (\($0.p10) to \($0.p90))" }
      let before = budget.wasOver > 0 ? ["was over on days that have passed"] : []
      let text = ((first.map { [$0] } ?? []) + before).joined(separator: "; ")
      return [
        row("budget", period, name, "limit", result.currency, budget.limit.approximate),
        row(
          "budget", period, name, "breach_probability", "", budget.breachProbability, text),
        row(
          "budget", period, name, "expected_overshoot", result.currency, budget.expectedOvershoot),
      ]
        + (budget.askFor.map { [row("budget", period, name, "ask_for", result.currency, $0)] } ?? [])
    }
  }

  private var bridge: [[String]] {
    guard let bridge = result.bridge else { return [] }
    let period = span(result.year)
    return zip(result.months, bridge.lastYear).map {
      row("bridge", $0.month.description, asIs, "year_before", result.currency, $1.approximate)
    }
      + bridge.steps.map {
        row("bridge", period, $0.label, $0.kind.rawValue, result.currency, $0.amount)
      }
  }

  private var drivers: [[String]] {
    let period = span(result.year)
    func row(
      _ one: FigureDriver, _ measure: String, _ unit: String, _ values: [Quantile: Double]
    ) -> [String] {
      ["driver", period, one.name, measure, unit]
        + Quantile.allCases.map { values[$0].map(ReportTable.value) ?? "" } + [one.origin.rawValue]
    }
    return result.drivers.inputs.flatMap { one -> [[String]] in
      var rows = [
        row(one, "input", "", [.mean: one.mean, .p10: one.low, .p90: one.high]),
        row(one, "cost", result.currency, [.p10: one.costLow, .p90: one.costHigh]),
        row(one, "share", "", [.mean: one.share]),
        row(one, "worth", result.currency, [.mean: one.worth]),
      ]
      if let npv = one.npv {
        rows.append(row(one, "npv", result.currency, [.p10: npv.low, .p90: npv.high]))
      }
      if let breakEven = one.breakEven {
        rows.append(row(one, "break_even", "", [.mean: breakEven]))
      }
      return rows
    }
  }

  private var faults: [[String]] {
    result.faults.flatMap { fault -> [[String]] in
      let (period, name) = (span(result.year), fault.name)
      var rows = [
        row("fault", period, name, "cost", result.currency, fault.cost, fault.answerText),
        row("fault", period, name, "probability", "", fault.probability, fault.kind),
        row("fault", period, name, "units", "units", fault.units),
        row("fault", period, name, "duplicates", "units", fault.duplicates),
      ]
      if let notice = fault.notice {
        rows.append(row("fault", period, name, "noticed", "", notice.probability, fault.noticeText))
        rows.append(row("fault", period, name, "noticed_after", "days", notice.days?.p50))
      }
      return rows
        + fault.options.flatMap { answer in
          [
            row(
              "fault", period, name, "cost:\(answer.option)", result.currency, answer.cost,
              answer.stops ? "stopped" : ""),
            row(
              "fault", period, name, "others_lost:\(answer.option)", "units", answer.othersLost),
          ]
        }
    }
  }

  /// The picture of the year: what has come together by the end of each day.
  private var days: [[String]] {
    let fan = result.fan
    let best = result.bestOption?.name
    return fan.days.enumerated().map { index, day in
      let values: [Quantile: Double] = [
        .mean: day.mean, .p10: day.p10, .p50: day.p50, .p90: day.p90,
      ]
      return ["day", day.day.description, asIs, "cumulative", result.currency]
        + Quantile.allCases.map { values[$0].map(RunRecords.number) ?? "" }
        + [index < fan.actualDays ? "actual" : ""]
    }
      + fan.options.filter { $0.name == best && $0.mean.count == fan.days.count }.flatMap {
        option in
        zip(fan.days, option.mean).map {
          row("day", $0.day.description, option.name, "cumulative", result.currency, $1)
        }
      }
  }

  private var notes: [[String]] {
    result.expectations.map {
      row("expectation", "", $0.option, $0.expression, "", $0.passed ? 1 : 0, $0.value)
    }
      + FindingsText.sorted(result.findings).map { finding in
        let place = finding.location.map { " (\($0))" } ?? ""
        return row(
          "finding", "", finding.severity.rawValue, finding.code, "", nil, finding.message + place)
      }
  }
}
