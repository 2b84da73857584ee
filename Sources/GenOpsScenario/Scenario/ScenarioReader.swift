package import Foundation
import GenOpsCosting
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
    return (reader.findings.hasErrors ? nil : scenario, reader.findings)
  }

  init(file: String) { self.file = file }

  private mutating func scenario(_ root: Node, bytes: Data, overrides: Overrides) -> Scenario? {
    let variables = root["variables"].map { VariableTable.read($0, &findings) } ?? .empty
    noteUnused(variables, in: root)
    let node = root.scoped(variables)
    var keys = MappingReader(node, "a scenario", &findings)
    guard node.mapping != nil else { return nil }
    _ = keys.take("variables")
    let correlations = keys.take("correlations")
    let points = keys.take("points").flatMap { readPoints($0) }
    let name = readName(keys.take("scenario", or: "name"))
    let periodNode = keys.take("period")
    let period = periodNode.flatMap { readPeriod($0) }
    let history = keys.take("history").map { readFiles($0) } ?? []
    let bills = keys.take("bills").map { readFiles($0) } ?? []
    let pricesNode = keys.take("prices")
    let prices = overrides.prices ?? readPrices(pricesNode)
    let book = prices?.first
    let currency = book?.currency ?? "USD"
    let addOns = keys.take("add_ons").map { readAddOns($0, book: book) } ?? []
    let attribution = readAttribution(from: &keys)
    let traffic = keys.take("traffic").map { readTraffic($0, defaults: attribution) } ?? []
    let context = TargetContext(streams: traffic.map(\.name))
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
    let opening = keys.take("opening_usage").flatMap { readOpening($0) }
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
      period: period, historyFiles: history, billFiles: bills, prices: prices, addOns: addOns,
      variables: variables, correlations: correlations, points: points ?? .random, growth: growth,
      changes: changes, mix: mix, pollers: pollers, traffic: traffic,
      attribution: attribution, governance: governance, options: options, value: value,
      expectations: expectations,
      seed: overrides.seed ?? seed.map(UInt64.init) ?? 1,
      paths: overrides.paths ?? paths ?? ScenarioReader.defaultPaths,
      grain: overrides.grain ?? grain ?? .binned, billingDay: billingDay, openingUsage: opening,
      calendar: calendar ?? ScenarioCalendar(), people: people,
      faults: faults)
  }
}

extension ScenarioReader {
  /// What names `growth:` and `changes:` may use.
  struct TargetContext {
    var streams: [String]
  }

  mutating func readName(_ node: Node?) -> String {
    if let text = node?.text, !text.isEmpty { return text }
    if let node { wrongType(node, "the name of the scenario", "scenario: Budget 2027") }
    return URL(fileURLWithPath: file).deletingPathExtension().lastPathComponent
  }

  mutating func readPeriod(_ node: Node) -> Scenario.Period? {
    let example = "period: 2027-02 to 2028-01"
    let parts = (node.text ?? "").split(separator: " ").map(String.init)
    guard parts.count == 3, parts[1] == "to" else {
      findings.error(
        "not-a-period", "'\(node.text ?? node.kindName)' is not a period of whole months",
        help: "write: \(example)", at: node.location)
      return nil
    }
    guard let first = CalendarMonth(parts[0]), let last = CalendarMonth(parts[2]) else {
      let wrong = CalendarMonth(parts[0]) == nil ? parts[0] : parts[2]
      findings.error(
        "impossible-date", "'\(wrong)' is not a month", help: "write: \(example)", at: node.location
      )
      return nil
    }
    guard first <= last, first.distance(to: last) < ScenarioReader.maximumMonths else {
      findings.error(
        "not-a-period",
        first > last
          ? "the period ends before it begins"
          : "the period is longer than \(ScenarioReader.maximumMonths) months",
        help: "write: \(example)", at: node.location)
      return nil
    }
    return Scenario.Period(first: first, last: last, location: node.location)
  }

  mutating func readGovernance(budget: Node?, _ node: Node?, _ context: LeverContext)
    -> GovernancePlan
  {
    var policies: [any Policy] = []
    let budget = budget.map { inFigures($0) }
    let node = node.map { inFigures($0) }
    if let budget {
      for item in budget.sequence ?? [budget] {
        guard var policy = BudgetPolicy(item, &findings) else { continue }
        if item["fiscal_start"] == nil { policy.budget.fiscalStart = context.fiscalStart }
        policies.append(policy)
      }
    }
    let own = node.flatMap { readGovernanceKeys($0, context, &findings) }
    let plan = GovernancePlan(
      mode: own?.mode ?? .advisory, policies: policies + (own?.policies ?? []), &findings)
    let foreign =
      plan.budgets.map(\.currency) + plan.postHogLimits.map(\.currency)
    for currency in Set(foreign).sorted() where currency != context.currency {
      findings.error(
        "two-currencies",
        "a budget or limit is in \(currency), the price book in \(context.currency); nothing is "
          + "converted", help: "write amounts in \(context.currency)",
        at: (budget ?? node)?.location)
    }
    return plan
  }

