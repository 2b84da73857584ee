import GenOpsHistory
import GenOpsMetering
import GenOpsReporting
import GenOpsSimulation
import GenOpsTestSupport
import GenOpsUnits
import Testing

@Suite struct TextReportTests {
  private let context = SampleContext(footer: Sample.footer)

  @Test func `The sample looks as the user was promised`() {
    expectGolden(TextFormat.render(Sample.result, context), "report.txt")
  }

  @Test func `One budget of several is named`() {
    var result = Sample.result
    result.budgets = ["shop", "app"].map { name in
      var budget = Sample.result.budgets[0]
      budget.name = name
      budget.period = .day
      budget.askForWithOption = nil
      return budget
    }
    let text = TextFormat.render(result, context)
    #expect(text.contains("over the \"shop\" budget of 60,000 a day"), "\(text)")
    #expect(text.contains("a day for \"shop\" (kept in 8 of 10 futures)"), "\(text)")
    #expect(text.contains("app 60,000 a day: over in"), "\(text)")
    // Budgets that are named for their periods need no name besides.
    result.budgets[0].name = "day"
    #expect(TextFormat.render(result, context).contains("over the budget of 60,000 a day"))
  }

  @Test func `What a check against bills leaves out is said`() {
    var result = Sample.result
    result.billCheck?.leftOut = [.featureFlagRequests]
    let check = "6 months, no Flags: modelled 23,911, billed 23,874 (+0.2 %) "
    #expect(TextFormat.render(result, context).contains(check))
    #expect(
      HTMLFormat.render(result, context).contains(
        "Both sums are without Feature flags: the history"))
    result.billCheck?.leftOut = Meter.allCases
    let text = TextFormat.render(result, context)
    #expect(text.contains("6 months, in part: modelled"))
    #expect(text.split(separator: "\n").allSatisfy { $0.count <= 100 })
    result.billCheck?.leftOut = []
    #expect(TextFormat.render(result, context).contains("6 months: modelled"))
  }

  @Test func `A narrow terminal loses no verdict`() {
    var narrow = context
    narrow.style.width = 60
    let lines = TextFormat.render(Sample.result, narrow).split(separator: "\n")
    #expect(lines.first?.contains("…") == false)
    #expect(lines.contains("Check against your bills   ok"))
    for option in Sample.result.options {
      #expect(lines.contains { $0.hasPrefix(option.name.prefix(6)) }, "\(option.name)")
    }
    #expect(lines.contains { $0.contains("modelled 23,911, billed 23,874") })
  }

  @Test func `Colours change nothing but colours`() {
    var colored = context
    colored.style.color = true
    let text = TextFormat.render(Sample.result, colored)
    #expect(text.contains("\u{1B}[31m! 9.1 M\u{1B}[0m"))
    #expect(text.replacing(/\u{1B}\[\d+m/, with: "") == TextFormat.render(Sample.result, context))
  }
}
