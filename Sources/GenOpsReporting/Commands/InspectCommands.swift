import Foundation
import GenOpsCosting
import GenOpsForecasting
import GenOpsGovernance
import GenOpsMetering
import GenOpsUnits
import GenOpsWorkbench

/// `genops plan | init | kinds | schema`.
package enum InspectCommands {
  /// What a run would do, before it does it.
  package static func plan(path: String, _ options: OutputOptions) -> CommandOutput {
    let plan: Plan
    do throws(FindingsError) { plan = try ScenarioRun.plan(path: path) } catch {
      return CommandOutput(error.findings, color: options.errorColor)
    }
    var out = "\(plan.scenario.name): \(plan.period.first) to \(plan.period.last), "
    out += "\(plan.actualDays) actual days, \(plan.scenario.paths) futures, "
    out += "\(plan.scenario.book.id), seed \(plan.scenario.seed)\n\n"
    let rows = plan.streams.map { stream -> [String] in
      let trend = stream.law.history.map { percent($0.expectedYearlyGrowth) + " a year" }
      let growth = stream.growth.map { plan.growth[$0].name } ?? trend ?? "-"
      return [
        stream.name, stream.meter.id, shortCount(stream.level(plan.draws)),
        stream.law.history == nil ? "given" : "history", growth,
      ]
    }
    out += TextTable(
      [
        .init("Stream", shrinksTo: 20), .init("Meter"), .init("a day", .right),
        .init("From", shrinksTo: 12), .init("Growth", shrinksTo: 8),
      ], rows
    ).text(options.style)
    if !plan.draws.isEmpty {
      out += "\n"
      out += TextTable(
        [
          .init("Uncertain input", shrinksTo: 20), .init("5 %", .right), .init("mean", .right),
          .init("95 %", .right),
        ],
        plan.draws.filter { !$0.law.isConstant }.map {
          [
            $0.name, number($0.law.quantile(0.05)), number($0.law.mean),
            number($0.law.quantile(0.95)),
          ]
        }
      ).text(options.style)
    }
    out += "\nOptions: " + plan.options.map(\.name).joined(separator: ", ") + "\n"
    return CommandOutput(stdout: out, plan.findings, color: options.errorColor)
  }

  private static func percent(_ value: Double) -> String {
    "\(value < 0 ? "" : "+")\((value * 1000).rounded() / 10) %"
  }

  private static func number(_ value: Double) -> String {
    abs(value) >= 1000 ? shortCount(value) : "\((value * 10_000).rounded() / 10_000)"
  }

  /// A scenario from the user's own export, written to `out`; never over an existing file.
  package static func start(
    usage: String, billing: String?, out: String, _ options: OutputOptions
  ) -> CommandOutput {
    do throws(FindingsError) {
      let (text, findings) = try ScenarioStarter.text(
        usage: beside(out, usage), billing: billing.map { beside(out, $0) })
      if FileManager.default.fileExists(atPath: out) {
        throw FindingsError(
          "exists", "'\(out)' is there already", help: "name another file with --out")
      }
      do {
        try Data(text.utf8).write(to: URL(fileURLWithPath: out), options: .atomic)
      } catch {
        throw FindingsError(
          "unwritable", "'\(out)' cannot be written: \(error.localizedDescription)",
          help: "choose another place with --out")
      }
      return CommandOutput(
        stdout: "wrote \(out)\nnext: genops run \(out)\n", findings, color: options.errorColor)
    } catch { return CommandOutput(error.findings, color: options.errorColor) }
  }

  /// `path` as a scenario at `out` must name it: as it is when both lie here, else absolute.
  private static func beside(_ out: String, _ path: String) -> String {
    out.contains("/") && !path.hasPrefix("/") ? URL(fileURLWithPath: path).path : path
  }

  /// Everything a file can name, by group; or the entries of one group with examples.
  package static func kinds(_ name: String?, _ options: OutputOptions) -> CommandOutput {
    let groups: [(name: String, rows: [[String]])] = [
      ("meters", Meter.allCases.map { [$0.id, "\($0.invoiceName), per \($0.unit)"] }),
      (
        "growth",
        GrowthModels.registry.entries.map { [$0.name, $0.summary] }
      ),
      ("levers", Levers.registry.entries.map { [$0.name, $0.summary] }),
      ("policies", PolicyKinds.all.entries.map { [$0.name, $0.summary] }),
      ("prices", PriceModels.all.entries.map { [$0.name, $0.summary] }),
      ("books", PriceBooks.builtIn.entries.map { [$0.name, $0.summary] }),
      ("formats", ReportFormats.all.entries.map { [$0.name, $0.summary] }),
      ("metrics", Metric.all.map { [$0.name, $0.summary] }),
    ]
    if let name, let example = example(of: name) {
      return CommandOutput(stdout: example + "\n")
    }
    let chosen = groups.filter { name == nil || $0.name == name }
    if let name, chosen.isEmpty {
      let known = groups.map(\.name)
      var findings = Findings()
      findings.error(
        "unknown-kind", "there is no kind or group '\(name)'",
        help: nearestName(to: name, among: known + groups.flatMap { $0.rows.map { $0[0] } })
          .map { "did you mean '\($0)'?" } ?? "known: \(known.joined(separator: ", "))")
      return CommandOutput(findings, color: options.errorColor)
    }
    let text = chosen.map { group in
      TextTable([.init(group.name), .init("", shrinksTo: 30)], group.rows).text(options.style)
    }
    return CommandOutput(stdout: text.joined(separator: "\n"))
  }

  private static func example(of name: String) -> String? {
    if let model = GrowthModels.registry[name] {
      return "\(name): \(model.summary)\n\n\(model.example)"
    }
    if let lever = Levers.registry[name] {
      return "\(name): \(lever.summary)\n\n- my option: {\(name): \(lever.example)}"
    }
    if let policy = PolicyKinds.all[name] {
      return "\(name): \(policy.summary)\n\n\(policy.example)"
    }
    return nil
  }

  /// The JSON Schema of `result.json`.
  package static func schema() -> CommandOutput {
    CommandOutput(stdout: ResultSchema.document.pretty)
  }
}
