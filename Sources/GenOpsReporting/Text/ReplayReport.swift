import GenOpsAdmission
import GenOpsCosting
import GenOpsGovernance
import GenOpsHistory
import GenOpsMetering
package import GenOpsPostHog
package import GenOpsSimulation
package import GenOpsUnits

/// What a replay of recorded events came to, as text and as JSON.
package struct ReplayReport {
  let replay: EventReplay
  let configuration: AdapterConfiguration

  package init(_ replay: EventReplay, _ configuration: AdapterConfiguration) {
    self.replay = replay
    self.configuration = configuration
  }

  private var malformed: Int { replay.malformed.reduce(0) { $0 + $1.count } }

  private func sum(_ part: (UsageClassTally) -> Int64) -> Int64 {
    replay.usageClasses.reduce(0) { $0 + part($1.tally) }
  }

  package func text(_ style: TextStyle) -> String {
    let currency = configuration.calculator.book.currency
    var out = ""
    if let first = replay.days.first?.day, let last = replay.days.last?.day {
      out += "\(first) to \(last) · \(configuration.calculator.book.id) · "
      out += "\(configuration.plan.mode.rawValue)\n\n"
    }
    out += "Read \(grouped(Int64(replay.read))) = \(grouped(Int64(malformed))) malformed"
    out += " + \(grouped(replay.duplicates)) duplicate + \(grouped(sum(\.refused))) refused"
    out += " + \(grouped(sum(\.sampled))) sampled + \(grouped(sum(\.notBillable))) not billable"
    out += " + \(grouped(sum(\.sent))) sent\n"
    out += "Cost \(replay.cost) \(currency)"
    out += replay.alerts.isEmpty ? "\n\n" : ", \(replay.alerts.count) budget alerts\n\n"
    out += TextTable(
      [.init("Meter"), .init("units", .right), .init(currency, .right)],
      replay.meters.map {
        [
          $0.meter.invoiceName, grouped($0.total.units),
          Money(nanos: $0.total.cost).description,
        ]
      }
    ).text(style)
    out += "\n"
    out += TextTable(
      [
        .init("Whose", shrinksTo: 8), .init("Class", shrinksTo: 8), .init("offered", .right),
        .init("sent", .right), .init("free", .right), .init("refused", .right),
        .init("sampled", .right), .init(currency, .right),
      ],
      replay.usageClasses.map { usageClass, tally in
        [
          owner(usageClass.attribution),
          usageClass.eventClass + (usageClass.isCritical ? " (critical)" : ""),
          grouped(tally.offered), grouped(tally.sent), grouped(tally.notBillable),
          grouped(tally.refused), grouped(tally.sampled), Money(nanos: tally.cost).description,
        ]
      }
    ).text(style)
    return out
  }

  package var json: JSONValue {
    func count(_ value: Int64) -> JSONValue { .integer(Int(value)) }
    return [
      "schemaVersion": 1, "priceBook": .string(configuration.calculator.book.id),
      "currency": .string(configuration.calculator.book.currency),
      "mode": .string(configuration.plan.mode.rawValue),
      "outcomes": [
        "read": .integer(replay.read), "malformed": .integer(malformed),
        "duplicate": count(replay.duplicates), "refused": count(sum(\.refused)),
        "sampled": count(sum(\.sampled)), "notBillable": count(sum(\.notBillable)),
        "sent": count(sum(\.sent)),
      ],
      "cost": .money(replay.cost), "alerts": .array(replay.alerts.map(json)),
      "meters": .array(
        replay.meters.map {
          [
            "meter": .string($0.meter.id), "units": count($0.total.units),
            "cost": .money(Money(nanos: $0.total.cost)),
          ]
        }),
      "lines": .array(
        replay.usageClasses.map { usageClass, tally in
          [
            "attribution": .object(
              Attribution.dimensions.compactMap { name in
                usageClass.attribution[name].map { JSONValue.Member(name, .string($0)) }
              }),
            "class": .string(usageClass.eventClass), "critical": .bool(usageClass.isCritical),
            "offered": count(tally.offered), "sent": count(tally.sent),
            "notBillable": count(tally.notBillable), "refused": count(tally.refused),
            "sampled": count(tally.sampled), "cost": .money(Money(nanos: tally.cost)),
          ]
        }),
      "days": .array(
        replay.days.map { day, usage in
          [
            "day": .string(day.description),
            "usage": .object(
              usage.used.map { JSONValue.Member($0.id, count(usage[$0])) }),
          ]
        }),
    ]
  }

  private func json(_ alert: Alert) -> JSONValue {
    [
      "budget": .string(configuration.plan.budgets[alert.budget].name),
      "periodStart": .string(alert.periodStart.description), "percent": .integer(alert.percent),
      "at": .string(alert.at.description),
    ]
  }

  private func grouped(_ value: Int64) -> String { groupedDigits(String(value)) }

  private func owner(_ attribution: Attribution) -> String {
    let parts = Attribution.dimensions.compactMap { attribution[$0] }
    return parts.isEmpty ? "-" : parts.joined(separator: "/")
  }
}
