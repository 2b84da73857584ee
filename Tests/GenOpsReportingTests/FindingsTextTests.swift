import GenOpsReporting
import GenOpsUnits
import Testing

@Suite struct FindingsTextTests {
  private let findings: Findings = {
    func at(_ file: String, _ line: Int) -> GenOpsUnits.SourceLocation {
      GenOpsUnits.SourceLocation(file: file, line: line, column: 3)
    }
    var findings = Findings()
    findings.note("old-book", "the price book is 200 days old")
    findings.warning("unused", "the change matched nothing", at: at("b.yaml", 9))
    findings.error(
      "unknown-key", "there is no key 'grwth'", help: "did you mean 'growth'?", at: at("b.yaml", 12)
    )
    findings.error(
      "no-unit", "'4%' has no period", help: "write:\n  events: 4% per month", at: at("b.yaml", 2))
    findings.error("no-file", "cannot read 'x.csv'")
    return findings
  }()

  @Test func `Errors come first, in the order of the file, with their help below`() {
    #expect(
      FindingsText.render(findings, color: false) == """
        b.yaml:2:3: error: '4%' has no period [no-unit]
          write:
            events: 4% per month
        b.yaml:12:3: error: there is no key 'grwth' [unknown-key]
          did you mean 'growth'?
        error: cannot read 'x.csv' [no-file]
        b.yaml:9:3: warning: the change matched nothing [unused]
        note: the price book is 200 days old [old-book]
        3 errors, 1 warning, 1 note

        """)
  }

  @Test func `No findings are no text`() {
    #expect(FindingsText.render(Findings(), color: true) == "")
  }

  @Test func `A message cannot move the cursor`() {
    var findings = Findings()
    findings.error(
      "x", "bad\u{1B}[2J name\r", at: GenOpsUnits.SourceLocation(file: "a\n", line: 1, column: 1))
    let text = FindingsText.render(findings, color: false)
    #expect(text == "a :1:1: error: bad<U+001B>[2J name  [x]\n1 error\n")
  }
}
