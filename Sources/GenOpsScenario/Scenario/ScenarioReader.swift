package import Foundation
import GenOpsCosting
import GenOpsForecasting
import GenOpsGovernance
import GenOpsHistory
import GenOpsMetering
import GenOpsNumerics
package import GenOpsUnits

/// Turns a scenario file into a ``Scenario``, with every finding in it at once.
package struct ScenarioReader {
  /// Replacements from the command line.
  package struct Overrides: Sendable {
    package var seed: UInt64?
    package var paths: Int?
    package var grain: Scenario.Grain?
    /// In place of what `prices:` says.
    package var prices: PriceSchedule?
    /// Values put in place of the file's: `growth.events=3% per month`.
    package var settings: [String]

    package init(
      seed: UInt64? = nil, paths: Int? = nil, grain: Scenario.Grain? = nil,
      prices: PriceSchedule? = nil, settings: [String] = []
    ) {
      self.seed = seed
      self.paths = paths
      self.grain = grain
      self.prices = prices
      self.settings = settings
    }
  }

  /// Fewer say nothing of a tail, more need hours.
  static let pathRange = 1...1_000_000
  static let defaultPaths = 10_000
  /// A horizon beyond ten years is a typing error more often than a plan.
  static let maximumMonths = 120

  var findings = Findings()
  let file: String
  /// Of the streams read so far, by their names.
  var people: [String: ScenarioPeople] = [:]
  var stated = Scenario.StatedAccount()
  /// The files that were named, as far as the scenario was read.
  var named: [Scenario.FileReference] = []
  /// What is said of names that may be projects of the history, where another name is close.
  var doubtful: [Finding] = []

  /// Reads the file at `path` and those it extends. The scenario is nil when there are errors among
  /// the findings.
  package static func read(path: String, overrides: Overrides = Overrides()) -> (
    scenario: Scenario?, findings: Findings
  ) {
    do throws(FindingsError) {
      let source = try ScenarioSource.load(path: path, settings: overrides.settings)
      return read(source.root, bytes: source.bytes, file: path, overrides: overrides)
    } catch { return (nil, error.findings) }
  }

  /// Reads a tree that stands for the file at `file`.
  package static func read(
    _ node: Node, bytes: Data, file: String, overrides: Overrides = Overrides()
  ) -> (scenario: Scenario?, findings: Findings) {
    var reader = ScenarioReader(file: file)
    let scenario = reader.scenario(node, bytes: bytes, overrides: overrides)
    if reader.findings.hasErrors {
      reader.noteMissingFiles()
      // The files are not read then, so a name that looks misspelt is told as such.
      for finding in reader.doubtful { reader.findings.add(finding) }
    }
    return (reader.findings.hasErrors ? nil : scenario, reader.findings)
  }

  init(file: String) { self.file = file }

  private mutating func scenario(_ whole: Node, bytes: Data, overrides: Overrides) -> Scenario? {
    let (root, stewardship) = Stewardship.taken(from: whole, &findings)
    guard isOfUsualSize(root) else { return nil }
    if root["tests"] != nil, root["history"] == nil, root["traffic"] == nil {
      findings.error(
        "is-policy-file", "this is a policy file: it has tests, and no usage to price",
        help:
          "'genops test' runs its tests, 'genops replay --scenario' lets it govern recorded events",
        at: root.location)
      return nil
    }
    let variables = root["variables"].map { VariableTable.read($0, &findings) } ?? .empty
    noteUnused(variables, in: root)
    let node = root.scoped(variables)
    var keys = MappingReader(node, "a scenario", &findings)
    guard node.mapping != nil else { return nil }
    _ = keys.take("variables")
    // What is a text has been taken before.
    for name in Stewardship.keys {
      guard let wrong = keys.take(name) else { continue }
      findings.error(
        "wrong-type", "'\(name)' is a text, this is \(wrong.kindName)",
        help: "write: \(name): \(name == "review" ? "2027-04-01" : "Finance")", at: wrong.location)
    }
    let correlations = keys.take("correlations")
    let points = keys.take("points").flatMap { readPoints($0) }
    let name = readName(keys.take("scenario", or: "name"))
    let periodNode = keys.take("period")
    let period = periodNode.flatMap { readPeriod($0) }
    let historyNode = keys.take("history")
    let history = historyNode.map { readFiles($0) } ?? []
    let forecaster = keys.take("forecaster").map { readForecaster($0, of: history) }
    let dates = keys.take("special_dates").map { readDates($0, of: history) }
    let bills = keys.take("bills").map { readFiles($0) } ?? []
    let pricesNode = keys.take("prices")
    let prices = overrides.prices ?? readPrices(pricesNode)
    let book = prices?.first
    let currency = book?.currency ?? "USD"
    let addOns = keys.take("add_ons").map {
      readAddOns($0, book: book, isOwn: overrides.prices == nil)
    }
    stated.hasAddOns = addOns != nil
    let terms = keys.take("terms").flatMap { readTerms($0, currency: currency, prices) }
    let attribution = readAttribution(from: &keys)
    let traffic = keys.take("traffic").map { readTraffic($0, defaults: attribution) } ?? []
    let context = TargetContext(streams: traffic.map(\.name), hasHistory: !history.isEmpty)
    let growth = keys.take("growth").map { readGrowth($0, context) } ?? []
    let changes = keys.take("changes").map { readChanges($0, context) } ?? []
    let calendar = keys.take("calendar").map { readCalendar($0, context) }
    let faults =
      keys.take("faults").map { readFaults($0, context, defaults: attribution) } ?? []
    let mix = keys.take("mix").map { readMix($0) } ?? []
    let pollers = keys.take("flags").flatMap { readPollers($0) }
    let fiscalStart = period?.first.month ?? 1
    var governance = GovernancePlan.open
    // The rest is read even when the prices are wrong, so that all findings are shown at once.
    do {
      let book = book ?? .standard
      let context = LeverContext(
        currency: currency, book: book, fiscalStart: fiscalStart, file: file)
      governance = readGovernance(
        budget: keys.take("budget", or: "budgets"), keys.take("governance"), context)
    }
    let options =
      keys.take("options").map {
        readOptions(
          $0, currency: currency, book: book ?? .standard, fiscalStart: fiscalStart)
      } ?? []
    let optimize = keys.take("optimize").map {
      readOptimize(
        $0,
        LeverContext(
          currency: currency, book: book ?? .standard, fiscalStart: fiscalStart, file: file))
    }
    let value = keys.take("value").flatMap { readValue($0, currency: currency) }
    let expectations =
      keys.take("expect").map {
        readExpectations($0, currency: currency, options: options.map(\.name))
      } ?? []
    let seed = keys.take("seed").flatMap { readWhole($0, "the seed", 0...Int.max) }
    let paths = keys.take("paths").flatMap {
      readWhole($0, "the number of paths", ScenarioReader.pathRange)
    }
    let grain = keys.take("grain", or: "mode").flatMap { readGrain($0) }
    let billingDay = keys.take("billing_day").flatMap { readWhole($0, "the billing day", 1...31) }
    let opening = keys.take("opening_usage", or: "opening").flatMap { readOpening($0) }
    keys.finish(&findings)
    if history.isEmpty, traffic.isEmpty {
      findings.error(
        "no-usage", "there is no usage to price",
        help: "add: history: usage.csv   (PostHog > Billing > Usage > Export), or traffic:",
        at: node.location)
    }
    if history.isEmpty, periodNode == nil, !traffic.isEmpty {
      findings.error(
        "missing-key", "a scenario without history needs its period",
        help: "add: period: 2027-01 to 2027-12", at: node.location)
    }
    guard let prices else { return nil }
    return Scenario(
      name: name, file: file, sha256: Digest.sha256(bytes), location: node.location,
      period: period, historyFiles: history,
      historyLocation: history.isEmpty ? nil : historyNode?.location,
      forecaster: forecaster ?? Forecasters.standard,
      specialDates: dates ?? DailySeries.usualDates, billFiles: bills,
      prices: prices, addOns: addOns ?? [], terms: terms, stated: stated,
      variables: variables, correlations: correlations, points: points ?? .random, growth: growth,
      changes: changes, mix: mix, pollers: pollers, traffic: traffic,
      attribution: attribution, governance: governance, options: options, value: value,
      expectations: expectations,
      seed: overrides.seed ?? seed.map(UInt64.init) ?? 1,
      paths: overrides.paths ?? paths ?? ScenarioReader.defaultPaths,
      grain: overrides.grain ?? grain ?? .binned, billingDay: billingDay, openingUsage: opening,
      calendar: calendar ?? ScenarioCalendar(), people: people,
      faults: faults, optimize: optimize, stewardship: stewardship)
  }
}
