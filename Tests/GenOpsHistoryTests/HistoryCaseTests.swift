import GenOpsTestSupport
import GenOpsUnits
import Testing

@testable import GenOpsHistory

extension FilesCase {
  fileprivate var history: UsageHistory {
    UsageHistory(joining: files.map { UsageFile.read(Array($0.text.utf8), name: $0.name) })
  }

  fileprivate static func words(_ series: UsageSeries) -> String {
    let values = series.values.map { $0.isNaN ? "?" : UnitsText.words($0) }
    return "\(series.label) \(series.start): \(values.joined(separator: " "))"
  }
}

/// Cells by (meter, project, day): known, unknown or zero, from one file or several.
struct `Files of usage` {
  @Test(arguments: FilesCase.all("history"))
  func `are one history`(one: FilesCase) {
    #expect(one.mistakes.isEmpty)
    let history = one.history
    #expect(history.series.map(FilesCase.words) == one.series)
    one.expect(history.findings.all)
  }

  @Test func `have cases`() { #expect(FilesCase.all("history").count > 30) }
}
