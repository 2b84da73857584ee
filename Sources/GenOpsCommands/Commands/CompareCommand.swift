import Foundation
import GenOpsReporting
import GenOpsSimulation
import GenOpsUnits

/// `genops compare`.
package enum CompareCommand {
  package struct Request: Sendable {
    package var scenarios: [String]
    /// `growth.events=1% per month` and the like: each makes another side of the first scenario.
    package var whatIf: [String]
    /// The choice that the others are held against; nil is the first scenario as it is.
    package var against: String?
    package var format: String
    package var seed: UInt64?
    package var paths: Int?
    package var jobs: Int
    /// Put over every scenario.
    package var settings: [String]

    package init(
      scenarios: [String], whatIf: [String] = [], against: String? = nil, format: String = "text",
      seed: UInt64? = nil, paths: Int? = nil, jobs: Int = 1, settings: [String] = []
    ) {
      self.scenarios = scenarios
      self.whatIf = whatIf
      self.against = against
      self.format = format
      self.seed = seed
      self.paths = paths
      self.jobs = jobs
      self.settings = settings
    }

    /// Every scenario by its file's name, or by its path where two have one name.
    var sources: [ComparisonRun.Source] {
      let names = scenarios.map { URL(literal: $0).deletingPathExtension().lastPathComponent }
      var sources = zip(scenarios, names).map { path, name in
        ComparisonRun.Source(
          path: path, settings: settings, label: names.count { $0 == name } > 1 ? path : name)
      }
      for text in whatIf {
        sources.append(
          ComparisonRun.Source(path: scenarios[0], settings: settings + [text], label: text))
      }
      return sources
    }

    var reproduce: String {
      var words = ["genops", "compare"] + scenarios
      words += whatIf.flatMap { ["--what-if", $0] }
      words += against.map { ["--against", $0] } ?? []
      words += seed.map { ["--seed", "\($0)"] } ?? []
      words += paths.map { ["--paths", "\($0)"] } ?? []
      words += settings.flatMap { ["--set", $0] }
      return ShellWord.joined(words)
    }
  }

  package static func run(
    _ request: Request, _ options: OutputOptions,
    onProgress: @escaping @Sendable (Double) -> Void = { _ in }
  ) async -> CommandOutput {
    do throws(FindingsError) {
      let format = try ReportFormats.withoutChecks.kind(request.format)
      let comparison = try await ComparisonRun.run(
        request.sources, seed: request.seed, paths: request.paths, baseline: request.against,
        jobs: request.jobs, onProgress: onProgress)
      let report = CompareReport(comparison, reproduce: request.reproduce).report
      let isText = format.name == TextFormat.name
      let warnings = comparison.findings.all.contains { $0.severity == .warning }
      var output = CommandOutput(
        stderr: isText || warnings
          ? FindingsText.render(comparison.findings, color: options.errorColor) : "")
      output.show(report, as: format, options)
      output.annotations = comparison.findings.all.compactMap { Annotation($0) }
      output.summary = MarkdownFormat.render(report, options.style)
      return output
    } catch { return CommandOutput(error.findings, color: options.errorColor) }
  }
}
