import GenOpsReporting
import GenOpsTestSupport
import Testing

@Suite struct MarkdownReportTests {
  @Test func `The sample in Markdown`() {
    expectGolden(
      MarkdownFormat.render(Sample.result, SampleContext(footer: Sample.footer)), "report.md")
  }

  @Test func `Names cannot become markup`() {
    #expect(
      MarkdownFormat.escaped("a|b *c* _d_ <img src=x> [e](f) `g`\n#h")
        == "a\\|b \\*c\\* \\_d\\_ &lt;img src=x&gt; \\[e\\](f) \\`g\\` \\#h")
  }
}
