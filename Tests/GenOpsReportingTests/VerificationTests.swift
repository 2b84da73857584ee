import GenOpsSimulation
import GenOpsTestSupport
import GenOpsUnits
import Testing

@testable import GenOpsReporting

/// What holds stored figures against recomputed ones.
@Suite struct VerificationTests {
  private let report = RunReport(Sample.result, ReportFooter()).report

  /// Every figure of the sample with one digit changed, one after the other.
  @Test func `Each changed digit of a result is named, and nothing else`() throws {
    let text = report.json.pretty
    var random = SeededGenerator(5)
    let digits = text.utf8.indices.filter { (48...57).contains(text.utf8[$0]) }
    for _ in 0..<200 {
      let place = digits[Int.random(in: 0..<digits.count, using: &random)]
      var bytes = Array(text.utf8)
      let offset = text.utf8.distance(from: text.utf8.startIndex, to: place)
      bytes[offset] = bytes[offset] == 0x39 ? 0x38 : bytes[offset] + 1
      // A zero before the point may become a number that JSON has no form for; that is an error, not silence.
      guard let node = try? JSONParser.parse(bytes, file: "result.json") else { continue }
      var verification = RunVerification(name: "run", report)
      verification.compare(result: JSONValue(node), bytes: bytes, file: "result.json")
      // A digit of a key makes one that is missing and one that is too many.
      #expect((1...2).contains(verification.differences.count))
      let one = try #require(verification.differences.first)
      #expect(one.stored != one.recomputed && !one.place.isEmpty, "\(one)")
    }
  }

  @Test func `Each changed digit of a text is named with its line`() throws {
    for format in [MarkdownFormat.self, CSVFormat.self, HTMLFormat.self, NotebookFormat.self]
      as [any ReportFormat.Type]
    {
      let bytes = format.bytes(report, TextStyle())
      let digits = bytes.indices.filter { (48...57).contains(bytes[$0]) }
      var random = SeededGenerator(6)
      for _ in 0..<50 {
        var changed = bytes
        let place = digits[Int.random(in: 0..<digits.count, using: &random)]
        changed[place] = changed[place] == 0x39 ? 0x38 : changed[place] + 1
        var verification = RunVerification(name: "run", report)
        verification.compare(changed, with: format, file: "report")
        #expect(verification.differences.count == 1, "\(format.name)")
      }
    }
  }

  @Test func `A figure of the page and of the rows is named by its path`() throws {
    func place(_ format: any ReportFormat.Type, _ file: String, _ text: String, _ other: String)
      -> FigureDifference?
    {
      let bytes = format.bytes(report, TextStyle())
      let changed = Array(
        String(decoding: bytes, as: UTF8.self).replacing(text, with: other, maxReplacements: 1).utf8
      )
      var verification = RunVerification(name: "run", report)
      verification.compare(changed, with: format, file: file)
      return verification.differences.first
    }
    let cost = ReportTable.number(Sample.result.year.cost.mean)
    let row = place(CSVFormat.self, "report.csv", "Year,cost,USD,\(cost)", "Year,cost,USD,1")
    #expect(row?.stored == "1" && row?.recomputed == cost)
    #expect(row?.place.hasSuffix("year.cost.*") == true, "\(row.debugDescription)")
    let shown = NumberText.money(Sample.result.options[0].cost.p10)
    let cell = place(
      HTMLFormat.self, "report.html", "options[0].cost.p10\">\(shown)", "options[0].cost.p10\">7")
    #expect(cell?.stored == "7" && cell?.recomputed == shown)
    #expect(cell?.place.hasSuffix("options[0].cost.p10") == true, "\(cell.debugDescription)")
  }

  @Test func `A file that is missing, and keys that are more, fewer or elsewhere`() {
    var verification = RunVerification(name: "run", report)
    verification.compare(nil, with: MarkdownFormat.self, file: "report.md")
    #expect(verification.differences.map(\.stored) == ["missing"])
    func places(_ a: JSONValue, _ b: JSONValue) -> [String] {
      ResultComparison.differences(a, b, file: "f").map(\.place)
    }
    #expect(places(["a": 1, "b": 2], ["b": 2, "a": 1]) == [""])
    #expect(places(["a": 1], ["a": 1, "b": [1]]) == ["b"])
    #expect(places(["a": [1, 2, 3]], ["a": [1, 4]]) == ["a[1]", "a[2]"])
    #expect(places(["a": "1"], ["a": 1]) == ["a"])
    #expect(places(["a": ["b": .null]], ["a": ["b": .null]]) == [])
  }

  @Test func `The page counts what differs, and has a test case for each file`() {
    var verification = RunVerification(name: "run", report)
    verification.compare(
      report.json.pretty.utf8.map { $0 }, with: JSONFormat.self, file: "result.json")
    #expect(verification.page.answer[0].hasPrefix("run: all is as the scenario"))
    verification.compare([0x41], with: MarkdownFormat.self, file: "report.md")
    let page = verification.page
    #expect(page.answer[0].contains("1 figure differs"))
    #expect(page.checks?.cases.map { $0.failure != nil } == [false, true])
  }
}
