import Foundation
import GenOpsCommands
import GenOpsNumerics
import GenOpsReporting
import GenOpsSimulation
import GenOpsTestSupport
import GenOpsUnits
import Testing

@Suite struct JSONReportTests {
  @Test func `The sample in JSON`() {
    expectGolden(JSONFormat.render(Sample.result, SampleContext()), "result.json")
  }

  @Test func `The names the design promises are there`() {
    let value = JSONReport.value(Sample.result)
    let paths = [
      "schemaVersion", "scenario.name", "currency", "provenance.version",
      "provenance.scenarioSHA256", "provenance.priceBook", "provenance.priceBookSHA256",
      "provenance.seed", "provenance.paths", "provenance.mathFingerprint", "total.cost.mean",
      "total.cost.standardError", "total.cost.p01", "total.cost.p99", "months.0.month",
      "months.0.actual", "months.0.cost.p50", "months.0.usage.events.mean",
      "months.0.costByMeter.feature_flag_requests.p90", "months.0.lost.refused",
      "months.0.lost.sampled", "months.0.lost.critical", "months.0.breachProbability",
      "quarters.0", "year", "budgets.0.name", "budgets.0.limit", "budgets.0.period",
      "budgets.0.breachProbability", "budgets.0.firstBreach.p50", "budgets.0.expectedOvershoot",
      "budgets.0.askFor", "attribution.0.team", "attribution.0.project", "attribution.0.cost.mean",
      "options.0.name", "options.0.cost.mean", "options.0.saves.mean",
      "options.0.breachProbability", "options.0.lost.critical", "options.1.sideEffects.0",
      "options.0.npv.mean", "roi.npv.mean", "roi.roi.mean", "roi.irr", "roi.paybackMonths.p50",
      "roi.probabilityOfLoss", "roi.sensitivity.0", "expectations.0.expression",
      "expectations.0.value", "expectations.0.passed", "findings.0",
    ]
    for path in paths {
      var here: JSONValue? = value
      for step in path.split(separator: ".") {
        if let index = Int(step), case .array(let items)? = here {
          here = items.indices.contains(index) ? items[index] : nil
        } else {
          here = here?[String(step)]
        }
      }
      #expect(here != nil, "\(path) is missing")
    }
  }

  @Test func `Amounts are decimal strings with 2 to 6 decimals`() {
    let result = Sample.result
    func text(_ value: Double) -> JSONValue? {
      var changed = result
      changed.year.cost.mean = value
      return JSONReport.value(changed)["total"]?["cost"]?["mean"]
    }
    #expect(text(65_440) == "65440.00")
    #expect(text(-0.1234567) == "-0.123457")
    #expect(text(-0.0000001) == "0.00")
    #expect(text(1.5e15) == "1500000000000000.00")
    #expect(text(.nan) == .null)
    #expect(text(.infinity) == .null)
  }

  @Test func `The sample and random results satisfy the schema`() {
    let check = SchemaCheck(root: ResultSchema.document)
    #expect(check.problems(JSONReport.value(Sample.result)) == [])
    for seed in 0..<8 as Range<UInt64> {
      #expect(
        check.problems(JSONReport.value(RandomResult(seed: seed).result)) == [], "seed \(seed)")
    }
  }

  @Test func `The schema notices what is wrong`() {
    let check = SchemaCheck(root: ResultSchema.document)
    guard case .object(var members) = JSONReport.value(Sample.result) else {
      Issue.record("not an object")
      return
    }
    members.removeAll { $0.key == "currency" }
    members.append(.init("surprise", 1))
    members.append(.init("yearLabel", 3))
    #expect(
      check.problems(.object(members)) == [
        "$.surprise is not described", "$.yearLabel: is integer, should be \"string\"",
        "$: 'currency' is missing",
      ])
  }

  @Test func `What was written is read back the same`() throws {
    let text = JSONFormat.render(Sample.result, SampleContext())
    let tree = try JSONParser.parse(text.utf8, file: "result.json")
    #expect(JSONValue(tree) == RunReport(Sample.result, ReportFooter()).report.json)
  }

  /// A second opinion where Python's jsonschema is installed; without it the test says so and ends.
  @Test func `Python's jsonschema agrees`() throws {
    let folder = FileManager.default.temporaryDirectory.appending(
      path: "genops-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try Data(ResultSchema.document.pretty.utf8).write(to: folder.appending(path: "schema.json"))
    try Data(JSONFormat.render(Sample.result, SampleContext()).utf8)
      .write(to: folder.appending(path: "result.json"))
    let script = """
      import json, sys
      try: import jsonschema
      except ImportError: sys.exit(77)
      schema = json.load(open("schema.json")); value = json.load(open("result.json"))
      jsonschema.Draft202012Validator.check_schema(schema)
      errors = list(jsonschema.Draft202012Validator(schema).iter_errors(value))
      for error in errors: print(error.json_path, error.message)
      sys.exit(1 if errors else 0)
      """
    let python = Process()
    python.executableURL = URL(filePath: "/usr/bin/env")
    python.arguments = ["python3", "-c", script]
    python.currentDirectoryURL = folder
    let output = Pipe()
    python.standardOutput = output
    python.standardError = output
    try python.run()
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    python.waitUntilExit()
    // 77: no jsonschema; 127: no Python.
    let status = python.terminationStatus
    #expect(status == 0 || status == 77 || status == 127, "\(text)")
  }
}
