import GenOpsScenario
import GenOpsSimulation
import GenOpsUnits

/// What a report of a run says of itself: how its numbers came about, what its words mean, what is signed.
enum RunWords {
  /// A paragraph each.
  static func method(_ result: ScenarioResult) -> [String] {
    let futures =
      result.provenance.paths == 1
      ? "One future is drawn."
      : "\(groupedDigits(String(result.provenance.paths))) futures are drawn."
    return [
      "\(futures) In each, every uncertain number gets one value from its range, and the days ahead get a usage by "
        + "the history, growth, known changes and chance. Each day's usage goes through the adapter that runs in production and "
        + "is priced by the tiers of \(result.provenance.priceBook), so budgets, limits and sampling act as they would.",
      "All options meet the same futures: a difference between two of them is a difference in every future, not of two "
        + "forecasts. Days that are known are taken as they were.",
      "Low and high are what 1 of 10 futures stays below and above; expected is their mean, the only column that adds up. "
        + "What is lost or changed for a saving stands beside it.",
    ]
  }

  /// The words of the tables.
  static let glossary = ReportTable(
    "Glossary", [.text("Word"), .text("What it means")],
    [
      ["as is", "Nothing is decided: what runs today goes on."],
      ["ask for", "The amount that is kept in 8 of 10 futures."],
      [
        "breach, over budget",
        "Offered cost would pass the limit; a budget that refuses stops there.",
      ],
      ["expected", "The mean of all futures."],
      ["future, path", "One course of the period, with one value of every uncertain number."],
      ["landing", "What the period comes to in the end: spent and to go."],
      ["low, high", "p10 and p90: 8 of 10 futures lie between."],
      [
        "lost", "Events or other items that PostHog does not get: refused or left out by sampling.",
      ],
      ["NPV", "Net present value: benefits less costs, discounted to the first day."],
      [
        "sum",
        .init(
          "Amounts of a table are rounded so that they add up as they are shown: one may differ by 1 in its last digit "
            + "from its own rounding. result.json, CSV and the workbook have more digits of each."),
      ],
      ["shown, given, assumed", "By data; by the scenario; by this program, which says why."],
      ["tier", "A range of units of a month with a price of its own."],
      ["of the spread", "The part of the variance of the cost that one number explains."],
    ])

  /// What a signature stands under.
  static func signed(_ result: ScenarioResult) -> String {
    let ask = AskFor(result).text.map { "the amount to ask for, \($0), and " } ?? ""
    return
      "Signed is \(ask)the assumptions above, as of the scenario \(result.provenance.scenarioSHA256.prefix(12)) with "
      + "seed \(result.provenance.seed). 'genops report RUN --verify' proves that no figure was changed since."
  }

  /// Lines to sign on.
  static let signatures = ReportTable(
    "Signatures", [.text("Who"), .text("Name"), .text("Decision"), .text("Date and signature")],
    [
      ["Prepared by", " ", " ", " "], ["Owner of the budget", " ", " ", " "],
      ["Finance", " ", " ", " "],
    ])
}
