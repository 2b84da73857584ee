import GenOpsReporting
import GenOpsSimulation
import GenOpsTestSupport
import GenOpsUnits
import Testing

@Suite struct HTMLReportTests {
  @Test func `The sample in HTML`() {
    expectGolden(
      HTMLFormat.render(Sample.result, SampleContext(footer: Sample.footer)), "report.html")
  }

  @Test func `Names cannot become markup`() {
    var result = Sample.result
    let bad = "<script>alert('x')</script>\" onload=\"x"
    result.name = bad
    result.currency = bad
    result.provenance.priceBook = bad
    for index in result.options.indices { result.options[index].name = bad }
    for index in result.months.indices { result.months[index].drivers = [bad] }
    result.budgets[0].name = bad
    result.budgets[0].askForWithOption = (bad, 1)
    result.fan.options = [(bad, result.fan.days.map(\.mean))]
    result.findings.warning("x", bad, help: bad)
    let text = HTMLFormat.render(result, SampleContext(footer: ReportFooter(reproduce: bad)))
    #expect(!text.contains("<script") && !text.contains("\" onload"))
    #expect(text.contains("&lt;script&gt;"))
  }

  @Test func `It asks the network for nothing and runs nothing`() {
    let text = HTMLFormat.render(Sample.result, SampleContext(footer: Sample.footer))
    for word in ["http://", "https://", "src=", "url(", "@import", "<link", "<script", "onclick"] {
      #expect(!text.contains(word), "\(word)")
    }
  }

  @Test func `Every chart says in what money it counts`() {
    var result = Sample.result
    result.currency = "EUR"
    let text = HTMLFormat.render(result, SampleContext())
    let charts = text.matches(of: /(?s)<svg .*?<\/svg>/).map(\.output)
    #expect(charts.count == 8)
    for chart in charts { #expect(chart.contains(">EUR</text>"), "\(chart.prefix(80))") }
  }

  @Test func `Months that have passed are in the legend of the months`() {
    func legend(_ result: ScenarioResult) -> String {
      let text = HTMLFormat.render(result, SampleContext())
      let section = text.firstMatch(of: /(?s)<section id="months".*?<\/figcaption>/)
      return section.map { String($0.output) } ?? ""
    }
    #expect(!legend(Sample.result).contains("swatch bar-actual"))
    var result = Sample.result
    result.months[0].actualDays = 28
    #expect(legend(result).contains("<i class=\"swatch bar-actual\"></i>actual<"))
  }

  @Test func `A sentence in a table is given room for words`() {
    let text = HTMLFormat.render(Sample.result, SampleContext())
    #expect(text.contains("<td class=\"long\">no flag requests in usage.csv"))
    #expect(!text.contains("<td class=\"number long\">") && !text.contains("<td class=\"long\">-<"))
  }

  @Test func `Every element is closed and every id is one`() {
    for seed in 0..<8 as Range<UInt64> {
      let text = HTMLFormat.render(
        seed == 0 ? Sample.result : RandomResult(seed: seed).result, SampleContext())
      var open: [Substring] = []
      for match in text.matches(of: /<(\/?)([a-z][a-z0-9]*)([^<>]*?)(\/?)>/) {
        let name = match.2
        if ["meta", "br"].contains(name) || match.4 == "/" { continue }
        if match.1.isEmpty {
          open.append(name)
        } else {
          #expect(open.popLast() == name, "seed \(seed): </\(name)>")
        }
      }
      #expect(open.isEmpty, "seed \(seed): \(open)")
      let ids = text.matches(of: /\sid="([^"]*)"/).map(\.1)
      #expect(Set(ids).count == ids.count, "seed \(seed)")
    }
  }
}
