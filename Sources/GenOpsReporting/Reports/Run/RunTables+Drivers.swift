import GenOpsSimulation
import GenOpsUnits

/// What moves the figures: the tornado of the year, and of its net present value.
extension RunTables {
  /// Each uncertain input with its range, the year's cost at both ends, and what knowing it would be worth.
  var drivers: ReportTable {
    let rows = result.drivers.inputs.enumerated().filter { $1.share > 0 }.map {
      index, one -> [ReportTable.Cell] in
      let path = "drivers.inputs[\(index)]"
      return [
        .init(DriverText.label(one.name)), .init(DriverText.origin(one.origin)),
        .init(value: one.low).at("\(path).p10"), .init(value: one.high).at("\(path).p90"),
        .init(money: one.costLow).at("\(path).cost.low"),
        .init(money: one.costHigh).at("\(path).cost.high"),
        .init(money: one.swing).at("\(path).swing"), .init(percent: one.share).at("\(path).share"),
        .init(money: one.worth).at("\(path).worth"),
      ]
    }
    return ReportTable(
      "What drives the cost",
      [
        .text("Input"), .text("It is"), .number("p10"), .number("p90"),
        .number("\(result.yearLabel) at p10"), .number("\(result.yearLabel) at p90"),
        .number("Moves it by"), .number("Of the spread"), .number("Knowing it narrows by"),
      ], rows,
      note: rows.isEmpty
        ? nil
        : "The expected cost where the input is at its p10 and its p90, all else as it comes. \"Of the spread\" is "
          + "its part of the variance of the cost; the last column is by how much the range of 8 in 10 futures, "
          + "\(NumberText.money(result.year.cost.p90 - result.year.cost.p10)) wide, would be narrower if the input "
          + "were known. \(NumberText.percent(result.drivers.rest)) of the spread is no single input's: how days "
          + "scatter, what a forecast does not know, and inputs that act together.")
  }

  /// The same inputs and those of `value:`, by what they do to the net present value.
  var valueDrivers: ReportTable {
    let inputs = result.drivers.inputs.enumerated().compactMap { index, one in
      one.npv.map { (index, one, $0) }
    }.filter { $0.2.low != $0.2.high }
    let rows = inputs.sorted { abs($0.2.high - $0.2.low) > abs($1.2.high - $1.2.low) }.map {
      index, one, npv -> [ReportTable.Cell] in
      let path = "drivers.inputs[\(index)]"
      return [
        .init(DriverText.label(one.name)), .init(value: one.low).at("\(path).p10"),
        .init(value: one.high).at("\(path).p90"), .init(money: npv.low).at("\(path).npv.low"),
        .init(money: npv.high).at("\(path).npv.high"),
        .init(money: abs(npv.high - npv.low)).at("\(path).npv.swing"),
        one.breakEven.map { ReportTable.Cell(value: $0).at("\(path).breakEven") }
          ?? .init("-", value: ""),
      ]
    }
    return ReportTable(
      "What drives the value",
      [
        .text("Input"), .number("p10"), .number("p90"), .number("NPV at p10"),
        .number("NPV at p90"), .number("Moves it by"), .number("Breaks even at"),
      ], rows,
      note: rows.isEmpty
        ? nil
        : "\"Breaks even at\" is the input's value at which the expected net present value is 0; \"-\" where there is "
          + "none between its p01 and its p99.")
  }

  /// What each change is worth beside "as is", where changes cost something or the scenario has a value.
  var decisions: ReportTable {
    let amounts = OptionAmounts(result)
    let choices = result.options.indices.compactMap { index in
      result.options[index].decision.map { (index, result.options[index], $0) }
    }
    let hasCost = choices.contains { $0.2.cost.mean > 0 }
    guard hasCost || result.roi != nil, let rate = choices.first?.2.discountRatePerYear else {
      return ReportTable("What each change is worth", [], [])
    }
    let rows = choices.map { index, option, decision -> [ReportTable.Cell] in
      // Where the net saving is the saving, it is so as it is shown too.
      let isFree = abs(decision.net.mean - option.saves.mean) < 0.005
      let path = "options[\(index)].decision"
      return [
        .init(option.name), amounts.saves(index),
        .init(money: decision.cost.mean).at("\(path).cost.mean"),
        .init(money: decision.net.p10).at("\(path).net.p10"),
        isFree
          ? amounts.saves(index)
          : option.marked(.init(money: decision.net.mean)).at("\(path).net.mean"),
        .init(money: decision.net.p90).at("\(path).net.p90"),
        .init(percent: decision.probabilityOfLoss).at("\(path).probabilityOfLoss"),
        .init(
          NumberText.months(decision.paybackMonths.p50),
          value: ReportTable.number(decision.paybackMonths.p50)
        ).at("\(path).paybackMonths.p50"),
        .init(money: decision.npv?.mean).at("\(path).npv.mean"),
        decision.roi.map {
          ReportTable.Cell(NumberText.percent($0.mean / 100), value: ReportTable.number($0.mean))
            .at("\(path).roi.mean")
        } ?? .init("-", value: ""),
      ]
    }
    return ReportTable(
      "What each change is worth",
      [
        .text("Change"), .number("Saves"), .number("Costs to change"), .number("Net, low"),
        .number("Net"), .number("Net, high"), .number("Loses money in"),
        .number("Months to pay back"), .number("NPV"), .number("ROI"),
      ], rows,
      note:
        "Beside \"as is\" on the same futures, from the first month that can still change to the end of the "
        + "period; NPV on its first day and ROI at \(NumberText.oneDecimal(rate * 100)) % a year"
        + (result.roi == nil ? " (say another under value:)" : "")
        + ". A change without cost of its own has no ROI.")
  }
}

extension ReportTable.Cell {
  /// A number of an input, which may be a rate of hundredths or users in millions.
  init(value: Double) {
    let isSmall = abs(value) >= 0.9995 && abs(value) < 99.995
    self.init(
      isSmall ? NumberText.twoDecimals(value) : NumberText.value(value),
      value: ReportTable.value(value))
  }
}
