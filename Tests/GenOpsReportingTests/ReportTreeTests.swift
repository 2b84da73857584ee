import GenOpsTestSupport
import GenOpsUnits
import Testing

@testable import GenOpsReporting

/// Each kind of node in each format, whatever verb it comes from.
@Suite struct ReportTreeTests {
  private static var report: Report {
    var report = Report(title: "Two <books>", json: ["a": 1], version: "test")
    report.facts = ["USD", "Jan 2027"]
    report.screen = ReportScreen(.lines(["Two books, USD"]))
    var tiers = ReportTable(
      "", [.init("What", key: "what"), .init("old", .right), .init("", .right, key: "change")],
      [
        ["events", .init(units: 2_000_000), .init("+10.0 %", .bad, value: "0.1")],
        ["flags", "-", .init("", value: "")],
      ], note: "Prices are those of a list.", hasTotal: false)
    tiers.indent = 2
    var prices = ReportSection("Prices", [.paragraph("Both hold."), .table(tiers)])
    prices.isTitledOnScreen = true
    var folded = ReportSection(
      "More",
      [.list(ReportList("Causes:", [.init("a tier", place: "own.yaml:3:1"), .init("growth")]))])
    folded.isFolded = true
    let caption = ReportChart.Caption(
      id: "months", title: "Months", description: "One month.",
      legend: [.init(mark: .bar, label: "expected")], unit: "USD")
    let bars = ReportChart.Bars(
      caption: caption, noun: "Month",
      bars: [
        .init(
          label: "Jan 2027", shortLabel: "Jan", cost: .init(low: 80, expected: 100, high: 120),
          isActual: false, note: "launch")
      ])
    var findings = Findings()
    findings.warning("unknown-price", "no price of flags", help: "name one")
    report.sections = [
      prices, ReportSection("Months", [.init(.chart(.bars(bars)))]),
      ReportSection("", id: "empty", [.table(ReportTable("Nothing", [.init("x")], []))]),
      folded, ReportSection("", id: "next", [.paragraph("If so:"), .command("genops run a.yaml")]),
      .findings(findings),
    ]
    report.findings = findings
    report.checks = ReportChecks(
      name: "books", cases: [.init(suite: "s", name: "n", failure: "it moved")], needReport: false)
    return report
  }

  @Test(arguments: ["text", "markdown", "csv", "junit"])
  func `Each kind of node has its form`(name: String) throws {
    let format = try #require(ReportFormats.all[name])
    expectGolden(
      format.bytes(Self.report, TextStyle()),
      "tree-\(format.fileName ?? (name == "junit" ? "junit.xml" : "report.txt"))")
  }

  @Test(arguments: [[], ["out/report.html"]])
  func `What has no room is where it can be found`(files: [String]) {
    var report = Report(title: "Much", json: [:], version: "test")
    let table = ReportTable("", [.init("What")], (1...60).map { [.init("row \($0)")] })
    report.screen = ReportScreen(.none, sections: [[.init(.table(table), weight: 1)]], height: 20)
    report.footer.files = files
    let text = TextFormat.render(report, TextStyle())
    #expect(text.contains(files.isEmpty ? "with --format markdown" : "more rows in the files"))
  }

  @Test func `A fold has a heading, be it that of its section`() {
    var report = Report(title: "Folds", json: [:], version: "test")
    let table = ReportTable("", [.init("What")], [["a seed"]])
    report.sections = [ReportSection("How to get this again", [.init(.table(table), .appendix)])]
    let text = MarkdownFormat.render(report, TextStyle())
    #expect(text.contains("<summary>How to get this again</summary>"))
  }

  @Test func `A page has every node, and one picture in both sizes`() {
    let page = HTMLFormat.render(Self.report, TextStyle())
    #expect(page.contains("<h1>Two &lt;books&gt;</h1>") && !page.contains("<books>"))
    #expect(page.matches(of: #/<svg /#).count == 2)
    for text in [
      "<p>Both hold.</p>", "<li>a tier (own.yaml:3:1)</li>", "<pre><code>genops run a.yaml</code>",
      "<p class=\"note\">Prices are those of a list.</p>", "1 warning: see Findings",
      "<td class=\"number bad\">+10.0 %</td>",
    ] { #expect(page.contains(text), "\(text)") }
    #expect(!page.contains("id=\"empty\"") && !page.contains("<h2 id=\"next-heading\">"))
    #expect(!page.contains("class=\"tiles\""))
  }

  @Test func `A screen of limited height folds what weighs least`() {
    func entry(_ label: String, _ count: Int) -> ReportEntry {
      ReportEntry(label, (1...count).map { .init("\(label) \($0)") }, rest: "more")
    }
    var report = Self.report
    report.screen = ReportScreen(
      sections: [
        [.paragraph("head")],
        [
          .init(.entry(entry("light", 5)), weight: 0), .init(.entry(entry("heavy", 4)), weight: 1),
        ],
      ], height: 9)
    let lines = TextFormat.render(report, TextStyle()).split(
      separator: "\n", omittingEmptySubsequences: false)
    #expect(
      lines.dropLast() == [
        "head", "", "light        light 1", "             light 2", "             +3 more",
        "heavy        heavy 1", "             heavy 2", "             heavy 3",
        "             heavy 4",
      ])
  }

  @Test func `A verb that tests nothing has no format of test results`() {
    #expect(ReportFormats.withoutChecks.names == ReportFormats.all.names.filter { $0 != "junit" })
  }
}
