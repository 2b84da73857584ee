import GenOpsLedger
import GenOpsMetering
import GenOpsUnits

extension DashboardFacts {
  /// What was used: by meter, and by the name of the event.
  var usagePage: Markup {
    DashboardPage.framed(
      self, path: "/usage", .element("h2", [:], "By meter"),
      DashboardTable(
        caption: "Units of the month to date, as PostHog bills them",
        columns: [("Meter", false), ("Units", true)],
        rows: units.used.map {
          [.text($0.invoiceName), .number(DashboardText.count(units[$0]))]
        }, empty: "Nothing was used this month."
      ).markup, .element("h2", [:], "By event"),
      DashboardTable(
        caption:
          "Sent this month, the dearest first; growth is the last seven whole days beside the seven before",
        columns: [
          ("Event", false), ("First seen", false), ("Sent", true), ("Cost", true),
          ("Last week", true), ("Growth", true),
        ], rows: names.map { nameRow($0) }, empty: "No event was sent yet."
      ).markup)
  }

  private func nameRow(_ sum: EventNameSum) -> [DashboardTable.Cell] {
    let isNew = sum.firstSeen.distance(to: at.day) < 7
    return [
      .markup(
        .text(sum.name)
          + (isNew ? .text(" ") + .element("span", ["class": "tag warn"], "new") : .empty)),
      .text(sum.firstSeen.description), .number(DashboardText.count(sum.sent)),
      .number(
        DashboardText.money(sum.cost, currency)
          + (sum.unpriced > 0 ? " and \(DashboardText.count(sum.unpriced)) unpriced" : "")),
      .number(DashboardText.count(sum.lastWeek)),
      .number(sum.growth.map { ($0 > 0 ? "+" : "") + DashboardText.percent($0) } ?? "–"),
    ]
  }

  /// Whose it was, by each dimension of attribution.
  var ownersPage: Markup {
    let share = unattributedShare.map { DashboardText.percent($0) } ?? "–"
    let titles = [
      "team": "Teams", "project": "Projects", "environment": "Environments",
      "customer": "Tenants (customers)", "cost_center": "Cost centres", "feature": "Features",
    ]
    let tables = Attribution.dimensions.map { dimension -> Markup in
      let rows = owners[dimension] ?? []
      // A dimension that nothing has says nothing.
      guard rows.contains(where: { $0.name != nil }) else { return .empty }
      return .element("h2", [:], titles[dimension] ?? dimension)
        + DashboardTable(
          caption: "Month to date by \(dimension)",
          columns: [
            ("Name", false), ("Cost", true), ("Share", true), ("Sent", true), ("Refused", true),
          ],
          rows: rows.map { name, totals in
            [
              .text(name ?? "not named"), .number(DashboardText.money(totals.cost, currency)),
              .number(
                month.cost > .zero
                  ? DashboardText.percent(totals.cost.approximate / month.cost.approximate) : "–"),
              .number(DashboardText.count(totals.sent)),
              .number(DashboardText.count(totals.refused)),
            ]
          }, empty: "Nothing yet."
        ).markup
    }
    return DashboardPage.framed(
      self, path: "/owners",
      .element(
        "p", [:],
        "Of the month's items \(share) are not attributed: no rule says whose they are, so they have the account's own team."
      ), tables.reduce(.empty, +))
  }

  /// What was refused, and what the audit log says.
  var decisionsPage: Markup {
    DashboardPage.framed(
      self, path: "/decisions", .element("h2", [:], "Refused this month"),
      DashboardTable(
        caption: "By reason", columns: [("Reason", false), ("Items", true)],
        rows: refusals.map { [.text($0.reason), .number(DashboardText.count($0.count))] },
        empty: "Nothing was refused this month."
      ).markup, .element("h2", [:], "Audit log"),
      DashboardTable(
        caption: "The newest entries; accepted events stand together",
        columns: [("Entry", false), ("At", false), ("What", false)],
        rows: decisions.map { entry in
          [
            .text("\(entry.sequence) \(entry.kind)"), .text(DashboardText.time(entry.at)),
            .markup(.element("code", [:], entry.body.description)),
          ]
        }, empty: "Nothing yet."
      ).markup)
  }
}
