import GenOpsSimulation

/// What follows the answer, in the order in which finance asks: by when, which choice, where the money goes, when it
/// runs out, who causes it, what moves it, whether it is worth it, why to believe it, and what is signed.
extension RunReport {
  var sections: [ReportSection] { decision + money + trust + signing }

  /// What stands on the first two printed pages, with the answer: the board reads no more.
  private var decision: [ReportSection] {
    let (tables, charts) = (RunTables(result), RunCharts(result))
    return [
      ReportSection("When the money runs out", id: "cumulative", [.init(.chart(charts.fan))]),
      ReportSection(
        "Options",
        [
          .init(.chart(charts.options)), .table(tables.options), .table(tables.losses),
          .table(tables.decisions),
        ]),
    ]
  }

  private var money: [ReportSection] {
    let (tables, charts) = (RunTables(result), RunCharts(result))
    let months = result.months.count
    return [
      ReportSection(
        months == 1 ? "Month" : "Months", id: "months",
        [
          .init(.chart(charts.months)), .table(tables.months),
          .init(.table(tables.quarters), .detail),
        ]),
      ReportSection(
        "Where it goes", id: "parts",
        [tables.parts, tables.bridge].map { .init(.table($0), .detail) }),
      ReportSection("Budgets", [.table(tables.budgets), .table(tables.accrual)]),
      ReportSection(
        "Faults and attacks", id: "faults",
        [.table(tables.faults), .init(.table(tables.faultAnswers), .detail)]),
      ReportSection("Who causes it", id: "who", [.init(.table(tables.attribution), .detail)]),
      ReportSection(
        "What drives it", id: "drivers",
        [.init(.chart(charts.drivers), .detail), .init(.table(tables.drivers), .detail)]),
      ReportSection(
        "Is it worth it", id: "value",
        [tables.value, tables.valueLines, tables.valueDrivers].map {
          .init(.table($0), .appendix)
        }),
    ]
  }

  private var trust: [ReportSection] {
    let tables = RunTables(result)
    return [
      ReportSection(
        "Why believe it", id: "trust",
        (tables.trackRecord.map { [.init(.paragraph($0), .notes)] } ?? [])
          + [.init(.table(tables.bills), .appendix)]),
      ReportSection(
        "Assumptions", id: "assumptions",
        [.init(.table(tables.register), .detail), .init(.table(tables.assumptions), .detail)]),
      .findings(result.findings),
      ReportSection("Expectations", [.table(tables.expectations)]),
    ]
  }

  private var signing: [ReportSection] {
    let tables = RunTables(result)
    var method = ReportSection(
      "Method", id: "method", RunWords.method(result).map { .init(.paragraph($0), .appendix) })
    method.isFolded = true
    return [
      method,
      ReportSection("Glossary", id: "glossary", [.init(.table(RunWords.glossary), .appendix)]),
      ReportSection(
        "How to get this again", id: "again",
        [.init(.table(tables.provenance), .appendix), .init(.reproduction, .appendix)]),
      ReportSection(
        "Signed", id: "signed",
        [
          .init(.paragraph(RunWords.signed(result)), .appendix),
          .init(.table(RunWords.signatures), .appendix),
        ]),
    ]
  }
}
