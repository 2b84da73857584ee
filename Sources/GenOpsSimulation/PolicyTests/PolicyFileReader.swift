import GenOpsCosting
import GenOpsGovernance
import GenOpsHistory
import GenOpsMetering
import GenOpsPostHog
import GenOpsScenario
package import GenOpsUnits

/// Reads a ``PolicyFile``, with every finding at once.
package struct PolicyFileReader {
  var findings = Findings()

  /// The policy file at `path`.
  package static func read(path: String) throws(FindingsError) -> (PolicyFile, Findings) {
    try parse(try YAMLReader.read(path: path).node)
  }

  /// Whether a tree is a policy file, and not a scenario, which has usage.
  package static func holds(_ node: Node) -> Bool {
    guard node["governance"] != nil else { return false }
    return node["tests"] != nil || node["history"] == nil && node["traffic"] == nil
  }

  /// The policy file in a tree; a file without a test is refused where they are what is asked for.
  package static func parse(
    _ node: Node, needsTests: Bool = true
  ) throws(FindingsError) -> (PolicyFile, Findings) {
    var reader = PolicyFileReader()
    let file = reader.read(node, needsTests)
    try reader.findings.throwIfErrors()
    return (file, reader.findings)
  }

  private mutating func read(_ node: Node, _ needsTests: Bool) -> PolicyFile {
    var configuration = AdapterConfiguration(opening: .nothing)
    var keys = MappingReader(node, "a policy file", &findings)
    if let prices = keys.take("prices"),
      let book = PriceBookFile.find(prices.text ?? "", at: prices.location, &findings)
    {
      configuration.calculator = CostCalculator(book: book)
    }
    if let day = keys.take("billing_day") { configuration.billingAnchorDay = whole(day) ?? 1 }
    if let opening = keys.take("opening_usage", or: "opening") {
      configuration.opening = self.opening(opening)
    }
    if let classes = keys.take("classes") {
      configuration.classifier = EventClassifier(classes, &findings)
    }
    if let own = keys.take("attribution") { configuration.attribution = attribution(own) }
    if let governance = keys.required("governance", example: "governance: enforced", &findings) {
      let book = configuration.calculator.book
      let read = readGovernanceKeys(
        governance,
        LeverContext(
          currency: book.currency, book: book, fiscalStart: 1, file: node.location.file,
          classifier: configuration.classifier), &findings)
      configuration.plan = GovernancePlan(
        mode: read?.mode ?? .advisory, policies: read?.policies ?? [], &findings)
    }
    var tests: [PolicyTest] = []
    let list =
      needsTests
      ? keys.required("tests", example: "tests: [{name: …, events: […]}]", &findings)
      : keys.take("tests")
    if let list {
      for item in list.sequence ?? [list] { tests.append(test(item)) }
      if tests.isEmpty {
        findings.error(
          "tests-none", "the file has no test", help: "add one under tests:", at: list.location)
      }
    }
    keys.finish(&findings)
    return PolicyFile(configuration: configuration, tests: tests)
  }

  private mutating func test(_ node: Node) -> PolicyTest {
    var keys = MappingReader(node, "a test", &findings)
    let name = keys.required("name", example: "name: the budget ends", &findings)?.text ?? ""
    var start = Timestamp(startOf: CalendarDay(number: 20_819))  // 2027-01-01
    if let node = keys.take("start") {
      if let read = Timestamp(node.text ?? "") {
        start = read
      } else {
        findings.error(
          "instant", "'\(node.text ?? node.kindName)' is not an instant",
          help: "write for example 2027-01-10T12:00:00Z", at: node.location)
      }
    }
    let opening = keys.take("opening_usage", or: "opening").map { self.opening($0) }
    var steps: [PolicyTest.Step] = []
    if let list = keys.required("events", example: "events: [{event: purchase}]", &findings) {
      for item in list.sequence ?? [list] { steps.append(step(item)) }
      // Each is at most a million, and a file holds fewer than that of them.
      let count = steps.reduce(0) { $0 + $1.count }
      if count > PolicyFileReader.mostEvents {
        findings.error(
          "too-large",
          "the test '\(name)' has \(count) events; at most "
            + "\(PolicyFileReader.mostEvents) are run", help: "a smaller budget needs fewer events",
          at: list.location)
      }
    }
    var checks: [PolicyTest.Check] = []
    if let list = keys.take("then") {
      for item in list.sequence ?? [list] { checks.append(check(item)) }
    }
    keys.finish(&findings)
    if checks.isEmpty, steps.allSatisfy({ $0.expected == nil }) {
      findings.error(
        "test-expects-nothing", "the test '\(name)' cannot fail", help: "add expect: or then:",
        at: node.location)
    }
    return PolicyTest(
      name: name, location: node.location, start: start, opening: opening, steps: steps,
      checks: checks)
  }

  private mutating func step(_ node: Node) -> PolicyTest.Step {
    var keys = MappingReader(node, "events of a test", &findings)
    let event = keys.required("event", example: "event: purchase", &findings)?.text ?? ""
    let at = keys.take("at").flatMap { seconds($0) } ?? 0
    let count = keys.take("count").flatMap { whole($0) } ?? 1
    let every = keys.take("every").flatMap { seconds($0) } ?? 0
    let user = keys.take("user")?.text
    let isIdentified = keys.take("identified").flatMap { flag($0) } ?? false
    let consent = keys.take("consent").flatMap { flag($0) }
    let attribution = keys.take("attribution").map { self.attribution($0) } ?? .none
    let properties = keys.take("properties").map { JSONValue($0) } ?? [:]
    let expected = keys.take("expect").flatMap { outcomes($0, of: count) }
    keys.finish(&findings)
    return PolicyTest.Step(
      at: at, event: event, user: user, count: count, every: every, isIdentified: isIdentified,
      attribution: attribution, consent: consent, properties: properties, expected: expected,
      location: node.location)
  }

  /// `sent`, or `20 sent, 10 budget`.
  private mutating func outcomes(_ node: Node, of count: Int) -> [(count: Int?, outcome: String)]? {
    let known =
      ["sent", "sampled", "duplicate", "refused"] + RefusalReason.allCases.map(\.id)
    var result: [(count: Int?, outcome: String)] = []
    for part in (node.text ?? "").split(separator: ",") {
      let words = part.split(separator: " ").map(String.init)
      // A number beyond every test is none, and could not be added to another.
      let number = words.count == 2 ? Int(words[0]).flatMap { $0 > 1 << 32 ? nil : $0 } : nil
      guard let word = words.last, words.count == 1 || number != nil, known.contains(word) else {
        let near = words.last.flatMap { nearestName(to: $0, among: known) }
        findings.error(
          "outcome", "'\(part)' is not an outcome",
          help: near.map { "did you mean '\($0)'?" }
            ?? "write for example sent, or 20 sent, 10 budget; known: "
            + known.joined(separator: ", "), at: node.location)
        return nil
      }
      result.append((number, word))
    }
    let sum = result.compactMap(\.count).reduce(0, +)
    if result.isEmpty || (result.contains { $0.count == nil } && result.count > 1)
      || (result.allSatisfy { $0.count != nil } && sum != count)
    {
      findings.error(
        "outcome", "these outcomes are not those of \(count) events",
        help: "write one word for all of them, or numbers that add up", at: node.location)
      return nil
    }
    return result
  }

  private mutating func check(_ node: Node) -> PolicyTest.Check {
    var keys = MappingReader(node, "a check", &findings)
    var check = PolicyTest.Check(
      at: keys.take("at").flatMap { seconds($0) }, expectations: [], location: node.location)
    for (name, what) in PolicyFileReader.plain {
      if let value = keys.take(name) { add(what, value, to: &check) }
    }
    for (budget, value) in entries(keys.take("spent")) { add(.spent(budget), value, to: &check) }
    for (name, value) in entries(keys.take("usage")) {
      if let meter = Meter(named: name) {
        add(.usage(meter), value, to: &check)
      } else {
        findings.add(Meter.unknown(name, at: value.location))
      }
    }
    keys.finish(&findings)
    return check
  }

  private static let plain: [(String, PolicyTest.Quantity)] = [
    ("cost", .cost), ("sent", .sent), ("refused", .refused), ("sampled", .sampled),
    ("duplicates", .duplicates), ("alerts", .alerts), ("notices", .notices),
  ]

  /// The expected value as the runner will show it.
  private mutating func add(
    _ what: PolicyTest.Quantity, _ node: Node, to check: inout PolicyTest.Check
  ) {
    var text: String?
    switch what {
    case .cost, .spent:
      let figures = node.text.flatMap { try? Figures($0) }
      text = figures?.number(in: figures?.unit).flatMap { try? Money($0) }?.description
    case .sent, .refused, .sampled, .duplicates, .usage:
      text = (try? QuantityText.parse(node.text ?? "")).map { "\($0)" }
    case .alerts, .notices:
      text = (node.sequence ?? [node]).map { $0.text ?? "" }.joined(separator: "; ")
    }
    if let text {
      check.expectations.append((what, text, node.location))
    } else {
      findings.error(
        "expected-value", "'\(node.text ?? node.kindName)' is not a value of this check",
        help: "write for example cost: 0.001 USD or sent: 20", at: node.location)
    }
  }
}
