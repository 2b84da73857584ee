import GenOpsCosting
import GenOpsGovernance
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

    package init(
      files: [String], scenario: String? = nil, whatIf: [String] = [], book: String? = nil,
      opening: String? = nil,
      columns: String? = nil, maxErrors: Int? = nil, format: String = "text",
      decisions: String? = nil, replaces: Bool = false, dropsCopies: Bool = true, jobs: Int = 1
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
      let files = request.files.map { (path: $0, name: $0) }
      var decisions: [RecordedDecision] = []
      var replays: [EventReplay] = []
      if request.decisions != nil || others.isEmpty {
        replays = [
          try EventReplay.run(
            files, configuration, columns: columns, maxErrors: request.maxErrors,
            dropsCopies: request.dropsCopies, jobs: request.jobs,
            onDecision: request.decisions == nil ? nil : { decisions.append($0) },
            onProgress: onProgress)
        ]
      }
      if !others.isEmpty {
        replays += try EventReplay.compare(
          files, (replays.isEmpty ? [configuration] : []) + others, columns: columns,
          maxErrors: request.maxErrors, dropsCopies: request.dropsCopies, jobs: request.jobs,
          onProgress: onProgress)
      }
      let replay = replays[0]
      let compared = zip(request.whatIf, zip(replays.dropFirst(), others)).map {
        ReplayComparison.Entry($0, $1.0, $1.1)
      }
      if let path = request.decisions {
        try DecisionFile.write(decisions, to: path, replaces: request.replaces)
      }
      var findings = UnpricedItems.told(replay, configuration)
      findings.merge(remarks)
      return CommandOutput(
        ReplayReport(replay, configuration, others: compared).report(findings), as: format,
        options)
    } catch {
      return CommandOutput(
        MisplacedFiles.told(request.files, error.findings) ?? error.findings,
        color: options.errorColor)
    }
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
        let (policy, notes) = try PolicyFileReader.parse(source.root)
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
