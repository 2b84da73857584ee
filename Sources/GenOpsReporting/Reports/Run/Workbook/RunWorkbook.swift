import GenOpsScenario
import GenOpsSimulation

/// A run as a workbook that can be reckoned with: what goes in, the prices, the usage that is expected, and
/// formulas that price it, beside what the futures came to.
///
/// A cell holds a formula only where it gives what the bill would be; elsewhere it holds the value of the run
/// and says why.
struct RunWorkbook {
  let result: ScenarioResult
  /// What was asked; nil leaves out what it alone tells.
  let plan: Plan?
  let report: Report

  /// `report` is the same run with all of its tables.
  init(_ result: ScenarioResult, _ plan: Plan?, _ report: Report) {
    self.result = result
    self.plan = plan
    self.report = report
  }

  /// The sheets that stand nowhere else, in the order in which they answer questions.
  var own: [ReportSheet] {
    let prices = PriceSheet(result, plan)
    let usage = UsageSheet(result)
    let months = MonthSheet(result, plan, prices, usage)
    let options = OptionSheet(result)
    let value = result.roi.map { ValueSheet(result, $0, months) }
    let summary = SummarySheet(report, result, months, options, value)
    return [summary.sheet]
      + (plan.map { [InputSheet(result, $0).sheet] } ?? [])
      + (plan == nil ? [] : [prices.sheet])
      + (result.months.isEmpty ? [] : [usage.sheet, months.sheet])
      + (result.options.isEmpty ? [] : [options.sheet])
      + (value.map { [$0.sheet] } ?? [])
  }

  /// The tables of the report that no sheet above holds, findings and how to get this again last.
  var others: [ReportSheet] {
    let held = [
      "Options", "Months", "Is it worth it", "Benefits and costs", "What moves the value",
    ]
    let last = ["Findings", RunTables(result).provenance.title]
    let tables = report.allTables.filter { !held.contains($0.title) }
    let middle = tables.filter { !last.contains($0.title) }.map {
      ReportSheet($0.table, name: $0.title)
    }
    return middle
      + tables.filter { last.contains($0.title) }.map { title, table in
        if title == "Findings" { return ReportSheet(table, name: title) }
        var sheet = ReportSheet(table, name: "Provenance")
        if let command = report.footer.reproduce {
          sheet.add([.text("Command"), .text(command.displayable)])
        }
        return sheet
      }
  }
}