  mutating func readFiles(_ node: Node) -> [Scenario.FileReference] {
    let nodes = node.sequence ?? [node]
    return nodes.compactMap { item in
      guard let text = item.text, !text.isEmpty else {
        wrongType(item, "a file name", "history: billing/usage.csv")
        return nil
      }
      return Scenario.FileReference(
        path: FilePath.resolve(text, writtenAt: item.location), location: item.location)
    }
  }

  mutating func readBook(_ node: Node) -> PriceBook? {
    guard let name = node.text else {
      wrongType(node, "the price book", "prices: \(PriceBook.standard.id)")
      return nil
    }
    if PriceBookFile.isFile(name) {
      guard let reference = readFiles(node).first else { return nil }
      return PriceBookFile.read(path: reference.path, &findings)
    }
    return PriceBook.named(name, at: node.location, &findings)
  }

  mutating func readAddOns(_ node: Node, book: PriceBook?) -> Set<String> {
    guard let items = node.sequence else {
      wrongType(node, "the list of add-ons", "add_ons: [boost]")
      return []
    }
    var names: Set<String> = []
    for item in items {
      guard let text = item.text else {
        wrongType(item, "an add-on", "add_ons: [boost]")
        continue
      }
      if let book, !book.addOnNames.contains(text) {
        let near = nearestName(to: text, among: book.addOnNames)
        findings.error(
          "unknown-add-on", "the book \(book.id) has no add-on '\(text)'",
          help: near.map { "did you mean '\($0)'?" }
            ?? "known: \(book.addOnNames.joined(separator: ", "))", at: item.location)
      }
      names.insert(text)
    }
    return names
  }

  mutating func readAttribution(from keys: inout MappingReader) -> Attribution {
    var attribution = Attribution.none
    for dimension in Attribution.dimensions {
      guard let node = keys.take(dimension) else { continue }
      if let text = node.text {
        attribution[dimension] = text
      } else {
        wrongType(node, "the \(dimension)", "\(dimension): growth")
      }
    }
    return attribution
  }

  mutating func readGrain(_ node: Node) -> Scenario.Grain? {
    if let grain = node.text.flatMap(Scenario.Grain.init(rawValue:)) { return grain }
    findings.error(
      "unknown-kind", "'\(node.text ?? node.kindName)' is not a grain of a run",
      help: "write: grain: binned   (or exact; the governance mode belongs under governance:)",
      at: node.location)
    return nil
  }

  mutating func readWhole(_ node: Node, _ what: String, _ range: ClosedRange<Int>) -> Int? {
    let figures = node.text.flatMap { try? Figures($0) }
    if let value = figures?.whole(), range.contains(value) { return value }
    findings.error(
      "out-of-range", "\(what) is a whole number from \(range.lowerBound) to \(range.upperBound)",
      help: "this is '\(node.text ?? node.kindName)'", at: node.location)
    return nil
  }

  mutating func readOpening(_ node: Node) -> MeterTotals? {
    guard let entries = node.mapping else {
      wrongType(node, "the opening usage", "opening_usage: {events: 1200000}")
      return nil
    }
    var totals = MeterTotals()
    for entry in entries {
      guard let meter = readMeter(entry.key, at: entry.keyLocation) else { continue }
      let example = "\(meter.id): 1200000"
      guard
        let quantity = Quantity.read(
          entry.value, "the usage so far", example: example, &findings)
      else { continue }
      guard !quantity.isRange, quantity.sign == .none, quantity.unit == nil, quantity.low >= 0,
        quantity.low < 1e15, quantity.low == quantity.low.rounded()
      else {
        findings.error(
          "out-of-range", "usage so far is a whole number of units from 0 to 10^15",
          help: "write: \(example)", at: entry.value.location)
        continue
      }
      totals[meter] = Int64(quantity.low)
    }
    return totals
  }

  mutating func readMeter(_ name: String, at location: SourceLocation) -> Meter? {
    if let meter = Meter(named: name) { return meter }
    let near = nearestName(to: name, among: Meter.ids)
    findings.error(
      "unknown-meter", "there is no meter '\(name)'",
      help: near.map { "did you mean '\($0)'?" }
        ?? "'genops kinds meters' lists them", at: location)
    return nil
  }

  mutating func wrongType(_ node: Node, _ what: String, _ example: String) {
    findings.error(
      "wrong-type", "\(what) cannot be \(node.kindName)", help: "write: \(example)",
      at: node.location)
  }
}
