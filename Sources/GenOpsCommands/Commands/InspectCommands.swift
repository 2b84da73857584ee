import Foundation
import GenOpsCosting
import GenOpsForecasting
import GenOpsGovernance
import GenOpsHistory
import GenOpsMetering
import GenOpsReporting
import GenOpsScenario
import GenOpsSimulation
import GenOpsUnits

/// `genops plan | init | kinds | schema`.
package enum InspectCommands {
  /// What a run would do, before it does it; with `html` as a page in that file.
  package static func plan(
    path: String, settings: [String] = [], html: String? = nil, replaces: Bool = false,
    format: String = "text", _ options: OutputOptions
  ) -> CommandOutput {
    do throws(FindingsError) {
      let format =
        html == nil
        ? try ReportFormats.withoutChecks.kind(format) : HTMLFormat.self
      let plan = try ScenarioRun.plan(path: path, overrides: .init(settings: settings))
      let report = PlanReport(plan, preview: format.drawsCharts ? PlanPreview(plan) : nil).report
      guard let html, html != "-" else { return CommandOutput(report, as: format, options) }
      let page = OutputFiles.File(
        html, HTMLFormat.render(report, options.style), over: .holding(HTMLFormat.fileMark ?? ""))
      try OutputFiles([page], replaces: replaces, elsewhere: "with --html").write()
      return CommandOutput(stdout: "wrote \(html)\n", plan.findings, color: options.errorColor)
    } catch { return CommandOutput(error.findings, color: options.errorColor) }
  }

  /// A scenario from the user's own exports, files or folders of them, written to `out`, or to stdout for `-`; never
  /// over an existing file.
  package static func start(
    usage: [String], billing: String?, out: String, _ options: OutputOptions
  ) -> CommandOutput {
    do throws(FindingsError) {
      let (text, findings) = try ScenarioStarter.text(
        usage: usage.map { beside(out, $0) }, billing: billing.map { beside(out, $0) })
      if out == "-" { return CommandOutput(stdout: text, findings, color: options.errorColor) }
      // Editors find the schema through the first line of the scenario.
      let schema =
        URL(literal: out).deletingLastPathComponent().relativePath + "/"
        + ScenarioSchema.fileName
      let head = "# yaml-language-server: $schema=\(ScenarioSchema.fileName)\n"
      try OutputFiles(
        [
          .init(out, head + text, over: .nothing),
          .init(
            schema, ScenarioSchema.document.pretty, over: .holding("\"title\": \"GenOps scenario\"")
          ),
        ], elsewhere: "with --out"
      ).write()
      return CommandOutput(
        stdout:
          "wrote \(out), and \(ScenarioSchema.fileName) for editors\n"
          + "next: genops run \(ShellWord.quoted(out))\n",
        findings, color: options.errorColor)
    } catch {
      // There is no scenario yet in which a file could be moved to another key.
      return CommandOutput(
        error.findings
          .advising(
            "history-is-bill", "name it with --billing, and the usage export with --usage"
          )
          .advising(
            "bill-is-usage", "name it with --usage, and answers of /api/billing/ with --billing"),
        color: options.errorColor)
    }
  }

  /// `path` as a scenario at `out` must name it: as it is when both lie here, else absolute.
  private static func beside(_ out: String, _ path: String) -> String {
    out.contains("/") && !path.hasPrefix("/") ? URL(literal: path).path : path
  }

  /// Everything a file can name, by group; one group; or one kind with its documentation.
  package static func kinds(_ name: String?, _ options: OutputOptions) -> CommandOutput {
    let groups = KindCatalog.groups
    let chosen = groups.filter { name == nil || $0.name == name }
    if !chosen.isEmpty {
      let text = chosen.map { group in
        ReportTable(
          [.init(group.name), .init("", shrinksTo: 30)], group.kinds.map { [$0.name, $0.summary] }
        ).text(options.style)
      }
      return CommandOutput(stdout: text.joined(separator: "\n"))
    }
    if let kind = KindCatalog.kind(name ?? "") {
      return CommandOutput(stdout: KindText.terminal(kind))
    }
    var findings = Findings()
    let known = groups.map(\.name)
    findings.error(
      "unknown-kind", "there is no kind or group '\(name ?? "")'",
      help: nearestName(to: name ?? "", among: known + groups.flatMap { $0.kinds.map(\.name) })
        .map { "did you mean '\($0)'?" } ?? "known: \(known.joined(separator: ", "))")
    return CommandOutput(findings, color: options.errorColor)
  }

  /// The files that `schema` describes.
  package static let schemas = [
    "scenario", "result", "track", "compare", "optimize", "forecast", "backtest",
  ]

  /// The JSON Schema of a scenario, of `result.json`, or of the JSON of another verb.
  package static func schema(_ what: String) -> CommandOutput {
    let document =
      switch what {
      case "result": ResultSchema.document
      case "track": TrackSchema.document
      case "compare": CompareSchema.document
      case "optimize": OptimizeSchema.document
      case "forecast": SeriesSchemas.forecast
      case "backtest": SeriesSchemas.backtest
      default: ScenarioSchema.document
      }
    return CommandOutput(stdout: document.pretty)
  }

  /// What a finding's code means; without a code, all of them by name.
  package static func explain(_ code: String?, _ options: OutputOptions) -> CommandOutput {
    guard let code else {
      return CommandOutput(
        stdout: ReportTable(
          [.init("Code"), .init("Cause", shrinksTo: 40)],
          Explanation.all.map { [$0.code, $0.cause] }
        ).text(options.style))
    }
    guard let found = Explanation.named(code) else {
      var findings = Findings()
      findings.error(
        "unknown-code", "there is no finding called '\(code)'",
        help: nearestName(to: code, among: Explanation.all.map(\.code))
          .map { "did you mean '\($0)'?" } ?? "'genops explain' lists them")
      return CommandOutput(findings, color: options.errorColor)
    }
    var out = "\(found.code)\n\n\(found.cause)\n"
    func add(_ title: String, _ lines: [String]) {
      if !lines.isEmpty { out += "\n\(title)\n" + lines.map { "  \($0)\n" }.joined() }
    }
    add("Leads to it:", found.wrong)
    add(found.wrong.isEmpty ? "What to do:" : "Right:", found.right)
    return CommandOutput(stdout: out)
  }
}
