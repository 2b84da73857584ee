import GenOpsMetering
package import GenOpsSimulation
package import GenOpsUnits

/// What was generated: where it is, and what a replay of it will find.
package struct GenerateReport {
  private let generator: EventGenerator
  private let days: Range<Int>
  private let files: [String]
  private let events: Int64
  private let usage: String?

  /// `days` were written to `files`, `events` of them lines; other usage went to `usage`, if anywhere.
  package init(
    _ generator: EventGenerator, days: Range<Int>, files: [String], events: Int64, usage: String?
  ) {
    self.generator = generator
    self.days = days
    self.files = files
    self.events = events
    self.usage = usage
  }

  private var traffic: GeneratedTraffic { generator.traffic }

  /// Units by month and meter, of what is in the files.
  private var months: [(month: CalendarMonth, usage: MeterTotals)] {
    let outside = usage == nil ? Set(traffic.usage.map(\.meter)) : []
    var months: [(month: CalendarMonth, usage: MeterTotals)] = []
    for (day, units) in traffic.totals(days) {
      if months.last?.month != day.month { months.append((day.month, MeterTotals())) }
      for meter in units.used where !outside.contains(meter) {
        months[months.count - 1].usage[meter] += units[meter]
      }
    }
    return months
  }

  /// Persons of the first month of which days were written.
  private var people: (identified: Int64, anonymous: Int64) {
    generator.personCount(monthOf: days.lowerBound)
  }

  package func report(_ findings: Findings) -> Report {
    var report = Report(title: "Generated events", json: json, version: ScenarioRun.version)
    // The range has a day.
    let (first, last) = (
      traffic.start.advanced(by: days.lowerBound), traffic.start.advanced(by: days.upperBound - 1)
    )
    report.facts = ["\(first) to \(last)"]
    let where_ = files.count == 1 ? files[0] : "\(files.count) files, \(files[0]) and further"
    report.answer = [
      "Wrote \(groupedDigits(String(events))) events to \(where_).",
      "A month has \(groupedDigits(String(people.identified))) identified and "
        + "\(groupedDigits(String(people.anonymous))) anonymous persons.",
    ]
    report.screen = ReportScreen(.lines(report.answer))
    report.sections = [ReportSection("Units", [.table(table)]), .findings(findings)]
    report.findings = findings
    return report
  }

  private var table: ReportTable {
    ReportTable(
      "", [.init("Month"), .init("Meter"), .init("units", .right)],
      months.flatMap { month, usage in
        usage.used.map {
          [.init(month.description), .init($0.invoiceName), .init(units: usage[$0])]
        }
      })
  }

  private var json: JSONValue {
    // `Int` has 64 bits on every system that the program is built for; clamping costs nothing else.
    func count(_ value: Int64) -> JSONValue { .integer(Int(clamping: value)) }
    return [
      "schemaVersion": 1,
      "from": .string(traffic.start.advanced(by: days.lowerBound).description),
      "to": .string(traffic.start.advanced(by: days.upperBound - 1).description),
      "events": count(events), "files": .array(files.map { .string($0) }),
      "persons": [
        "identified": count(people.identified), "anonymous": count(people.anonymous),
      ],
      "months": .array(
        months.map { month, usage in
          [
            "month": .string(month.description),
            "usage": .object(usage.used.map { JSONValue.Member($0.id, count(usage[$0])) }),
          ]
        }),
    ]
  }
}
