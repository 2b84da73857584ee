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

  @Test func `Names of what is taken off do not push the largest costs into other`() {
    var result = Sample.result
    result.costByMeter =
      [
        (Meter.identifiedEvents, 10_150.0), (.events, 5184), (.featureFlagRequests, 4934),
        (.sessionRecordings, 2100), (.exceptions, 1200), (.llmEvents, 700),
      ].map { MeterCost(label: $0.0.invoiceName, meter: $0.0, mean: $0.1) }
      + [("Discount 15 % of the contract", -3640.0), ("Credits of the startup plan", -3000.0)]
      .map { MeterCost(label: $0.0, meter: nil, mean: $0.1) }
    let line = TextFormat.render(result, context).split(separator: "\n")
      .first { $0.hasPrefix("Where it goes") }
    #expect(
      line
        == "Where it goes   Profiles 10,150 · Analytics 5,184 · Flags 4,934 · other 4,000 · taken off -6,640"
    )
  }

  @Test(arguments: 30...68) func `The time stands apart from what is before it`(length: Int) {
    var footer = Sample.footer
    footer.files = [String(repeating: "a", count: length) + "/report.html"]
    let text = TextFormat.render(Sample.result, SampleContext(footer: footer))
    let line = text.split(separator: "\n").first { $0.hasPrefix("Report ") }
    #expect(line?.hasSuffix("  1.8 s") == true, "\(line ?? "")")
  }

  @Test func `A budget that refuses was over on days that have passed`() {
    var result = Sample.result
    result.budgets[0].refuses = true
    result.budgets[0].wasOver = 1
    let both = TextFormat.render(result, context)
    #expect(both.contains("was over on days that have passed and refuses"), "\(both)")
    result.budgets[0].breachProbability = 0
    result.budgets[0].firstBreach = nil
    result.months[0].breachProbability = 0
    result.months[0].wasOver = 1
    let text = TextFormat.render(result, context).split(whereSeparator: \.isWhitespace)
      .joined(separator: " ")
    #expect(
      text.contains("the 60,000 budget was over on days that have passed and refuses no event."),
      "\(text)")
    let page = MarkdownFormat.render(result, context)
    #expect(page.contains("| was over |"), "\(page)")
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
