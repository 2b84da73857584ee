package import GenOpsSimulation

/// The expectations of a result as test cases, for CI systems that show tests.
package enum JUnitReport: ReportFormat {
  package static let name = "junit"
  package static let summary = "expectations as test cases, for CI"
  package static let fileName = "junit.xml"

  package static func render(_ result: ScenarioResult, _ context: ReportContext) -> String {
    let cases = result.expectations.map { expectation in
      JUnitDocument.Case(
        suite: expectation.option, name: expectation.expression.displayable,
        failure: expectation.passed
          ? nil : "\(expectation.expression): it is \(expectation.value)".displayable)
    }
    let report = MarkdownReport.render(result, context)
    return JUnitDocument(name: result.name.displayable, cases: cases, output: report).text
  }
}
