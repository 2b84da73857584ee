import GenOpsCosting
import GenOpsMetering
import GenOpsPostHog
import GenOpsReporting
import GenOpsScenario
import GenOpsSimulation
package import GenOpsUnits

/// `genops run` and `genops validate`.
package enum RunCommand {
  package struct Request: Sendable {
    package var path: String
    package var format: String
    /// The folder to write under; nil writes no files.
    package var out: String?
    /// Whether files go that the program did not write.
    package var replaces: Bool
    package var seed: UInt64?
    package var paths: Int?
    package var jobs: Int
    package var failOn: [String]
    package var showMetrics: Bool
    /// `growth.events=3% per month` and the like, put over the file.
    package var settings: [String]
    /// Where every decision on recorded events is written, a JSON line each; nil writes none.
    package var decisions: String?
    /// The forecast ledger to which what is said of the months ahead is added; nil adds to none.
    package var ledger: String?
    /// Files and folders of futures that workers walked; empty walks them here.
    package var shards: [String]
    /// The engine that walks the futures; nil walks them here.
    package var engine: EngineRequest?

    package init(
      path: String, format: String = "text", out: String? = "notebooks-out",
      replaces: Bool = false, seed: UInt64? = nil, paths: Int? = nil, jobs: Int = 1,
      failOn: [String] = [], showMetrics: Bool = false,
      settings: [String] = [], decisions: String? = nil, ledger: String? = nil,
      shards: [String] = [], engine: EngineRequest? = nil
    ) {
      self.path = path
      self.format = format
      self.out = out
      self.replaces = replaces
      self.seed = seed
      self.paths = paths
      self.jobs = jobs
      self.failOn = failOn
      self.showMetrics = showMetrics
      self.settings = settings
      self.decisions = decisions
      self.ledger = ledger
      self.shards = shards
      self.engine = engine
    }
  }

  /// Runs, writes the files, judges the gates; in that order, so that a failed gate has its files.
  package static func run(
    _ request: Request, _ options: OutputOptions, now: Timestamp = SystemClock().now(),
    onProgress: @escaping @Sendable (Double) -> Void
  ) async -> CommandOutput {
    let format: any ReportFormat.Type
    do throws(FindingsError) { format = try ReportFormats.ofRuns.kind(request.format) } catch {
      return CommandOutput(error.findings, color: options.errorColor)
    }
    let clock = ContinuousClock()
    let begun = clock.now
    let run: ScenarioRun
    let gates: [Expectation]
    let overrides = ScenarioReader.Overrides(
      seed: request.seed, paths: request.paths, settings: request.settings)
    do throws(FindingsError) {
      let plan = try ScenarioRun.plan(path: request.path, overrides: overrides)
      gates = try self.gates(request.failOn, plan)
      // First, so that a scenario without single decisions says so before it runs.
      if let path = request.decisions {
        try DecisionFile.write(plan.decisions(), to: path, replaces: request.replaces)
      }
      if let engine = request.engine {
        let job = try SparkEngine.job(
          [.init(scenario: request.path, overrides: overrides, paths: plan.scenario.paths)], engine)
        if engine.isDry { return CommandOutput(stdout: job.dryRun) }
        run = try ScenarioRun.merged(plan, SparkEngine.shards(job))
      } else if request.shards.isEmpty {
        run = try await ScenarioRun.run(plan, jobs: request.jobs, onProgress: onProgress)
      } else {
        run = try ScenarioRun.merged(plan, shards(request.shards))
      }
    } catch { return CommandOutput(error.findings, color: options.errorColor) }
    var remembered = ""
    do throws(FindingsError) { remembered = try remember(run, in: request.ledger, now) } catch {
      return CommandOutput(error.findings, color: options.errorColor)
    }
    var result = judged(run, gates)
    if request.showMetrics {
      return CommandOutput(stdout: metrics(run, currency: result.currency, options))
    }
    result.provenance.request = .init(
      scenario: request.path, settings: request.settings, failOn: request.failOn)
    var footer = ReportFooter(
      scenarioFile: request.path, next: next(request.path),
      reproduce: result.provenance.reproduction)
    var report = RunReport(result, footer, plan: run.plan).report
    if let out = request.out {
      do throws(FindingsError) {
        let folder = ReportFolder(of: request.path, under: out)
        footer.files = try folder.write(report, replaces: request.replaces)
      } catch { return CommandOutput(error.findings, color: options.errorColor) }
    }
    let seconds =
      Double((clock.now - begun).components.seconds)
      + Double((clock.now - begun).components.attoseconds) / 1e18
    footer.elapsed = "\((seconds * 10).rounded() / 10) s"
    // What the screen says of files and time is not a part of the other formats.
    report.footer = ReportFooter()
    let summary = MarkdownFormat.render(report, options.style)
    if format.name == TextFormat.name { report.footer = footer }
    let failed = result.expectations.filter { !$0.passed }
    let warnings = result.findings.all.contains { $0.severity == .warning }
    var output = CommandOutput(
      stderr: format.name == TextFormat.name || !warnings
        ? "" : FindingsText.render(result.findings, color: options.errorColor),
      status: failed.isEmpty ? .success : .gateFailed)
    output.show(report, as: format, options)
    output.stderr += remembered
    output.annotations = annotations(result, run.plan.scenario)
    output.summary = summary
    return output
  }

  /// The shards in files and folders; throws where one of them is not whole.
  private static func shards(_ paths: [String]) throws(FindingsError) -> [Shard] {
    var reader = ShardReader()
    for path in paths { reader.read(path: path) }
    try reader.findings.throwIfErrors()
    return reader.shards
  }

  /// Adds what a run says of months ahead to a ledger; says so in a line, or nothing without a ledger.
  private static func remember(_ run: ScenarioRun, in path: String?, _ now: Timestamp)
    throws(FindingsError) -> String
  {
    guard let path else { return "" }
    var ledger = try ForecastLedger(path: path)
    let said = ForecastStatement.all(run, said: now)
    let known = ledger.statements.count
    ledger.add(said, AgreedPrices(run.plan))
    let new = ledger.statements.count - known
    try ledger.append(to: path)
    return "remembered \(NumberText.counted(new, "month"))"
      + (new < said.count ? " (\(said.count - new) were said before)" : "") + " in \(path)\n"
  }

  /// The result with the gates behind its expectations.
  static func judged(_ run: ScenarioRun, _ gates: [Expectation]) -> ScenarioResult {
    var result = run.result
    result.expectations += gates.map { gate in
      // `--fail-on` names what must not be; an expectation names what must be.
      var judged = gate.judge(run.summaries[0], currency: result.currency)
      judged.expression = gate.negated
      judged.passed = !judged.passed && judged.isKnown
      return judged
    }
    return result
  }

  /// The conditions of `--fail-on`, checked before the run: a wrong one must not cost its time.
  static func gates(_ texts: [String], _ plan: Plan) throws(FindingsError) -> [Expectation] {
    var findings = Findings()
    let (scenario, period) = (plan.scenario, plan.period)
    let gates = texts.compactMap { text in
      let gate = Expectation.read(text, currency: scenario.book.currency, at: nil, &findings)
      gate?.check(plan.options[0], isAsIs: true, scenario, period, at: nil, &findings)
      return gate
    }
    try findings.throwIfErrors()
    return gates
  }

  /// Findings, and every expectation that does not hold beside its line.
  private static func annotations(_ result: ScenarioResult, _ scenario: Scenario) -> [Annotation] {
    result.findings.all.compactMap { Annotation($0) }
      + result.expectations.enumerated().filter { !$1.passed }.map { index, expectation in
        let entries = scenario.expectations
        return Annotation(
          isError: true, place: entries.indices.contains(index) ? entries[index].location : nil,
          title: "expectation",
          message: "\(expectation.option): \(expectation.expression); it is \(expectation.value)")
      }
  }

  /// Checks a scenario without running it.
  package static func validate(
    path: String, settings: [String] = [], _ options: OutputOptions
  ) -> CommandOutput {
    do throws(FindingsError) {
      let plan = try ScenarioRun.plan(path: path, overrides: .init(settings: settings))
      let text =
        "\(path): ok, \(NumberText.counted(plan.streams.count, "stream")), "
        + "\(NumberText.counted(plan.options.count - 1, "option"))\n"
      return CommandOutput(stdout: text, plan.findings, color: options.errorColor)
    } catch { return CommandOutput(error.findings, color: options.errorColor) }
  }

  private static func next(_ path: String) -> [String] {
    [
      ShellWord.joined(["genops", "run", path, "--metrics"]),
      ShellWord.joined(["genops", "validate", path]),
    ]
  }

  private static func metrics(_ run: ScenarioRun, currency: String, _ options: OutputOptions)
    -> String
  {
    let rows = Metric.all.map { metric -> [String] in
      let argument = argument(of: metric, run)
      let value = metric.value(run.summaries[0], .mean, argument)
      return [
        metric.name + (metric.hasQuantiles ? "[.p10|.p50|.p90|…]" : ""),
        argument.map { "(\($0))" } ?? "",
        value.map { metric.unit.describe($0, currency) } ?? "unknown", metric.summary,
      ]
    }
    return ReportTable(
      [.init("Metric"), .init("Argument"), .init("as is", .right), .init("What", shrinksTo: 20)],
      rows
    ).text(options.style)
  }

  /// The first of what the metric can be asked for in this run.
  private static func argument(of metric: Metric, _ run: ScenarioRun) -> String? {
    switch metric.argument {
    case nil: nil
    case .month: run.plan.period.first.description
    case .budget: run.summaries[0].budgets.first?.name
    case .meter: run.summaries[0].usage.first?.meter.id
    }
  }
}
