import GenOpsReporting
import GenOpsUnits
import GenOpsWorkbench
import Testing

@Suite struct TextReportTests {
  private let context = ReportContext(footer: Sample.footer)

  @Test func `The sample looks as the user was promised`() {
    expectGolden(TextReport.render(Sample.result, context), "report.txt")
  }

  @Test func `Colours change nothing but colours`() {
    var colored = context
    colored.style.color = true
    let text = TextReport.render(Sample.result, colored)
    #expect(text.contains("\u{1B}[31m! 9.1 M\u{1B}[0m"))
    #expect(text.replacing(/\u{1B}\[\d+m/, with: "") == TextReport.render(Sample.result, context))
  }
}
