internal import GenOpsUnits
internal import GenOpsWorkbench

extension ReportTables {
  /// What goes wrong, what it costs, who notices and what stops it.
  var faults: ReportTable {
    let rows = result.faults.map { fault -> [ReportTable.Cell] in
      [
        .init(fault.name), .init(fault.kind), .init(percent: fault.probability),
        .init(money: fault.cost.p10), .init(NumberText.money(fault.cost.mean), .strong),
        .init(money: fault.cost.p90), .init(NumberText.count(fault.units)),
        .init(NumberText.count(fault.duplicates)), .init(fault.noticeText),
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
    let rows = result.faults.flatMap { fault in
      fault.options.map { answer -> [ReportTable.Cell] in
        [
          .init(fault.name), .init(answer.option), .init(money: answer.cost),
          .init(NumberText.count(answer.othersLost)),
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

extension FaultResult {
  var json: JSONValue {
    [
      "name": .string(name), "kind": .string(kind), "probability": .quantity(probability),
      "cost": cost.amounts, "units": .quantity(units), "duplicates": .quantity(duplicates),
      "noticed": notice.map { notice in
        [
          "probability": .quantity(notice.probability),
          "days": notice.days.map {
            ["p10": .quantity($0.p10), "p50": .quantity($0.p50), "p90": .quantity($0.p90)]
          } ?? .null,
        ]
      } ?? .null,
      "stoppedBy": .strings(stoppedBy.map(\.option)),
      "options": .array(
        options.map {
          [
            "name": .string($0.option), "cost": .amount($0.cost),
            "othersLost": .quantity($0.othersLost), "stops": .bool($0.stops),
          ]
        }),
    ]
  }
}

extension ResultSchema {
  static let fault = SchemaNode.object(
    "A fault or attack, and what it comes to.",
    [
      ("name", .string("Its name.")), ("kind", .string("Its kind.")),
      ("probability", .probability("Part of futures in which it happens within the period.")),
      ("cost", .ref("amounts", "As is with it minus without it, where it happens.")),
      ("units", .number("Mean units that it adds, or moves to other days.")),
      ("duplicates", .number("Mean copies that are dropped by their uuid.")),
      (
        "noticed",
        SchemaNode.object(
          "The first alert that it raises or brings forward; null when no budget has alerts.",
          [
            ("probability", .probability("Part of these futures with such an alert.")),
            (
              "days",
              SchemaNode.object(
                "Days from its first day; null when there never is one.",
                [
                  ("p10", .number("Early.")), ("p50", .number("Median.")),
                  ("p90", .number("Late.")),
                ]
              ).orNull
            ),
          ]
        ).orNull
      ),
      (
        "stoppedBy",
        .list(
          of: .string("Name of an option."),
          "Options that leave a tenth of the cost or less; the one that loses least first.")
      ),
      (
        "options",
        .list(
          of: .object(
            "An option.",
            [
              ("name", .string("Its name.")),
              ("cost", .ref("amount", "What the fault still costs under it, mean.")),
              ("othersLost", .number("Mean items of others that are lost because of it.")),
              ("stops", .bool("Whether it stops it.")),
            ]), "What each option leaves of it.")
      ),
    ])
}
