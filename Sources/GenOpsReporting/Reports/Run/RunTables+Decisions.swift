import GenOpsAdmission
import GenOpsCosting
import GenOpsGovernance
import GenOpsSimulation
import GenOpsUnits

extension BudgetResult {
  /// How often it is passed; of one that refuses, how often it does.
  fileprivate var over: ReportTable.Cell {
    .refusals(breachProbability, refuses: refuses, wasOver: wasOver)
  }
}

extension RunTables {
  var budgets: ReportTable {
    let hasOption = result.budgets.contains { $0.askForWithOption != nil }
    var columns: [ReportTable.Column] = [
      .text("Budget"), .number("Limit"), .number("Over in"), .text("First over"),
      .number("Over by"), .number("Ask for"),
    ]
    if hasOption { columns.append(.text("With the best option")) }
    let rows = result.budgets.enumerated().map { index, budget -> [ReportTable.Cell] in
      let path = "budgets[\(index)]"
      let first = budget.firstBreach.map {
        $0.p10 == $0.p90 ? "\($0.p50)" : "\($0.p50) (\($0.p10) to \($0.p90))"
      }
      var cells: [ReportTable.Cell] = [
        .init(budget.name),
        .init(
          NumberText.money(budget.limit) + budget.period.suffix,
          value: ReportTable.number(budget.limit.approximate)
        ).at("\(path).limit"),
        budget.over.at("\(path).breachProbability"), .init(first ?? "-"),
        budget.breachProbability > 0
          ? .init(money: budget.expectedOvershoot).at("\(path).expectedOvershoot") : "-",
        .init(money: budget.askFor).at("\(path).askFor"),
      ]
      if hasOption {
        cells.append(
          .init(
            budget.askForWithOption.map { "\(NumberText.money($0.amount)) with \"\($0.option)\"" }
              ?? "-"
          ).at("\(path).askForWithOption.amount"))
      }
      return cells
    }
    let refusal =
      result.budgets.contains(where: \.refuses)
      ? " A budget that refuses is never over: \"first over\" is its first refusal, \"over by\" what "
        + "was offered beyond it."
        + (result.budgets.contains { $0.wasOver > 0 }
          ? " It \"was over\" on days that have passed, which stay as they are." : "") : ""
    return ReportTable(
      "Budgets", columns, rows,
      note: "\"Ask for\" is kept in 8 of 10 futures"
        + (result.hasTerms ? ", at list price: before discounts and credits." : ".") + refusal)
  }

  /// Whether it is worth the money.
  var value: ReportTable {
    guard let roi = result.roi else { return ReportTable("Is it worth it", [], []) }
    func row(
      _ name: String, _ key: String, _ values: ForecastDistribution, _ text: (Double) -> String
    ) -> [ReportTable.Cell] {
      [.init(name)]
        + [("p10", values.p10), ("mean", values.mean), ("p90", values.p90)].map {
          ReportTable.Cell(text($1), value: ReportTable.number($1)).at("roi.\(key).\($0)")
        }
    }
    var rows = [
      row("Net present value", "npv", roi.npv, NumberText.money)
    ]
    if let own = roi.roi {
      rows.append(row("Return on investment", "roi", own) { NumberText.oneDecimal($0) + " %" })
    } else {
      rows.append(["Return on investment", "", "none: a future spends nothing", ""])
    }
    // The mean of a number that may be "never" is never: the middle one says more.
    for (title, key, payback) in [
      (
        "Months to pay back (the middle one expected)", "simplePaybackMonths",
        roi.simplePaybackMonths
      ),
      ("Months to pay back, discounted", "paybackMonths", roi.paybackMonths),
    ] {
      rows.append(
        [.init(title)]
          + [("p10", payback.p10), ("p50", payback.p50), ("p90", payback.p90)].map {
            ReportTable.Cell(NumberText.months($1), value: ReportTable.number($1))
              .at("roi.\(key).\($0)")
          })
    }
    if let ratio = roi.benefitCostRatio {
      rows.append(row("Benefits over costs", "benefitCostRatio", ratio, NumberText.twoDecimals))
    }
    rows.append([
      "Rate of return per year", "",
      roi.irr.map {
        ReportTable.Cell(NumberText.oneDecimal($0) + " %", value: ReportTable.number($0))
          .at("roi.irr")
      } ?? "none or several", "",
    ])
    let rate = NumberText.oneDecimal(roi.discountRatePerYear * 100)
    let loss = NumberText.inFutures(roi.probabilityOfLoss)
    let paysBack = NumberText.inFutures(roi.paybackProbability)
    let note =
      "As is, discounted at \(rate) % a year. It loses money \(loss) and pays back within the "
      + "period \(paysBack)."
    return ReportTable(
      "Is it worth it", [.text(""), .number("Low"), .number("Expected"), .number("High")], rows,
      note: note)
  }

  var valueLines: ReportTable {
    let rows = (result.roi?.lines ?? []).enumerated().map { index, line -> [ReportTable.Cell] in
      [
        .init(line.name), .init(line.kind),
        .init(money: line.presentValue).at("roi.lines[\(index)].presentValue"),
      ]
    }
    return ReportTable(
      "Benefits and costs", [.text("Line"), .text("Kind"), .number("Present value")], rows)
  }
}
