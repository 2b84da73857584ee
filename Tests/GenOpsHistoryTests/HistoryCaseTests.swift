import GenOpsUnits
import Testing

@testable import GenOpsHistory

/// Cells by (meter, project, day): known, unknown or zero, from one file or several.
struct `Files of usage` {
  @Test(arguments: HistoryCase.all)
  func `are one history`(one: HistoryCase) {
    #expect(one.mistakes.isEmpty)
    let history = one.history
    #expect(history.series.map(HistoryCase.words) == one.series)
    let found = history.findings.all
    #expect(
      found.map { "\($0.severity.rawValue) \($0.code)" } == one.findings.map(\.code),
      "\(found.map(\.message))")
    for (finding, expected) in zip(found, one.findings) {
      let text = finding.message + " / " + (finding.help ?? "")
      #expect(text.contains(expected.text), "\(text)")
    }
  }

  @Test func `have cases`() { #expect(HistoryCase.all.count > 30) }
}
