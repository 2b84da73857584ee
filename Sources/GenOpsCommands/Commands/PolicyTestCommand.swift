import GenOpsReporting
import GenOpsScenario
import GenOpsSimulation
import GenOpsUnits

/// `genops test`: the tests that policy files carry.
package enum PolicyTestCommand {
  package static func run(
    paths: [String], format: PriceCommands.Format, _ options: OutputOptions
  ) -> CommandOutput {
    var findings = Findings()
    var files: [(path: String, results: [PolicyTestResult])] = []
    for path in paths {
      do throws(FindingsError) {
        let node = try YAMLReader.read(path: path).node
        if isScenario(node) {
          findings.error(
            "not-a-policy-file", "'\(path)' is a scenario and carries no tests",
            help: "'genops validate' checks it, 'genops run' runs it", at: node.location)
          continue
        }
        let (file, notes) = try PolicyFileReader.parse(node)
        findings.merge(notes)
        files.append((path, try file.run()))
      } catch { findings.merge(error.findings) }
    }
    if findings.hasErrors { return CommandOutput(findings, color: options.errorColor) }
    let results = files.flatMap(\.results)
    var output = CommandOutput(
      stdout: format == .json ? json(files).pretty : text(files, options.style), findings,
      color: options.errorColor)
    if !results.allSatisfy(\.passed) { output.status = .gateFailed }
    return output
  }

  /// Whether a tree names usage or a period, which no policy file has: one finding says so in place of one
  /// for each of its keys.
  private static func isScenario(_ node: Node) -> Bool {
    node["tests"] == nil
      && ["scenario", "period", "history", "traffic"].contains { node[$0] != nil }
  }

  private static func text(
    _ files: [(path: String, results: [PolicyTestResult])], _ style: TextStyle
  ) -> String {
    var out = ""
    for result in files.flatMap(\.results) {
      out += result.passed ? style.paint("pass", .good) : style.paint("FAIL", .bad)
      out += "  \(result.location.file):\(result.location.line)  \(result.name.displayable)\n"
      for failure in result.failures {
        out += "      line \(failure.location.line), \(failure.what.displayable): expected "
        out += "\(failure.expected.displayable), got "
        out += "\(failure.actual.isEmpty ? "nothing" : failure.actual.displayable)\n"
      }
    }
    let results = files.flatMap(\.results)
    let failed = results.count { !$0.passed }
    let events = results.reduce(0) { $0 + $1.events }
    return out
      + "\(results.count - failed) passed, \(failed) failed, \(countedNoun(events, "event"))\n"
  }

  private static func json(_ files: [(path: String, results: [PolicyTestResult])]) -> JSONValue {
    [
      "schemaVersion": 1,
      "tests": .array(
        files.flatMap(\.results).map { result in
          [
            "file": .string(result.location.file), "line": .integer(result.location.line),
            "name": .string(result.name), "passed": .bool(result.passed),
            "events": .integer(result.events),
            "failures": .array(
              result.failures.map {
                [
                  "what": .string($0.what), "expected": .string($0.expected),
                  "actual": .string($0.actual), "line": .integer($0.location.line),
                ]
              }),
          ]
        }),
    ]
  }
}
