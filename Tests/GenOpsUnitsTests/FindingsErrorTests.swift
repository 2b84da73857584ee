import GenOpsUnits
import Testing

@Suite("An error that is printed")
struct FindingsErrorTests {
  @Test("has a line for each finding, as when it leaves main")
  func lines() {
    var findings = Findings()
    findings.error("no-key", "there is no key", help: "export POSTHOG_API_KEY=phc_…")
    findings.warning(
      "odd", "a name\nwith a line end", at: SourceLocation(file: "s.json", line: 2, column: 3))
    let error = FindingsError(findings: findings)
    #expect(
      "\(error)" == """
        error: there is no key [no-key]; export POSTHOG_API_KEY=phc_…
        s.json:2:3: warning: a name with a line end [odd]
        """)
    #expect(String(reflecting: error) == "\(error)")
  }
}
