import GenOpsCommands
import GenOpsMetering
import GenOpsTestSupport
import GenOpsUnits
import Testing

@testable import GenOpsReporting
@testable import GenOpsSimulation

@Suite struct `The report of tracked months` {
  private func text(_ result: TrackResult, width: Int = 100) -> String {
    TextFormat.render(
      TrackReport(result, next: SampleTrack.next).report, TextStyle(color: false, width: width))
  }

  @Test func `looks as the user was promised`() {
    expectGolden(text(SampleTrack.result), "track.txt")
  }

  @Test func `says at what price the budget is judged, where terms make it another one`() {
    var result = SampleTrack.result
    for index in result.months.indices {
      result.months[index].listPrice = Money(units: 5000)
    }
    result.total.listPrice = Money(units: 15_000)
    let shown = text(result)
    #expect(
      shown.contains("6.0 % over the forecast and 18 % over budget at list price"), "\(shown)")
    let words = shown.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    #expect(
      words.contains(
        "lands at 12,750 USD (8 of 10 futures: 12,500 to 13,020; 15,000 before discounts and credits), 18 % "
          + "over its budget of 12,675 USD at list price."), "\(words)")
    #expect(words.contains("4,310 5,000 +6.0 % +18.3 % all"), "\(words)")
    #expect(shown.split(separator: "\n").allSatisfy { $0.count <= 100 })
    let page = HTMLFormat.render(TrackReport(result).report, TextStyle())
    #expect(page.contains("budget, at list price"))
    #expect(SchemaCheck(root: TrackSchema.document).problems(TrackReport(result).report.json) == [])
  }

  @Test(arguments: ["markdown", "csv"])
  func `has its form in the other formats`(_ name: String) throws {
    let format = try #require(ReportFormats.all[name])
    expectGolden(
      format.bytes(TrackReport(SampleTrack.result, next: SampleTrack.next).report, TextStyle()),
      name == "csv" ? "track.csv" : "track.md")
  }

  @Test func `is valid by its schema in JSON`() {
    let check = SchemaCheck(root: TrackSchema.document)
    #expect(check.problems(TrackReport(SampleTrack.result).report.json) == [])
    var empty = SampleTrack.result
    empty.months = [SampleTrack.january]
    empty.months[0].forecast = nil
    empty.months[0].budget = nil
    empty.budget = nil
    empty.lastKnownDay = nil
    empty.score = ForecastScore([], actual: [:])
    empty.total = .init(label: "Total", actual: .zero, landing: .zero)
    #expect(check.problems(TrackReport(empty).report.json) == [])
    #expect(check.problems(["schemaVersion": "1.0"]) != [])
  }

  @Test func `draws budget, what was said, what was used and the landing`() {
    let page = HTMLFormat.render(TrackReport(SampleTrack.result).report, TextStyle())
    for mark in ["class=\"band\"", "class=\"budget\"", "class=\"bar-actual\"", "class=\"bar\""] {
      #expect(page.contains(mark), "\(mark)")
    }
    #expect(page.contains("8 of 10 as last said"))
  }

  @Test func `fits a screen, however long the period`() {
    var result = SampleTrack.result
    result.months = (0..<36).map { index in
      var month = index < 30 ? SampleTrack.november : SampleTrack.january
      month.month = SampleTrack.first.advanced(by: index)
      return month
    }
    for number in 0..<40 {
      result.findings.note(
        "budget-by-month", "a note of some length, number \(number)", help: "none")
    }
    result.checks = [
      .init(option: "as is", expression: "landing.year <= 1 USD", value: "2 USD", passed: false)
    ]
    let lines = text(result).split(separator: "\n", omittingEmptySubsequences: false).dropLast()
    #expect(lines.count <= 40, "\(lines.count)")
    #expect(lines.allSatisfy { $0.count <= 100 })
    #expect(text(result).contains("! landing.year <= 1 USD, but it is 2 USD"))
    // The months around the last that has ended.
    #expect(text(result).contains("Apr"))
  }

  @Test func `says what a month under way comes to where none has ended`() {
    var result = SampleTrack.result
    result.months.removeFirst()
    #expect(
      TrackSentences(result).all[0]
        == "December is at 1,650 USD after 12 days and lands at 4,190 USD, 2.2 % over the forecast and "
        + "0.8 % under budget.")
  }

  @Test func `has percentages that sum to the miss as it is shown`() throws {
    // 33.34 + 33.33 + 33.33 of 1,000: 4, 3 and 3 sum to the 10 that is shown.
    var month = SampleTrack.november
    month.forecast = SampleTrack.said(0, 900, 1000, 1100)
    let split = MissSplit(
      volume: Money(nanos: 33_340_000_000), mix: Money(nanos: 33_330_000_000),
      oneOffs: Money(nanos: 33_330_000_000), price: .zero, spread: .zero, meter: .events, factor: 1)
    #expect(TrackSentences.parts(split, month) == ["+4 %", "0", "+3 %", "+3 %"])
    let small = MissSplit(
      volume: Money(nanos: 3_340_000_000), mix: Money(nanos: 3_330_000_000),
      oneOffs: Money(nanos: -1_670_000_000), price: .zero, spread: .zero, meter: .events, factor: 1)
    // 5.00 of 1,000 is 0.5 %.
    #expect(TrackSentences.parts(small, month) == ["+0.4 %", "0", "+0.3 %", "-0.2 %"])
  }

  @Test(arguments: [
    (0.0, "as forecast"), (0.0004, "as forecast"), (0.06, "6.0 % over the forecast"),
    (-0.021, "2.1 % under the forecast"), (0.1234, "12 % over the forecast"),
    (12.0, "1,200 % over the forecast"),
  ])
  func `says how far a landing is from the forecast`(_ part: Double, _ words: String) {
    #expect(TrackSentences.distance(part, "the forecast") == words)
  }
}
