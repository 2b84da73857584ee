import GenOpsSimulation

/// The answer of the run, and the numbers that move with what is changed in the workbook.
struct SummarySheet {
  private(set) var sheet = ReportSheet("Summary")

  init(
    _ report: Report, _ result: ScenarioResult, _ months: MonthSheet, _ options: OptionSheet,
    _ value: ValueSheet?
  ) {
    sheet.open(report.title.displayable, [report.facts.joined(separator: " · ").displayable])
    for sentence in report.answer { sheet.add([.text(sentence.displayable, .lead)]) }
    if let advice = report.advice { sheet.add([.text(advice.displayable, .lead)]) }
    sheet.add()
    sheet.add([.text("What the run found", .head), .text("", .rightHead), .text("", .head)])
    for figure in report.figures {
      sheet.add([
        .text(figure.label.displayable), ReportSheet.Cell.figure(figure.value),
        .text(figure.note.displayable),
      ])
    }
    addLive(result, months, value)
    addOptions(result, options)
    // A sentence runs over the cells beside it.
    sheet.widths = [0: 46, 1: 18, 2: 60]
  }

  private mutating func addLive(
    _ result: ScenarioResult, _ months: MonthSheet, _ value: ValueSheet?
  ) {
    sheet.add()
    sheet.add([
      .text("What moves with your changes", .head), .text(result.currency, .rightHead),
      .text("", .head),
    ])
    func add(_ title: String, _ place: CellPlace?, _ value: Double, _ note: String) {
      guard let place else { return }
      sheet.add([.text(title), .formula(place.away, value, .money, .strong), .text(note, .note)])
    }
    func sum(_ row: Int?) -> Double { row.flatMap { months.values[$0] }?.reduce(0, +) ?? 0 }
    if months.isLive {
      add(
        "Price of the expected usage", months.price.map(months.total), sum(months.price),
        "the usage of Usage by the tiers of Prices")
      add(
        "Gap", months.gap.map(months.total), sum(months.gap),
        "what is expected over all futures, less that price")
      add(
        "Expected cost with your changes", months.changed.map(months.total), sum(months.changed),
        "change a yellow cell of Usage or Prices")
    } else {
      add(
        "Expected cost", months.expected.map(months.total), sum(months.expected),
        "means over all futures: see Months for why nothing moves")
    }
    add(
      "Net present value, of the means", value?.netPresentValue, result.roi?.npv.mean ?? 0,
      "the cash flows of Value")
  }

  private mutating func addOptions(_ result: ScenarioResult, _ options: OptionSheet) {
    guard result.options.count > 1 else { return }
    sheet.add()
    sheet.add([
      .text("Options", .head), .text("Expected", .rightHead),
      .text(OptionSheet.notes(result).joined(), .head),
    ])
    for (index, option) in result.options.enumerated() {
      let place = CellPlace(OptionSheet.name, options.first + index, 2)
      let lost = option.lost.sentencePart ?? (index == 0 ? "" : "nothing is lost")
      sheet.add([
        .text(option.name.displayable),
        .formula(place.away, option.cost.mean, OptionSheet.form(option)), .text(lost),
      ])
    }
  }
}
