import GenOpsCosting
import GenOpsGovernance
import GenOpsHistory
import GenOpsMetering
import GenOpsPostHog
import GenOpsReporting
import GenOpsScenario
import GenOpsSimulation
import GenOpsUnits

/// `genops replay`: recorded events through the adapter that runs in production.
package enum ReplayCommand {
  package struct Request: Sendable {
    package var files: [String]
    /// Whose governance, prices and billing day hold; nil meters and prices only.
    package var scenario: String?
    /// Other scenarios and policy files that the recording is replayed under too.
    package var whatIf: [String]
    package var book: String?
    /// Usage of the billing period before the recording begins, such as `events=1.2M`.
    package var opening: String?
    /// What columns of tables are called, such as `event=action,timestamp=at`.
    package var columns: String?
    /// The most malformed elements of a file; nil for no limit.
    package var maxErrors: Int?
    package var format: String
    /// Where every decision is written, a JSON line each; nil writes none.
    package var decisions: String?
    /// Whether a file goes there that the program did not write.
    package var replaces: Bool
    /// Whether a copy of an event is told by its uuid and counts once.
    package var dropsCopies: Bool
    /// The threads that read.
    package var jobs: Int
    /// Exports of usage by day, for what no export of events holds.
    package var usage: [String]
    /// What usage is multiplied by, and the part of the users who are looked at.
    package var scale: Double
    package var share: Double
    /// Which properties say whose an event is, such as `team=squad`; nil takes those that the plans judge by.
    package var by: String?
    /// Where the usage of each day is written, as a history of scenarios; nil writes none.
    package var history: String?
    /// How many days in a row are drawn together to say what a month of such days costs; nil says nothing of it.
    package var blockBootstrap: Int?
    /// Where the events are written without the people in them; nil writes none.
    package var pseudonyms: Pseudonyms?

    package init(
      files: [String], scenario: String? = nil, whatIf: [String] = [], book: String? = nil,
      opening: String? = nil,
      columns: String? = nil, maxErrors: Int? = nil, format: String = "text",
      decisions: String? = nil, replaces: Bool = false, dropsCopies: Bool = true, jobs: Int = 1,
      usage: [String] = [], scale: Double = 1, share: Double = 1,
      by: String? = nil, history: String? = nil, blockBootstrap: Int? = nil,
      pseudonyms: Pseudonyms? = nil
    ) {
      self.files = files
      self.scenario = scenario
      self.whatIf = whatIf
      self.book = book
      self.opening = opening
      self.columns = columns
      self.maxErrors = maxErrors
      self.format = format
      self.decisions = decisions
      self.replaces = replaces
      self.dropsCopies = dropsCopies
      self.jobs = jobs
      self.usage = usage
      self.scale = scale
      self.share = share
      self.by = by
      self.history = history
      self.blockBootstrap = blockBootstrap
      self.pseudonyms = pseudonyms
    }
  }

  /// `onProgress` is called with the bytes of the files that were read.
  package static func run(
    _ request: Request, _ options: OutputOptions,
    onProgress: @escaping (Int64) -> Void = { _ in }
  ) -> CommandOutput {
    do throws(FindingsError) {
      let format = try ReportFormats.withoutChecks.kind(request.format)
      var (configuration, remarks) = try configuration(request, scenario: request.scenario)
      if !request.dropsCopies {
        remarks.note(
          "copies-counted", "copies of events were not looked for: each counts",
          help: "leave --no-dedup out to bill as PostHog does")
      }
      var others: [AdapterConfiguration] = []
      for path in request.whatIf {
        let (other, notes) = try self.configuration(request, scenario: path)
        others.append(other)
        remarks.merge(notes)
      }
      let columns = try ColumnNames.parse(request.columns)
      let input = request.files.contains("-") ? try StandardInput() : nil
      // They are kept until all has been read.
      var tables: [ParquetFile] = []
      defer { withExtendedLifetime((input, tables)) {} }
      var files: [(path: String, name: String)] = []
      for name in request.files {
        if ParquetFile.isNamed(name) {
          let table = try ParquetFile(name)
          tables.append(table)
          files.append((table.path, name))
        } else {
          files.append(name == "-" ? (input?.path ?? name, "stdin") : (name, name))
        }
      }
      let terms = ReplayTerms(
        usage: try usage(request.usage, &remarks),
        multiplier: request.scale == 1 && request.share == 1
          ? nil : EventMultiplier(scale: request.scale, share: request.share),
        owners: try OwnerText.parse(
          request.by, plans: ([configuration] + others).map(\.plan)))
      if let pseudonyms = request.pseudonyms {
        try pseudonyms.write(
          files, columns: columns, maxErrors: request.maxErrors, replaces: request.replaces,
          &remarks)
      }
      var decisions: [RecordedDecision] = []
      var replays: [EventReplay] = []
      if request.decisions != nil || others.isEmpty {
        replays = [
          try EventReplay.run(
            files, configuration, columns: columns, maxErrors: request.maxErrors,
            dropsCopies: request.dropsCopies, jobs: request.jobs, terms: terms,
            onDecision: request.decisions == nil ? nil : { decisions.append($0) },
            onProgress: onProgress)
        ]
      }
      if !others.isEmpty {
        replays += try EventReplay.compare(
          files, (replays.isEmpty ? [configuration] : []) + others, columns: columns,
          maxErrors: request.maxErrors, dropsCopies: request.dropsCopies, jobs: request.jobs,
          terms: terms, onProgress: onProgress)
      }
      let replay = replays[0]
      let compared = zip(request.whatIf, zip(replays.dropFirst(), others)).map {
        ReplayComparison.Entry($0, $1.0, $1.1)
      }
      if let path = request.decisions {
        try DecisionFile.write(decisions, to: path, replaces: request.replaces)
      }
      if let path = request.history {
        try writeHistory(replay, to: path, replaces: request.replaces, &remarks)
      }
      var month: BlockBootstrap.Answer?
      if let days = request.blockBootstrap {
        month = try BlockBootstrap(block: days).answer(replay, configuration.calculator)
      }
      var findings = UnpricedItems.told(replay, configuration)
      findings.merge(remarks)
      return CommandOutput(
        ReplayReport(replay, configuration, others: compared, month: month).report(findings),
        as: format,
        options)
    } catch {
      return CommandOutput(
        MisplacedFiles.told(request.files, error.findings) ?? error.findings,
        color: options.errorColor)
    }
  }

  /// Writes what was sent on each day that is known.
  private static func writeHistory(
    _ replay: EventReplay, to path: String, replaces: Bool, _ remarks: inout Findings
  ) throws(FindingsError) {
    let history = replay.history(keepsEdges: false)
    remarks.merge(Findings(history.findings.all.filter { $0.code == "partial-day" }))
    guard history.firstDay != nil else {
      throw FindingsError(
        "empty", "the recording has no whole day, so there is no history to write",
        help: "record a day from midnight to midnight UTC")
    }
    let file = OutputFiles.File(path, history.rows, over: .nothing)
    try OutputFiles([file], replaces: replaces, elsewhere: "with --history FILE").write()
  }

  /// The usage that goes beside the events; nil without any, which is said.
  private static func usage(
    _ paths: [String], _ remarks: inout Findings
  ) throws(FindingsError) -> ReplayUsage? {
    if paths.isEmpty {
      remarks.note(
        "replay-partial",
        "no export of events holds flag requests, recordings, rows or logs: the cost is without what was used "
          + "of them", help: "name the export of usage beside it: --usage usage.csv")
      return nil
    }
    let exports = try UsageExports(paths)
    let history = UsageHistory(joining: exports.files)
    var findings = exports.findings
    findings.merge(history.findings)
    try findings.throwIfErrors()
    remarks.merge(findings)
    return ReplayUsage(history)
  }

  private static func configuration(
    _ request: Request, scenario path: String?
  ) throws(FindingsError) -> (AdapterConfiguration, remarks: Findings) {
    var findings = Findings()
    var remarks = Findings()
    var configuration = AdapterConfiguration(opening: .nothing)
    if let path {
      let source = try ScenarioSource.load(path: path, settings: [])
      if PolicyFileReader.holds(source.root) {
        let (policy, notes) = try PolicyFileReader.parse(source.root, needsTests: false)
        remarks.merge(notes)
        configuration = policy.configuration
      } else {
        let (scenario, notes) = ScenarioReader.read(source.root, bytes: source.bytes, file: path)
        findings.merge(notes)
        guard let scenario else { throw FindingsError(findings: findings) }
        configuration = account(of: scenario, &remarks)
      }
    }
    if let name = request.book, let book = PriceBookFile.find(name, at: nil, &findings) {
      configuration.calculator = CostCalculator(
        book: book, addOns: configuration.calculator.addOns)
    }
    if let text = request.opening {
      configuration.opening = balance(UsageText.parse(text, &findings))
    }
    try findings.throwIfErrors()
    return (configuration, remarks)
  }

  /// What a scenario says of the account: governance, prices, billing day, and usage so far.
  private static func account(of scenario: Scenario, _ remarks: inout Findings)
    -> AdapterConfiguration
  {
    var configuration = AdapterConfiguration(opening: .nothing)
    configuration.plan = scenario.governance
    configuration.attribution = scenario.attribution
    configuration.calculator = CostCalculator(book: scenario.book, addOns: scenario.addOns)
    configuration.billingAnchorDay = scenario.billingDay ?? 1
    if let change = scenario.prices.changes.first {
      remarks.warning(
        "one-book",
        "the recording is priced with \(scenario.book.id) throughout, also after \(change.from)",
        help: "replay the days from then on by themselves, with --book", at: change.location)
    }
    if let opening = scenario.openingUsage { configuration.opening = balance(opening) }
    return configuration
  }

  private static func balance(_ totals: MeterTotals) -> OpeningBalance {
    OpeningBalance(
      current: Dictionary(uniqueKeysWithValues: Meter.allCases.map { ($0, totals[$0]) }),
      previous: OpeningBalance.nothing.previous)
  }
}
