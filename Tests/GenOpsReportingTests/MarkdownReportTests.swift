import GenOpsReporting
import GenOpsTestSupport
import Testing

@Suite struct MarkdownReportTests {
  @Test func `The sample in Markdown`() {
    expectGolden(
      MarkdownReport.render(Sample.result, ReportContext(footer: Sample.footer)), "report.md")
  }

  @Test func `Names cannot become markup`() {
    #expect(
      MarkdownReport.escaped("a|b *c* _d_ <img src=x> [e](f) `g`\n#h")
        == "a\\|b \\*c\\* \\_d\\_ &lt;img src=x&gt; \\[e\\](f) \\`g\\` \\#h")
  }
}
