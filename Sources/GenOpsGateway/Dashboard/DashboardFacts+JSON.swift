import GenOpsGovernance
import GenOpsLedger
import GenOpsMetering
import GenOpsPostHog
import GenOpsUnits

/// The answers of the API; `openapi.json` describes them.
extension DashboardFacts {
  /// `GET /api/overview`.
  var overviewJSON: JSONValue {
    [
      "account": .string(account), "accounts": .array(accounts.map { .string($0) }),
      "at": .string(at.description), "currency": .string(currency),
      "mode": .string(mode.rawValue), "today": today.json, "month_to_date": month.json,
      "landing": landing.json, "events_lost": .integer(eventsLost),
      "unattributed_share": unattributedShare.map { .double($0) } ?? .null,
      "delivery": [
        "waiting": .integer(waiting), "delivered": .integer(delivered), "lost": .integer(lost),
      ],
      "meters": .array(
        units.used.map { ["meter": .string($0.id), "units": .integer(units[$0])] }),
      "days": .array(
        days.map { day, totals in
          .object([.init("day", .string(day.description))] + totals.members)
        }),
    ]
  }

  /// `GET /api/budgets`.
  var budgetsJSON: JSONValue {
    [
      "budgets": .array(
        budgets.map { facts in
          [
            "name": .string(facts.budget.name), "period": .string(facts.budget.period.rawValue),
            "from": .string(facts.start.description),
            "to": .string(facts.end.advanced(by: -1).description),
            "limit": .money(facts.budget.limitForUsage), "spent": .money(facts.spent),
            "percent": facts.percent.map { .double($0) } ?? .null,
            "refuses": .bool(facts.budget.isHard && mode != .advisory),
            "refused": .integer(facts.refused),
            "chance_over": landing.chance(of: facts.budget).map { .double($0) } ?? .null,
          ]
        })
    ]
  }

  /// `GET /api/attribution`.
  func attributionJSON(_ dimension: String) -> JSONValue {
    [
      "dimension": .string(dimension),
      "unattributed_share": unattributedShare.map { .double($0) } ?? .null,
      "owners": .array(
        (owners[dimension] ?? []).map { name, totals in
          .object([.init("name", name.map { .string($0) } ?? .null)] + totals.members)
        }),
    ]
  }

  /// `GET /api/events`.
  func eventsJSON(_ limit: Int) -> JSONValue {
    [
      "events": .array(
        names.prefix(limit).map { sum in
          [
            "name": .string(sum.name), "first_seen": .string(sum.firstSeen.description),
            "sent": .integer(sum.sent), "cost": .money(sum.cost),
            "unpriced": .integer(sum.unpriced), "last_week": .integer(sum.lastWeek),
            "week_before": .integer(sum.weekBefore),
            "growth": sum.growth.map { .double($0) } ?? .null,
          ]
        })
    ]
  }

  /// `GET /api/decisions`.
  func decisionsJSON(_ limit: Int) -> JSONValue {
    [
      "refusals": .array(
        refusals.map { ["reason": .string($0.reason), "count": .integer($0.count)] }),
      "entries": .array(
        decisions.prefix(limit).map { entry in
          [
            "sequence": .integer(entry.sequence), "at": .string(entry.at.description),
            "kind": .string(entry.kind), "body": entry.body,
          ]
        }),
    ]
  }

  /// `GET /api/alerts`.
  var alertsJSON: JSONValue { ["alerts": .array(alerts.map(\.json))] }
}

extension DashboardFacts.Totals {
  fileprivate var members: [JSONValue.Member] {
    [
      .init("cost", .money(cost)), .init("sent", .integer(sent)),
      .init("refused", .integer(refused)), .init("unpriced", .integer(unpriced)),
    ]
  }

  fileprivate var json: JSONValue { .object(members) }
}

extension EventNameSum {
  /// How the last seven days that are over compare with the seven before, as a part of them; nil where those had none.
  var growth: Double? {
    weekBefore > 0 ? Double(lastWeek) / Double(weekBefore) - 1 : nil
  }
}
