import GenOpsAdmission
import GenOpsCosting
import GenOpsGovernance
import GenOpsHistory
import GenOpsMetering
package import GenOpsPostHog
package import GenOpsSimulation
package import GenOpsUnits

/// What a replay of recorded events came to.
package struct ReplayReport {
  let replay: EventReplay
  let configuration: AdapterConfiguration
  let others: [ReplayComparison.Entry]
  let month: BlockBootstrap.Answer?

  /// `others` are what the recording would have come to under other plans, `month` is what a month of its days costs.
  package init(
    _ replay: EventReplay, _ configuration: AdapterConfiguration,
    others: [ReplayComparison.Entry] = [], month: BlockBootstrap.Answer? = nil
  ) {
    self.replay = replay
    self.configuration = configuration
    self.others = others
    self.month = month
  }

  var malformed: Int { replay.malformed.reduce(0) { $0 + $1.count } }
  var currency: String { configuration.calculator.book.currency }

  /// Nil without other plans.
  var comparison: ReplayComparison? {
    others.isEmpty
      ? nil : ReplayComparison(asIs: .init("as replayed", replay, configuration), others: others)
  }

  func sum(_ part: (UsageClassTally) -> Int64) -> Int64 {
    replay.usageClasses.reduce(0) { $0 + part($1.tally) }
  }

  /// Outcomes, cost by meter, and both by class; `findings` are those of its input.
  package func report(_ findings: Findings) -> Report {
    var report = Report(
      title: "Replay of recorded events", json: json, version: ScenarioRun.version)
    report.facts = [configuration.calculator.book.id, configuration.plan.mode.rawValue]
    if let first = replay.days.first?.day, let last = replay.days.last?.day {
      report.facts.insert("\(first) to \(last)", at: 0)
      report.screen = ReportScreen(.lines([report.facts.joined(separator: " · ")]))
    }
    let whatIf = comparison.map { [ReportSection("What if", [.table($0.table)])] } ?? []
    report.sections =
      [
        ReportSection(
          "Outcomes",
          ([outcomes, cost] + [users, monthly].compactMap(\.self)).map { .paragraph($0) })
      ] + whatIf + [
        ReportSection("Meters", [.table(meters)])
      ] + (owners.count > 1 ? [ReportSection("Owners", [.table(ownerTable)])] : []) + [
        ReportSection("Classes", [.table(classes)]),
        ReportSection("Events", [.table(events)]),
        .findings(findings),
      ]
    report.findings = findings
    report.totals = totals
    return report
  }

  /// Every element that was read has one outcome.
  private var parts: [(count: Int64, name: String)] {
    [
      (Int64(malformed), "malformed"), (replay.duplicates, "duplicate"),
      (sum(\.refused), "refused"),
      (sum(\.sampled), "sampled"), (sum(\.notBillable), "not billable"), (sum(\.sent), "sent"),
    ]
  }

  private var outcomes: String {
    "Read \(groupedDigits(String(replay.read)))"
      + (replay.multiplied == nil ? "" : ", counted as \(groupedDigits(String(replay.offered)))")
      + " = "
      + parts.map { "\(groupedDigits(String($0))) \($1)" }.joined(separator: " + ")
  }

  /// What the two sentences say.
  private var totals: ReportTable {
    ReportTable(
      "Totals",
      [.init("Outcome"), .init("units", .right), .init(currency, .right, key: "cost")],
      // The number of elements of files is far below the end of 64 bits.
      (parts + [(Int64(replay.read), "read")]).map { count, name -> [ReportTable.Cell] in
        let cost = name == "read" ? replay.cost.description : ""
        return [.init(name), .init(units: count), .init(cost, value: cost)]
      })
  }

  /// Meters with a price of which nothing says how much was used: an export of events does not hold them.
  var unknownMeters: [Meter] {
    guard isPartial else { return [] }
    return Meter.allCases.filter { meter in
      !ReplayUsage.toldByEvents.contains(meter) && !replay.meters.contains { $0.meter == meter }
        && configuration.calculator.table(for: meter) != nil
    }
  }

  /// Whether the cost is without what no export of events holds.
  package var isPartial: Bool { !replay.hasUsage }

  private var cost: String {
    "Cost \(replay.cost) \(currency)" + (isPartial ? " of what events show" : "")
      + (replay.alerts.isEmpty ? "" : ", \(replay.alerts.count) budget alerts")
  }

  /// What a month of such days costs; nil where nothing was drawn.
  private var monthly: String? {
    month.map {
      "A month of \($0.bootstrap.days) such days costs \($0.p50) \(currency), \($0.p10) to \($0.p90) in 8 of 10 of "
        + "\(groupedDigits(String($0.bootstrap.draws))) drawn from \(countedNoun($0.recorded, "whole day")), "
        + "\($0.bootstrap.block) in a row; growth and fees are not in it"
    }
  }

  /// How far an answer is left to which users there are.
  private var users: String? {
    guard let multiplied = replay.multiplied, let users = multiplied.users else { return nil }
    let kept = countedNoun(users, "user")
    let each = NumberText.percent(multiplied.multiplier.share)
    return
      (multiplied.multiplier.share < 1
      ? "\(kept), \(each) of all, stand for all of them" : "\(kept), some of them with a twin")
      + ": the number of events is good to ±\(NumberText.percent(multiplied.standardError)) "
      + "(standard error), and so is about the cost at the margin"
  }

  private var meters: ReportTable {
    ReportTable(
      "", [.init("Meter"), .init("units", .right), .init(currency, .right, key: "cost")],
      replay.meters.map {
        [
          .init($0.meter.invoiceName), .init(units: $0.total.units),
          .init(Money(nanos: $0.total.cost).description),
        ]
      })
  }

  /// What became of the events of each owner: the dearest first.
  var owners: [(owner: Attribution, offered: Int64, sent: Int64, refused: Int64, cost: Int64)] {
    var places: [Attribution: Int] = [:]
    var owners: [(owner: Attribution, offered: Int64, sent: Int64, refused: Int64, cost: Int64)] =
      []
    for (usageClass, tally) in replay.usageClasses + replay.usageBeside {
      let place = places[usageClass.attribution] ?? owners.count
      if place == owners.count {
        places[usageClass.attribution] = place
        owners.append((usageClass.attribution, 0, 0, 0, 0))
      }
      owners[place].offered = owners[place].offered.addingClamped(tally.offered)
      owners[place].sent = owners[place].sent.addingClamped(tally.sent)
      owners[place].refused = owners[place].refused.addingClamped(tally.refused)
      owners[place].cost = owners[place].cost.addingClamped(tally.cost)
    }
    return owners.enumerated().sorted {
      ($1.element.cost, $1.element.offered, $0.offset)
        < ($0.element.cost, $0.element.offered, $1.offset)
    }.map(\.element)
  }

  private static let shownOwners = 20

  private var ownerTable: ReportTable {
    let hidden = max(0, owners.count - ReplayReport.shownOwners)
    return ReportTable(
      "",
      [
        .init("Whose", shrinksTo: 8), .init("offered", .right), .init("sent", .right),
        .init("refused", .right), .init(currency, .right, key: "cost"),
      ],
      owners.prefix(ReplayReport.shownOwners).map {
        [
          .init(owner($0.owner)), .init(units: $0.offered), .init(units: $0.sent),
          .init(units: $0.refused), .init(Money(nanos: $0.cost).description),
        ]
      },
      note: hidden > 0
        ? "\(countedNoun(hidden, "more owner")) \(hidden == 1 ? "is" : "are") left out; --format json has all."
        : nil)
  }

  private var classes: ReportTable {
    ReportTable(
      "",
      [
        .init("Whose", shrinksTo: 8), .init("Class", shrinksTo: 8), .init("offered", .right),
        .init("sent", .right), .init("free", .right), .init("refused", .right),
        .init("sampled", .right), .init(currency, .right, key: "cost"),
      ],
      (replay.usageClasses + replay.usageBeside).map { usageClass, tally in
        [
          .init(owner(usageClass.attribution)),
          .init(usageClass.eventClass + (usageClass.isCritical ? " (critical)" : "")),
        ]
          + [tally.offered, tally.sent, tally.notBillable, tally.refused, tally.sampled].map {
            .init(units: $0)
          } + [.init(Money(nanos: tally.cost).description)]
      })
  }

  /// The names that cost the most, then the most frequent ones.
  private static let shownNames = 10

  /// The last day of which the recording has all, as far as can be told, when there are two weeks up to it.
  var lastDay: CalendarDay? {
    let days = replay.endsWithin == nil ? replay.days[...] : replay.days.dropLast()
    return days.count >= (replay.beginsWithin == nil ? 14 : 15) ? days.last?.day : nil
  }

  private var events: ReportTable {
    let hidden = max(0, replay.names.count - ReplayReport.shownNames)
    return ReportTable(
      "",
      [
        .init("Event", shrinksTo: 12), .init("first seen"), .init("events", .right),
        .init(currency, .right, key: "cost"), .init("last week", .right),
      ],
      replay.names.sorted {
        ($1.cost, $1.count, $0.event) < ($0.cost, $0.count, $1.event)
      }.prefix(ReplayReport.shownNames).map { name in
        [
          .init(name.event), .init(name.first.day.description), .init(units: Int64(name.count)),
          .init(name.cost.description), .init(growth(of: name)),
        ]
      },
      note: hidden > 0
        ? "\(countedNoun(hidden, "more name")) \(hidden == 1 ? "is" : "are") left out; --format json has all."
        : nil)
  }

  /// How its last week compares with the one before.
  private func growth(of name: NameUsage) -> String {
    guard let lastDay else { return "-" }
    guard let growth = name.growth(to: lastDay) else { return "new" }
    return "\(growth < 0 ? "-" : "+")\(Int64(rounding: (100 * growth.magnitude).rounded())) %"
  }

  private func owner(_ attribution: Attribution) -> String {
    let parts = Attribution.dimensions.compactMap { attribution[$0] }
    return parts.isEmpty ? "-" : parts.joined(separator: "/")
  }
}
