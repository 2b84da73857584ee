import GenOpsHistory
import GenOpsSimulation
import GenOpsUnits

extension RunTables {
  /// What goes wrong, what it costs, who notices and what stops it.
  var faults: ReportTable {
    let rows = result.faults.enumerated().map { index, fault -> [ReportTable.Cell] in
      let path = "faults[\(index)]"
      return [
        .init(fault.name), .init(fault.kind),
        .init(percent: fault.probability).at("\(path).probability"),
        .init(money: fault.cost.p10).at("\(path).cost.p10"),
        .init(
          NumberText.money(fault.cost.mean), .strong, value: ReportTable.number(fault.cost.mean)
        ).at("\(path).cost.mean"),
        .init(money: fault.cost.p90).at("\(path).cost.p90"),
        .init(NumberText.count(fault.units), value: ReportTable.number(fault.units))
          .at("\(path).units"),
        .init(NumberText.count(fault.duplicates), value: ReportTable.number(fault.duplicates))
          .at("\(path).duplicates"), .init(fault.noticeText),
        .init(fault.answerText),
      ]
    }
    return ReportTable(
      "Faults and attacks",
      [
        .text("What"), .text("Kind"), .number("Happens in"), .number("Low"), .number("Costs"),
        .number("High"), .number("Units"), .number("Duplicates dropped"), .text("Noticed"),
        .text("What would have stopped it"),
      ], rows,
      note: rows.isEmpty
        ? nil
        : "The cost is the same futures with and without it, as is. Noticed: the first alert of a "
          + "budget that it raises or brings forward. Stopped: a tenth of the cost or less is left."
    )
  }

  /// What each option leaves of each fault.
  var faultAnswers: ReportTable {
    let rows = result.faults.enumerated().flatMap { index, fault in
      fault.options.enumerated().map { place, answer -> [ReportTable.Cell] in
        let path = "faults[\(index)].options[\(place)]"
        return [
          .init(fault.name), .init(answer.option), .init(money: answer.cost).at("\(path).cost"),
          .init(NumberText.count(answer.othersLost), value: ReportTable.number(answer.othersLost))
            .at("\(path).othersLost"),
          .init(answer.stops ? "yes" : "no", answer.stops ? .good : .plain),
        ]
      }
    }
    return ReportTable(
      "Faults under each option",
      [
        .text("Fault"), .text("Option"), .number("Still costs"), .number("Others lost"),
        .text("Stopped"),
      ], rows)
  }
}
