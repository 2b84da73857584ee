import GenOpsAdmission
import GenOpsCosting
import GenOpsGovernance
package import GenOpsPostHog
package import GenOpsSimulation
import GenOpsUnits

/// A recording as it was replayed, and what it would have come to under other plans: cost and loss side by side.
package struct ReplayComparison {
  /// What the recording came to under one plan.
  package struct Entry {
    package var name: String
    package var replay: EventReplay
    package var configuration: AdapterConfiguration

    /// `name` is what the user calls the plan.
    package init(_ name: String, _ replay: EventReplay, _ configuration: AdapterConfiguration) {
      self.name = name
      self.replay = replay
      self.configuration = configuration
    }

    func sum(_ part: (UsageClassTally) -> Int64, criticalOnly: Bool = false) -> Int64 {
      (replay.usageClasses + replay.usageBeside).reduce(0) {
        criticalOnly && !$1.usageClass.isCritical ? $0 : $0.addingClamped(part($1.tally))
      }
    }

    var currency: String { configuration.calculator.book.currency }
    /// Events of critical classes that were refused or sampled.
    var criticalLost: Int64 { sum({ $0.refused.addingClamped($0.sampled) }, criticalOnly: true) }
  }

  let asIs: Entry
  let others: [Entry]

  /// `asIs` is what the others are compared with.
  package init(asIs: Entry, others: [Entry]) {
    self.asIs = asIs
    self.others = others
  }

  var table: ReportTable {
    ReportTable(
      "",
      [
        .init("Plan", shrinksTo: 12), .init("cost", .right), .init("saves", .right),
        .init("refused", .right), .init("sampled", .right), .init("critical lost", .right),
        .init("alerts", .right),
      ],
      ([asIs] + others).map { entry in
        let saves =
          entry.currency == asIs.currency
          ? asIs.replay.cost.nanos.subtractingClamped(entry.replay.cost.nanos) : nil
        return [
          .init(entry.name), .init("\(entry.replay.cost) \(entry.currency)"),
          .init(saves.map { Money(nanos: $0).description } ?? "-"),
          .init(units: entry.sum(\.refused)), .init(units: entry.sum(\.sampled)),
          .init(units: entry.criticalLost), .init(units: Int64(entry.replay.alerts.count)),
        ]
      })
  }

  var json: JSONValue {
    func count(_ value: Int64) -> JSONValue { .integer(Int(clamping: value)) }
    return .array(
      others.map { entry in
        [
          "plan": .string(entry.name), "mode": .string(entry.configuration.plan.mode.rawValue),
          "priceBook": .string(entry.configuration.calculator.book.id),
          "currency": .string(entry.currency), "cost": .money(entry.replay.cost),
          "refused": count(entry.sum(\.refused)), "sampled": count(entry.sum(\.sampled)),
          "sent": count(entry.sum(\.sent)), "criticalLost": count(entry.criticalLost),
          "alerts": .integer(entry.replay.alerts.count),
        ]
      })
  }
}
