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
/// | `register` | the whole period | input | `input` | | mean, p10 and p90; empty of a day | where it comes from, source,
/// owner, review |
/// | `expectation` | | option | expression | | 1 or 0 in `mean` | measured value |
/// | `finding` | | severity | code | | | message (place) |
///
/// Amounts are in currency units with a point and no separators. Empty means unknown or not
/// applicable, never 0.
///
/// The last column says where the numbers of the row stand in `result.json`, as `jq` takes it. A `*` stands for the
/// name of the column: `months[0].cost.*` has the mean at `months[0].cost.mean`. A path without one is that of
/// the mean; several paths are those of the columns that are filled, in their order.
struct RunRecords {
  let result: ScenarioResult

  init(_ result: ScenarioResult) { self.result = result }

  var table: ReportTable {
    let titles =
      ["record", "period", "name", "measure", "unit"] + Quantile.allCases.map(\.rawValue) + [
        "text", "path",
      ]
    let rows =
      months + periods + options + budgets + bridge + drivers + register + faults + notes + days
    return ReportTable(titles.map { .init($0) }, rows)
  }

  func row(
    _ record: String, _ period: String, _ name: String, _ measure: String, _ unit: String,
    _ values: ForecastDistribution, _ path: String, _ text: String = ""
  ) -> [String] {
    [record, period, name, measure, unit]
      + Quantile.allCases.map { RunRecords.number(values[$0]) } + [text, path + ".*"]
  }

  /// A row of one value, in the column of the mean.
  func row(
    _ record: String, _ period: String, _ name: String, _ measure: String, _ unit: String,
    _ value: Double?, _ path: String, _ text: String = ""
  ) -> [String] {
    [record, period, name, measure, unit, value.map(RunRecords.number) ?? ""]
      + Quantile.allCases.dropFirst().map { _ in "" } + [text, path]
  }

  static func number(_ value: Double) -> String { ReportTable.number(value) }

  private func lost(
    _ record: String, _ period: String, _ name: String, _ lost: LostData, _ path: String
  ) -> [[String]] {
    [
      row(record, period, name, "lost_refused", "units", lost.refused, "\(path).lost.refused"),
      row(record, period, name, "lost_sampled", "units", lost.sampled, "\(path).lost.sampled"),
      row(record, period, name, "lost_critical", "units", lost.critical, "\(path).lost.critical"),
      row(record, period, name, "offered", "units", lost.offered, "\(path).lost.offered"),
    ]
  }

  private var asIs: String { result.asIs?.name ?? "as is" }

  private var months: [[String]] {
    result.months.enumerated().flatMap { index, month -> [[String]] in
      let (period, path) = (month.month.description, "months[\(index)]")
      var rows = [
        row(
          "month", period, asIs, "cost", result.currency, month.cost, "\(path).cost",
          month.drivers.joined(separator: "; "))
      ]
      for (meter, cost) in month.costByMeter {
        rows.append(
          row(
            "month", period, asIs, "cost:\(meter.id)", result.currency, cost,
            "\(path).costByMeter.\(meter.id)"))
      }
      for (meter, units) in month.usage {
        rows.append(
          row(
            "month", period, asIs, "usage:\(meter.id)", meter.unit, units,
            "\(path).usage.\(meter.id)"))
      }
      rows += lost("month", period, asIs, month.lost, path)
      rows.append(
        row(
          "month", period, asIs, "actual_days", "days", Double(month.actualDays),
          "\(path).actualDays"))
      if let chance = month.breachProbability {
        rows.append(
          row("month", period, asIs, "breach_probability", "", chance, "\(path).breachProbability"))
      }
      return rows
    }
  }

  func span(_ period: PeriodResult) -> String { "\(period.start)/\(period.end)" }

  private var periods: [[String]] {
    result.quarters.enumerated().map {
      row("quarter", span($1), $1.label, "cost", result.currency, $1.cost, "quarters[\($0)].cost")
    }
      + [
        row(
          "year", span(result.year), result.yearLabel, "cost", result.currency, result.year.cost,
          "year.cost")
      ]
      + result.costByMeter.enumerated().map {
        row(
          "part", span(result.year), $1.label, "cost", result.currency, $1.mean,
          "total.costByMeter[\($0)].mean")
      }
      + result.attribution.enumerated().flatMap { index, part -> [[String]] in
        let name = Attribution.dimensions.compactMap { dimension in
          part.attribution[dimension].map { "\(dimension)=\($0)" }
        }.joined(separator: ";")
        return [
          row(
            "attribution", span(result.year), name, "cost", result.currency, part.cost,
            "attribution[\(index)].cost"),
          row(
            "attribution", span(result.year), name, "pro_rata", result.currency, part.proRata,
            "attribution[\(index)].proRata"),
        ]
      }
  }

