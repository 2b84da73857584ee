import GenOpsScenario
import GenOpsSimulation
import GenOpsUnits

/// What each option costs, saves and loses, on the same futures.
struct OptionSheet {
  static let name = "Options"

  private(set) var sheet = ReportSheet(OptionSheet.name)
  /// The row of "as is".
  private(set) var first = 0

  init(_ result: ScenarioResult) {
    let options = result.options
    if options.isEmpty { return }
    sheet.open(
      "Options, on the same futures, in \(result.currency)",
      [
        "These are results of the run: they do not move with what is changed in this workbook.",
        "8 of 10 futures lie between low and high; only what is expected adds up.",
      ] + OptionSheet.notes(result))
    sheet.frozen = (sheet.rows.count + 1, 1)
    let header = sheet.add(OptionSheet.titles)
    first = header + 1
    for (index, option) in options.enumerated() {
      let row = sheet.rows.count
      sheet.add(cells(option, row, isBest: option.name == result.bestOption?.name, index == 0))
      if let asIs = options.first, index > 0 {
        let base = CellPlace(OptionSheet.name, first, 2).fixed
        let own = CellPlace(OptionSheet.name, row, 2).here
        let saved = asIs.cost.mean - option.cost.mean
        sheet.rows[row][4] = .formula("\(base)-\(own)", saved, .money)
        if asIs.cost.mean > 0 {
          sheet.rows[row][5] = .formula(
            "\(CellPlace(OptionSheet.name, row, 4).here)/\(base)", saved / asIs.cost.mean, .share)
        }
      }
    }
    if options.count > 1 { sheet.filter = header..<sheet.rows.count }
    addClasses(options)
  }

  /// How money of an option is shown: with a sign where it rests on an assumption.
  static func form(_ option: OptionResult) -> ReportSheet.Form {
    .number(decimals: 2, before: option.assumptions.isEmpty ? "" : "~")
  }

  /// What the sign means, where it is there.
  static func notes(_ result: ScenarioResult) -> [String] {
    result.options.contains { !$0.assumptions.isEmpty } ? ["~ rests on assumptions."] : []
  }

  private static let titles: [ReportSheet.Cell] =
    [.text("Option", .head)]
    + [
      "Low (p10)", "Expected", "High (p90)", "Saves", "Saves, part", "Over budget in", "Lost",
      "Lost, part", "Lost, critical", "NPV", "Ask for",
    ].map { .text($0, .rightHead) }
    + [.text("What else changes", .head), .text("Rests on an assumption", .head)]

  private func cells(
    _ option: OptionResult, _ row: Int, isBest: Bool, _ isAsIs: Bool
  ) -> [ReportSheet.Cell] {
    [
      .text(option.name.displayable, isBest ? .strong : .plain),
      .number(option.cost.p10, .money),
      .number(option.cost.mean, OptionSheet.form(option), .strong),
      .number(option.cost.p90, .money), .empty, .empty,
      .number(option.breachProbability, .share), .number(option.lost.total.rounded(), .count),
      .number(option.lost.share, .share),
      .number(option.lost.critical.rounded(), .count, option.lost.critical > 0 ? .bad : .plain),
      .number(option.npv?.mean, OptionSheet.form(option)), .number(option.askFor, .money),
      .text(option.sideEffects.joined(separator: "; ").displayable),
      .text(option.assumptions.joined(separator: "; ").displayable),
    ]
  }

  private mutating func addClasses(_ options: [OptionResult]) {
    let losing = options.filter { option in option.lost.byClass.contains { $0.lost > 0 } }
    if losing.isEmpty { return }
    sheet.add()
    sheet.add([
      .text("What is lost, by class", .head), .text("Class", .head), .text("Lost", .rightHead),
    ])
    for option in losing {
      for loss in option.lost.byClass where loss.lost > 0 {
        sheet.add([
          .text(option.name.displayable), .text(loss.name.displayable),
          .number(loss.lost.rounded(), .count),
        ])
      }
    }
  }
}
