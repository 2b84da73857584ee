import GenOpsMetering
import GenOpsNumerics
import GenOpsScenario
import GenOpsSimulation
import GenOpsUnits

extension RunTables {
  /// The model against what was paid.
  var bills: ReportTable {
    guard let check = result.billCheck else {
      return ReportTable("Check against your bills", [], [])
    }
    func row(_ label: String, _ modelled: Money, _ billed: Money) -> [ReportTable.Cell] {
      let change = (modelled.approximate - billed.approximate) / billed.approximate
      return [
        .init(label), .init(NumberText.money(modelled)), .init(NumberText.money(billed)),
        .init(billed == .zero ? "-" : NumberText.change(change)),
      ]
    }
    let rows =
      check.months.map { row(DateText.month($0.month), $0.modelled, $0.billed) }
      + [row("Sum", check.modelled, check.billed)]
    let leftOut = check.leftOut.map(\.invoiceName).joined(separator: ", ")
    let without =
      leftOut.isEmpty
      ? "" : " Both sums are without \(leftOut): the history does not hold their usage."
    return ReportTable(
      "Check against your bills",
      [.text("Month"), .number("Modelled"), .number("Billed"), .number("Difference")], rows,
      note: (check.passes
        ? "The model agrees with the bills within 2 %."
        : "! The model differs from the bills by more than 2 %: do not trust it before you know why.")
        + without,
      hasTotal: true)
  }

  /// How far past forecasts were off, as a sentence.
  var trackRecord: String? {
    result.trackRecord.map {
      let months = $0.months == 1 ? "the last month" : "the last \($0.months) months"
      return "Track record: over \(months) the forecast was off by "
        + "\(NumberText.oneDecimal($0.meanAbsolutePercentError)) %, and its 80 % range held "
        + "\(NumberText.percent($0.coverage80)) of the time."
    }
  }

  var expectations: ReportTable {
    let rows = result.expectations.map { line -> [ReportTable.Cell] in
      [
        .init(line.passed ? "passed" : "! failed", line.passed ? .good : .bad), .init(line.option),
        .init(line.expression), .init(line.value),
      ]
    }
    return ReportTable(
      "Expectations", [.text("Verdict"), .text("Option"), .text("Expected"), .text("Measured")],
      rows)
  }

  /// What the result is a function of; with it anybody gets the same bytes.
  var provenance: ReportTable {
    let source = result.provenance
    let facts: [(String, String)] = [
      ("genops", source.version),
      ("Price book", "\(source.priceBook), \(source.priceBookAgeDays) days old at the start"),
      ("Price book SHA-256", source.priceBookSHA256), ("Scenario SHA-256", source.scenarioSHA256),
      ("Seed", "\(source.seed)"),
      ("Futures", "\(groupedDigits(String(source.paths))), \(source.mode)"),
      ("Maths library", source.mathFingerprint),
    ]
    return ReportTable(
      "How to get this again", [.text("What"), .text("Value")],
      facts.map { [.init($0.0), .init($0.1)] })
  }
}
