import GenOpsHistory
import GenOpsMetering
import GenOpsScenario
package import GenOpsSimulation
package import GenOpsUnits

/// Reads a `result.json` again: what every report of a run is made of.
///
/// Amounts have six decimals in the file. A run makes its own reports of what it reads here, so that reports made
/// later from the file are the same to the byte.
package enum ResultReader {
  /// The result in the bytes of a file.
  package static func read(_ bytes: [UInt8], file: String) throws(FindingsError) -> (
    result: ScenarioResult, node: Node
  ) {
    let node = try JSONParser.parse(bytes, file: file)
    return (try read(node), node)
  }

  /// The result in a tree. A file of another major version, or of a later minor one, is not read.
  package static func read(_ node: Node) throws(FindingsError) -> ScenarioResult {
    do { return try result(ResultNode(node)) } catch let error as FindingsError {
      throw error
    } catch {
      throw FindingsError("result-file", "the result cannot be read: \(error)", at: node.location)
    }
  }

  /// The sheets of the workbook that it holds.
  static func sheets(_ node: Node) throws(FindingsError) -> [ReportSheet] {
    do { return try ResultNode(node).list("sheets").map { try ReportSheet($0) } } catch let error
      as FindingsError
    { throw error } catch {
      throw FindingsError("result-file", "the sheets cannot be read: \(error)", at: node.location)
    }
  }

  private static func result(_ root: ResultNode) throws -> ScenarioResult {
    let version = try root.text("schemaVersion")
    guard version == JSONReport.schemaVersion else {
      throw FindingsError(
        "result-version",
        "the result has schemaVersion \(version), and this program reads \(JSONReport.schemaVersion)",
        help: "run the scenario again: genops run SCENARIO",
        at: try root.at("schemaVersion").node.location)
    }
    let total = try root.at("total")
    var result = ScenarioResult(
      name: try root.at("scenario").text("name"), currency: try root.text("currency"),
      provenance: try provenance(root.at("provenance")),
      months: try root.list("months").map(month),
      quarters: try root.list("quarters").map(period), year: try period(root.at("year")),
      yearLabel: try root.text("yearLabel"),
      costByMeter: try total.list("costByMeter").map {
        MeterCost(
          label: try $0.text("label"), meter: try $0.optional("meter")?.meter(),
          mean: try $0.number("mean"))
      },
      budgets: try root.list("budgets").map(budget),
      attribution: try root.list("attribution").map(attribution),
      options: try root.list("options").map(option), roi: try root.optional("roi").map(value),
      billCheck: try root.optional("billCheck").map(billCheck),
      trackRecord: try root.optional("trackRecord").map(trackRecord),
      expectations: try root.list("expectations").map {
        ExpectationResult(
          option: try $0.text("option"), expression: try $0.text("expression"),
          value: try $0.text("value"), isKnown: try $0.bool("known"),
          passed: try $0.bool("passed"))
      },
      findings: Findings(try root.list("findings").map(finding)), fan: try fan(root.at("fan")))
    result.agreedTerms = try total.number("agreedTerms")
    result.faults = try root.list("faults").map(fault)
    result.doubt = try root.optional("doubt").map(doubt)
    result.lossHasWorth = try root.bool("lossHasWorth")
    result.assumptions = try root.list("assumptions").map {
      AssumptionResult(
        label: try $0.text("label"), option: try $0.optional("option")?.text(),
        worth: try $0.number("worth"))
    }
    result.actuals = try root.list("actuals").map(actual)
    result.register = try root.list("register").map(registered)
    result.bridge = try root.optional("bridge").map(bridge)
    result.drivers = try drivers(root.at("drivers"))
    return result
  }

  /// What the result says it is a function of; the rest may be damaged.
  package static func provenance(_ node: Node) throws(FindingsError) -> Provenance {
    do { return try provenance(ResultNode(node).at("provenance")) } catch let error as FindingsError
    { throw error } catch {
      throw FindingsError(
        "result-file", "the provenance cannot be read: \(error)", at: node.location)
    }
  }

  private static func provenance(_ node: ResultNode) throws -> Provenance {
    let seed = try node.at("seed")
    guard let number = seed.node.text.flatMap({ UInt64($0) }) else {
      throw seed.failure("a whole number")
    }
    var provenance = Provenance(
      version: try node.text("version"), scenarioSHA256: try node.text("scenarioSHA256"),
      priceBook: try node.text("priceBook"), priceBookSHA256: try node.text("priceBookSHA256"),
      priceBookAgeDays: try node.whole("priceBookAgeDays"), seed: number,
      paths: try node.whole("paths"), mathFingerprint: try node.text("mathFingerprint"),
      mode: try node.text("mode"), points: try node.optional("points")?.text())
    provenance.request = .init(
      scenario: try node.text("scenario"), settings: try node.texts("settings"),
      failOn: try node.texts("failOn"))
    return provenance
  }

  private static func finding(_ node: ResultNode) throws -> Finding {
    let place = try node.optional("location").map {
      SourceLocation(
        file: try $0.text("file"), line: try $0.whole("line"), column: try $0.whole("column"))
    }
    return Finding(
      try node.word("severity"), try node.text("code"), try node.text("message"),
      help: try node.optional("help")?.text(), at: place)
  }

  private static func doubt(_ node: ResultNode) throws -> Doubt {
    switch try node.text("reason") {
    case "yearly-tiers": return .yearlyTiers
    case "short-history":
      return .shortHistory(
        ShortHistory(product: try node.optional("product")?.text(), days: try node.whole("days")))
    default: throw try node.at("reason").failure("a known reason")
    }
  }
}
