import GenOpsGovernance
import GenOpsPostHog
import GenOpsUnits

extension DashboardFacts {
  /// The first page: what it costs, where it lands, what was lost.
  var overviewPage: Markup {
    DashboardPage.framed(
      self, path: "/", figures, landingLine, .element("h2", [:], "Cost by day"), chart,
      .element("h2", [:], "Budgets"), budgetTable, .element("h2", [:], "Alerts"), alertTable)
  }

  private var figures: Markup {
    var range = "–"
    var chance = "–"
    var note = "actuals only"
    if case .known(let landing) = landing {
      range = DashboardText.range(landing.low, landing.high, currency)
      note = "expected \(DashboardText.money(landing.expected, currency)); 8 of 10 futures"
      chance = landing.chance.map { DashboardText.percent($0) } ?? "no monthly budget"
    }
    return .element(
      "dl", ["class": "figures"],
      figure(
        "Today", DashboardText.money(today.cost, currency),
        "\(DashboardText.count(today.sent)) sent"),
      figure(
        "Month to date", DashboardText.money(month.cost, currency),
        "\(DashboardText.count(month.sent)) sent"
          + (month.unpriced > 0
            ? ", \(DashboardText.count(month.unpriced)) without a known price" : "")),
      figure("Month will land at", range, note),
      figure("Chance over budget", chance, "of the month's budget"),
      figure(
        "Lost this month", DashboardText.count(eventsLost),
        "refused here, or by PostHog since this process began"),
      figure(
        "Not attributed", unattributedShare.map { DashboardText.percent($0) } ?? "–",
        "of the month's items: no rule says whose they are"))
  }

  private func figure(_ name: String, _ value: String, _ note: String) -> Markup {
    .element(
      "div", [:], .element("dt", [:], name), .element("dd", [:], value), .element("dd", [:], note))
  }

  private var landingLine: Markup {
    let text =
      switch landing {
      case .none: "No forecast: the program genops is not installed here."
      case .waiting: "No forecast yet: three whole days have to pass first."
      case .failed(let why, let at): "No forecast, asked at \(DashboardText.time(at)): \(why)"
      case .known(let landing):
        "Forecast by genops at \(DashboardText.time(landing.at)), of the days from \(landing.known.lowerBound) to "
          + "\(landing.known.upperBound) that passed here."
      }
    return .element("p", ["class": "quiet"], text)
  }

  /// Bars, and the same numbers as a table for whoever does not see them.
  private var chart: Markup {
    let most = days.map(\.totals.cost.nanos).max() ?? 0
    let bars = days.enumerated().map { place, day -> Markup in
      // A part of the highest, in hundredths of the picture's 100; the product fits in 128 bits.
      let height =
        most > 0 ? Int64(clamping: Int128(max(0, day.totals.cost.nanos)) * 9_500 / Int128(most)) : 0
      return .element(
        "rect",
        [
          "class": "bar", "x": "\(place * 10 + 1)", "y": hundredths(10_000 - height), "width": "8",
          "height": hundredths(height),
        ], .element("title", [:], "\(day.day): \(DashboardText.money(day.totals.cost, currency))"))
    }
    let peak = DashboardText.money(Money(nanos: most), currency)
    let label = "Cost of the last \(days.count) days; the highest is \(peak)"
    return .element(
      "figure", [:],
      .element(
        "svg",
        [
          "class": "chart", "viewBox": "0 0 \(days.count * 10) 100", "preserveAspectRatio": "none",
          "role": "img", "aria-label": label,
        ],
        bars + [
          .element(
            "line",
            ["class": "axis", "x1": "0", "y1": "100", "x2": "\(days.count * 10)", "y2": "100"])
        ]),
      .element("figcaption", ["class": "quiet"], label + "."),
      .element(
        "details", [:], .element("summary", [:], "As a table"),
        DashboardTable(
          caption: "Cost by day (UTC), newest first",
          columns: [("Day", false), ("Cost", true), ("Sent", true), ("Refused", true)],
          rows: days.reversed().map { day, totals in
            [
              .text(day.description), .number(DashboardText.money(totals.cost, currency)),
              .number(DashboardText.count(totals.sent)),
              .number(DashboardText.count(totals.refused)),
            ]
          }, empty: "Nothing yet."
        ).markup))
  }

  /// A number of hundredths, not negative.
  private func hundredths(_ number: Int64) -> String {
    let rest = number % 100
    return "\(number / 100).\(rest < 10 ? "0" : "")\(rest)"
  }

  private var budgetTable: Markup {
    DashboardTable(
      caption: "Budgets in their present periods",
      columns: [
        ("Budget", false), ("Until", false), ("Spent", true), ("Limit", true), ("Used", false),
        ("Over it", false),
      ],
      rows: budgets.map { facts in
        [
          .text("\(facts.budget.name) (\(facts.budget.period.rawValue))"),
          .text(facts.end.advanced(by: -1).description),
          .number(DashboardText.money(facts.spent, currency)),
          .number(DashboardText.money(facts.budget.limitForUsage, currency)),
          .markup(used(facts)),
          .text(
            facts.budget.isHard && mode != .advisory
              ? "refused: \(DashboardText.count(facts.refused)) so far" : "passes, is told"),
        ]
      }, empty: "No budget is set: give one with --daily-budget."
    ).markup
  }

  private func used(_ facts: BudgetFacts) -> Markup {
    guard let percent = facts.percent else { return .text("–") }
    let (style, word) =
      percent >= 100
      ? ("bad tag", "used up") : percent >= 80 ? ("warn tag", "nearly") : ("good tag", "within")
    let share = DashboardText.percent(percent / 100)
    return .element(
      "meter",
      [
        "min": "0", "max": "100", "high": "80", "low": "80", "optimum": "0",
        "value": "\(min(percent, 100))", "aria-label": "used of \(facts.budget.name)",
      ], share)
      + .text(" \(share) ") + .element("span", ["class": style], word)
  }

  private var alertTable: Markup {
    DashboardTable(
      caption: "Alerts of the running periods, newest first",
      columns: [("Message", false), ("Level", false), ("At", false)],
      rows: alerts.map { notice in
        let style =
          notice.level == .error ? "bad tag" : notice.level == .warning ? "warn tag" : "tag"
        return [
          .text(notice.message), .markup(.element("span", ["class": style], notice.level.rawValue)),
          .text(DashboardText.time(notice.at)),
        ]
      }, empty: "None."
    ).markup
  }
}
