import Foundation
import GenOpsSimulation
import GenOpsTestSupport
import GenOpsUnits
import Testing

@testable import GenOpsReporting

/// A result that was written, and what is made of the file.
@Suite struct FiledResultTests {
  private func node(_ result: ScenarioResult, _ report: Report) throws -> Node {
    try JSONParser.parse(JSONFormat.bytes(report, TextStyle()), file: "result.json")
  }

  private func pair(_ result: ScenarioResult) throws -> (Report, Report) {
    let footer = ReportFooter(reproduce: "genops run a.yaml")
    let report = RunReport(result, footer).report
    return (report, try RunReport(filed: node(result, report), footer).report)
  }

  @Test(arguments: ReportFormats.all.names)
  func `Every format of the file is that of the run, to the byte`(name: String) throws {
    let format = try #require(ReportFormats.all[name])
    let (run, filed) = try pair(Sample.result)
    #expect(format.bytes(run, TextStyle()) == format.bytes(filed, TextStyle()))
  }

  @Test(arguments: 0..<40 as Range<UInt64>)
  func `So is every format of any result`(seed: UInt64) throws {
    let (run, filed) = try pair(RandomResult(seed: seed).result)
    for entry in ReportFormats.all.entries {
      #expect(
        entry.kind.bytes(run, TextStyle()) == entry.kind.bytes(filed, TextStyle()), "\(entry.name)")
    }
  }

  @Test func `What is read is what was written`() throws {
    for seed in 100..<140 as Range<UInt64> {
      let result = RandomResult(seed: seed).result.filed
      let text = JSONReport.value(result).description
      let read = try ResultReader.read(Array(text.utf8), file: "result.json").result
      #expect(JSONReport.value(read).description == text, "seed \(seed)")
    }
  }

  @Test func `A doubt, a discount and cash flows are in the file`() throws {
    var result = Sample.result
    result.doubt = .shortHistory(ShortHistory(product: "Session replay", days: 12))
    result.roi?.flows = [
      ValueFlow(name: "tools", kind: "cash", isBenefit: true, atStart: 3, byMonth: [1.5, -2])
    ]
    result.agreedTerms = -12.5
    let read = try ResultReader.read(
      Array(JSONReport.value(result).description.utf8), file: "result.json"
    ).result
    #expect(read.doubt == result.doubt)
    #expect(read.roi?.flows == result.roi?.flows)
    #expect(read.agreedTerms == -12.5)
  }

  @Test func `What is missing or of another kind is named with its place`() throws {
    let text = JSONReport.value(Sample.result).pretty
    for (part, damaged, path) in [
      ("\"currency\": \"USD\"", "\"currency\": 7", "'currency' is not a text"),
      ("\"seed\": ", "\"sed\": ", "'provenance' has no 'seed'"),
      ("\"actualDays\": 14", "\"actualDays\": 1.5", "actualDays' is not a whole number"),
      ("\"period\": \"year\"", "\"period\": \"yaer\"", "period' is not a known word"),
    ] {
      #expect(text.contains(part))
      let range = try #require(text.range(of: part))
      let bytes = Array(text.replacingCharacters(in: range, with: damaged).utf8)
      let error = #expect(throws: FindingsError.self) {
        _ = try ResultReader.read(bytes, file: "result.json")
      }
      let finding = try #require(error?.findings.all.first)
      #expect(finding.message.contains(path), "\(finding)")
      #expect(finding.location != nil)
    }
  }

  @Test func `A file of another version says what to do`() throws {
    let text = JSONReport.value(Sample.result).pretty.replacing(
      "\"schemaVersion\": \"\(JSONReport.schemaVersion)\"", with: "\"schemaVersion\": \"0.9\"")
    let error = #expect(throws: FindingsError.self) {
      _ = try ResultReader.read(Array(text.utf8), file: "result.json")
    }
    #expect(error?.findings.all.first?.code == "result-version")
  }
}