  private var options: [[String]] {
    let period = span(result.year)
    return result.options.enumerated().flatMap { index, option -> [[String]] in
      let path = "options[\(index)]"
      var rows = [
        row(
          "option", period, option.name, "cost", result.currency, option.cost, "\(path).cost",
          option.sideEffects.joined(separator: "; ")),
        row(
          "option", period, option.name, "saves", result.currency, option.saves, "\(path).saves",
          option.assumptions.map { "assumed: \($0)" }.joined(separator: "; ")),
      ]
      if let npv = option.npv {
        rows.append(row("option", period, option.name, "npv", result.currency, npv, "\(path).npv"))
      }
      if let chance = option.breachProbability {
        rows.append(
          row(
            "option", period, option.name, "breach_probability", "", chance,
            "\(path).breachProbability"))
      }
      if let amount = option.askFor {
        rows.append(
          row("option", period, option.name, "ask_for", result.currency, amount, "\(path).askFor"))
      }
      if let decision = option.decision {
        rows.append(
          row(
            "option", period, option.name, "change_cost", result.currency, decision.cost,
            "\(path).decision.cost"))
        rows.append(
          row(
            "option", period, option.name, "net", result.currency, decision.net,
            "\(path).decision.net"))
      }
      return rows + lost("option", period, option.name, option.lost, path)
    }
  }

  private var budgets: [[String]] {
    result.budgets.enumerated().flatMap { index, budget -> [[String]] in
      let path = "budgets[\(index)]"
      let (period, name) = (budget.period.rawValue, budget.name)
      let first = budget.firstBreach.map { "first breach \($0.p50) (\($0.p10) to \($0.p90))" }
      let before = budget.wasOver > 0 ? ["was over on days that have passed"] : []
      let text = ((first.map { [$0] } ?? []) + before).joined(separator: "; ")
      return [
        row(
          "budget", period, name, "limit", result.currency, budget.limit.approximate,
          "\(path).limit"),
        row(
          "budget", period, name, "breach_probability", "", budget.breachProbability,
          "\(path).breachProbability", text),
        row(
          "budget", period, name, "expected_overshoot", result.currency, budget.expectedOvershoot,
          "\(path).expectedOvershoot"),
      ]
        + (budget.askFor.map {
          [row("budget", period, name, "ask_for", result.currency, $0, "\(path).askFor")]
        } ?? [])
    }
  }

  private var bridge: [[String]] {
    guard let bridge = result.bridge else { return [] }
    let period = span(result.year)
    return zip(result.months, bridge.lastYear).enumerated().map {
      row(
        "bridge", $1.0.month.description, asIs, "year_before", result.currency, $1.1.approximate,
        "bridge.lastYear[\($0)].cost")
    }
      + bridge.steps.enumerated().map {
        row(
          "bridge", period, $1.label, $1.kind.rawValue, result.currency, $1.amount,
          "bridge.steps[\($0)].amount")
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
        + [index < fan.actualDays ? "actual" : "", "fan.*[\(index)]"]
    }
      + fan.options.enumerated().filter {
        $1.name == best && $1.mean.count == fan.days.count
      }.flatMap { place, option in
        zip(fan.days, option.mean).enumerated().map {
          row(
            "day", $1.0.day.description, option.name, "cumulative", result.currency, $1.1,
            "fan.options[\(place)].mean[\($0)]")
        }
      }
  }

  private var notes: [[String]] {
    // Whether one holds is 1 or 0 here, and true or false there.
    result.expectations.enumerated().map {
      row(
        "expectation", "", $1.option, $1.expression, "", $1.passed ? 1 : 0,
        "expectations[\($0)].passed", $1.value)
    }
      + FindingsText.sorted(result.findings).map { finding in
        let place = finding.location.map { " (\($0))" } ?? ""
        let index = result.findings.all.firstIndex(of: finding)
        return row(
          "finding", "", finding.severity.rawValue, finding.code, "", nil,
          index.map { "findings[\($0)].message" } ?? "", finding.message + place)
      }
  }
}
