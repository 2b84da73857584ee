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
    // In cents, as a bill is.
    let modelled = MoneyColumn(check.months.map(\.modelled.approximate), cents: true)
    let billed = MoneyColumn(check.months.map(\.billed.approximate), cents: true)
    func row(
      _ label: String, _ ours: (shown: Double, exact: Money),
      _ theirs: (shown: Double, exact: Money),
      _ path: String
    ) -> [ReportTable.Cell] {
      [
        .init(label),
        .init(modelled.text(ours.shown), value: ReportTable.number(ours.exact.approximate))
          .at("\(path)modelled"),
        .init(billed.text(theirs.shown), value: ReportTable.number(theirs.exact.approximate))
          .at("\(path)billed"),
        BillCheck.difference(ours.exact, theirs.exact).map {
          ReportTable.Cell(NumberText.change($0), value: ReportTable.number($0))
            .at("\(path)difference")
        } ?? "-",
      ]
    }
    let labels = check.months.map { DateText.month($0.month) } + ["Sum"]
    let rows = labels.indices.map { index in
      let isSum = index == check.months.count
      return row(
        labels[index],
        (
          (modelled.parts + [modelled.total])[index],
          isSum ? check.modelled : check.months[index].modelled
        ),
        (
          (billed.parts + [billed.total])[index],
          isSum ? check.billed : check.months[index].billed
        ), isSum ? "billCheck." : "billCheck.months[\(index)].")
    }
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
        + (check.discount.map { " Both are after the discount of \($0)." } ?? "") + without,
      hasTotal: true)
  }

  /// How far past forecasts were off, as a sentence.
  var trackRecord: String? {
    result.trackRecord.map {
      let months = $0.months == 1 ? "the last month" : "the last \($0.months) months"
      return "Track record: over \(months) the forecast was off by "
        + "\(NumberText.oneDecimal($0.meanAbsolutePercentError)) %, and its 80 % range held "
        + "\(NumberText.percent($0.coverage80)) of the time."
        + ($0.simple.map(RunTables.words) ?? "")
        + ($0.widening > 0
          ? " That refutes the range, so it is widened here until it would have held 80 %." : "")
    }
  }

  /// How far the simple forecasts of the same months were off.
  private static func words(_ simple: TrackRecord.Simple) -> String {
    let same = simple.sameMonth.map {
      ", as the same month last year times the year's growth by \(NumberText.oneDecimal($0)) %"
    }
    return " Each month as the four weeks before it would have been off by "
      + "\(NumberText.oneDecimal(simple.flat)) %\(same ?? "")."
  }

  /// What neither data nor the scenario says, with the money that its range is worth.
  var assumptions: ReportTable {
    let rows = result.assumptions.enumerated().map { index, one -> [ReportTable.Cell] in
      let figure = one.option.map { name in
        name == result.asIs?.name ? "the cost as is" : "what \"\(name)\" saves"
      }
      return [
        .init(one.label), .init(figure ?? "nothing"),
        one.option == nil ? "-" : .init(money: one.worth).at("assumptions[\(index)].worth"),
      ]
    }
    return ReportTable(
      "What is assumed", [.text("Assumption"), .text("It moves most"), .number("By")], rows,
      note: rows.isEmpty
        ? nil : "From the low to the high end of its range, while all else stays as it is.")
  }

  var expectations: ReportTable {
    let rows = result.expectations.enumerated().map { index, line -> [ReportTable.Cell] in
      [
        .init(line.passed ? "passed" : "! failed", line.passed ? .good : .bad), .init(line.option),
        .init(line.expression), .init(line.value).at("expectations[\(index)].value"),
      ]
    }
    return ReportTable(
      "Expectations", [.text("Verdict"), .text("Option"), .text("Expected"), .text("Measured")],
      rows)
  }

  /// What the result is a function of; with it anybody gets the same bytes.
  var provenance: ReportTable {
    let source = result.provenance
    let facts: [(String, String, path: String)] = [
      ("genops", source.version, "version"),
      (
        "Price book",
        "\(source.priceBook), "
          + (source.priceBookAgeDays < 0
            ? "read \(NumberText.counted(-source.priceBookAgeDays, "day")) after the start"
            : "\(NumberText.counted(source.priceBookAgeDays, "day")) old at the start"),
        "priceBookAgeDays"
      ),
      ("Price book SHA-256", source.priceBookSHA256, "priceBookSHA256"),
      ("Scenario SHA-256", source.scenarioSHA256, "scenarioSHA256"),
      ("Seed", "\(source.seed)", "seed"),
      ("Futures", "\(groupedDigits(String(source.paths))), \(source.mode)", "paths"),
      ("Maths library", source.mathFingerprint, "mathFingerprint"),
    ]
    return ReportTable(
      "How to get this again", [.text("What"), .text("Value")],
      facts.map { [.init($0.0), .init($0.1).at("provenance.\($0.path)")] })
  }
}
