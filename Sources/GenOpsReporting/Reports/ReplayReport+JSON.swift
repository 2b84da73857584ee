import GenOpsAdmission
import GenOpsCosting
import GenOpsGovernance
import GenOpsHistory
import GenOpsMetering
import GenOpsPostHog
import GenOpsSimulation
package import GenOpsUnits

extension ReplayReport {
  /// The replay for programs.
  package var json: JSONValue {
    // `Int` has 64 bits on every system that the program is built for; clamping costs nothing else.
    func count(_ value: Int64) -> JSONValue { .integer(Int(clamping: value)) }
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
      "cost": .money(replay.cost), "isPartial": .bool(isPartial),
      "multiplied": replay.multiplied.map { multiplied in
        [
          "scale": .double(multiplied.multiplier.weight * multiplied.multiplier.share),
          "share": .double(multiplied.multiplier.share), "recorded": count(multiplied.recorded),
          "made": count(multiplied.made),
          "users": multiplied.users.map { .integer($0) } ?? .null,
          "standardError": .double(multiplied.standardError),
        ]
      } ?? .null,
      "month": month.map {
        [
          "days": .integer($0.bootstrap.days), "block": .integer($0.bootstrap.block),
          "draws": .integer($0.bootstrap.draws), "wholeDays": .integer($0.recorded),
          "p10": .money($0.p10), "p50": .money($0.p50), "p90": .money($0.p90),
        ]
      } ?? .null,
      "unknownMeters": .array(unknownMeters.map { .string($0.id) }),
      "alerts": .array(replay.alerts.map(json)),
      "whatIf": comparison?.json ?? .array([]),
      "meters": .array(
        replay.meters.map {
          [
            "meter": .string($0.meter.id), "units": count($0.total.units),
            "cost": .money(Money(nanos: $0.total.cost)),
          ]
        }),
      "lines": .array(
        (replay.usageClasses + replay.usageBeside).map { usageClass, tally in
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
      "owners": .array(
        owners.map { entry in
          [
            "attribution": .object(
              Attribution.dimensions.compactMap { name in
                entry.owner[name].map { JSONValue.Member(name, .string($0)) }
              }),
            "offered": count(entry.offered), "sent": count(entry.sent),
            "refused": count(entry.refused), "cost": .money(Money(nanos: entry.cost)),
          ]
        }),
      "events": .array(
        replay.names.map { name in
          [
            "event": .string(name.event), "count": .integer(name.count),
            "cost": .money(name.cost), "firstSeen": .string(name.first.description),
            "growth": lastDay.flatMap { name.growth(to: $0) }.map { JSONValue.double($0) } ?? .null,
            "days": .object(
              name.days.map {
                JSONValue.Member($0.day.description, .integer($0.count))
              }),
          ]
        }),
      "days": .array(
        replay.days.map { day, usage, _ in
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
}
