import GenOpsCosting
import GenOpsMetering
import GenOpsReporting
import GenOpsScenario
import GenOpsSimulation
import GenOpsUnits

extension PriceCommands {
  /// What is compared.
  package struct DiffRequest: Sendable {
    package var old: String
    package var new: String
    /// Usage of one billing period.
    package var usage: String?
    /// A scenario, run under both books on the same futures.
    package var scenario: String?
    package var addOns: [String]
    package var paths: Int?
    package var jobs: Int
    package var format: String
    /// Exit 1 when the books price anything differently.
    package var failsOnChange: Bool

    package init(
      old: String, new: String, usage: String? = nil, scenario: String? = nil,
      addOns: [String] = [], paths: Int? = nil, jobs: Int = 1, format: String = "text",
      failsOnChange: Bool = false
    ) {
      self.old = old
      self.new = new
      self.usage = usage
      self.scenario = scenario
      self.addOns = addOns
      self.paths = paths
      self.jobs = jobs
      self.format = format
      self.failsOnChange = failsOnChange
    }
  }

  /// What changed between two books, tier by tier, and what that costs a usage or a scenario.
  package static func diff(_ request: DiffRequest, _ options: OutputOptions) async -> CommandOutput
  {
    var findings = Findings()
    let format = ReportFormats.withoutChecks.find(request.format, at: nil, &findings)
    let totals = request.usage.map { UsageText.parse($0, &findings) }
    let old = PriceBookFile.find(request.old, at: nil, &findings)
    let new = PriceBookFile.find(request.new, at: nil, &findings)
    guard let format, let old, let new, !findings.hasErrors else {
      return CommandOutput(findings, color: options.errorColor)
    }
    let diff = BookDiff(from: old, to: new)
    var report = PriceDiffReport(diff)
    if let totals {
      let before = CostCalculator(
        book: old, addOns: AddOnChoice.chosen(request.addOns, in: old, beside: new, &findings))
      let after = CostCalculator(
        book: new, addOns: AddOnChoice.chosen(request.addOns, in: new, beside: old, &findings))
      for calculator in [before, after] {
        findings.merge(AddOnChoice.missing(totals, calculator))
      }
      if findings.hasErrors { return CommandOutput(findings, color: options.errorColor) }
      do throws(CostError) {
        report.bills = (try before.bill(for: totals), try after.bill(for: totals))
        if let bills = report.bills {
          for bill in [bills.old, bills.new] {
            findings.merge(
              bill.findings.advising(
                "unknown-period", "compare for a scenario, which has a period: --scenario FILE"))
          }
        }
      } catch {
        findings.error("out-of-range", "\(error)", help: "compare a smaller usage")
        return CommandOutput(findings, color: options.errorColor)
      }
    }
    if let path = request.scenario {
      do throws(FindingsError) {
        let run = try await ScenarioPriceDiff.run(
          path: path, from: old, to: new, paths: request.paths, jobs: request.jobs)
        findings.merge(run.findings)
        report.scenario = run
      } catch { return CommandOutput(error.findings, color: options.errorColor) }
    }
    var output = CommandOutput(report.report(findings), as: format, options)
    if request.failsOnChange, output.status == .success, !diff.isEmpty {
      output.status = .gateFailed
    }
    return output
  }
}
