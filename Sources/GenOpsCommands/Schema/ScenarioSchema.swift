import GenOpsCosting
import GenOpsForecasting
import GenOpsGovernance
import GenOpsHistory
import GenOpsMetering
import GenOpsNumerics
import GenOpsPostHog
import GenOpsScenario
package import GenOpsUnits

/// The JSON Schema of a scenario file, for editors: `genops schema scenario`.
///
/// It knows every key, and the names in every registry. What a text says (units, dates, formulas)
/// is for `genops validate`, which explains it better than a pattern can.
package enum ScenarioSchema {
  /// The file that `genops init` writes beside a scenario.
  package static let fileName = "scenario.schema.json"

  /// The whole schema, draft 2020-12.
  package static let document: JSONValue = {
    var root = SchemaNode([
      .init("$schema", "https://json-schema.org/draft/2020-12/schema"),
      .init("title", "GenOps scenario"),
    ])
    root.members += closed("A question about a year of PostHog's cost.", properties).members
    return root.with("$defs", .object(definitions.map { .init($0.0, $0.1.json) })).json
  }()

  static let properties: [(String, SchemaNode)] =
    [
      ("scenario", .string("Its name in reports.")),
      ("name", .string("The same as 'scenario'.")),
      (
        "extends",
        oneOrMany(.string("A scenario file."), "What this file does not say is taken from.")
      ),
      ("period", .string("Months: 2027-01 to 2027-12.")),
      (
        "variables",
        .map(
          of: .ref("value", "A number, an interval or a formula."),
          "Named numbers, each one draw per future.")
      ),
      (
        "history",
        oneOrMany(.string("A file or a folder."), "Usage exports of PostHog, or recorded events.")
      ),
      (
        "forecaster",
        .choice(Forecasters.registry.names, "How the days ahead are read from the history.")
      ),
      (
        "special_dates",
        oneOrMany(
          .string(
            "A code of a country, a day, a rule such as 12-24, easter-2 or 4th-thu-nov; 'none' leaves the usual ones out."
          ), "Dates of the year whose effect is read from the history.")
      ),
      ("bills", oneOrMany(.string("A file."), "Answers of /api/billing/ and /api/billing/spend/.")),
      (
        "prices",
        anyOf(
          [
            .string("A book, or a file."),
            .list(
              of: closed(
                "Prices from a day on.",
                [
                  ("from", .string("The first day: 2027-07-01.")),
                  ("book", anything("A book, a file, or a book written here.")),
                ],
                requires: ["book"]), "Books in the order of their days."),
            opened("A book of one's own, written here: what it does not say is the list's.", []),
          ], "A price book ('genops prices list') or a file; or several, one after another.")
      ),
      ("add_ons", .list(of: .string("An add-on of the book."), "Add-ons that are paid for.")),
      ("terms", terms),
      ("traffic", named(.ref("stream", "A stream."), "Streams of synthetic usage.")),
      (
        "growth",
        .map(of: .ref("growth", "How it grows."), "By meter, stream, project or flag_servers.")
      ),
      ("changes", named(.ref("change", "A change."), "What is known to happen.")),
      ("calendar", calendar),
      ("faults", named(anyOf(faults, "A fault or attack."), "What may go wrong.")),
      ("correlations", correlations),
      (
        "points",
        .choice(InputSampler.Points.allCases.map(\.rawValue), "How the futures are spread.")
      ),
      ("mix", .ref("mix", "Shares of the events by name.")),
      (
        "flags",
        closed(
          "Servers that evaluate flags locally.",
          [("servers", .ref("value", "How many.")), ("polling", .ref("value", "How often: 30 s."))])
      ),
      ("budget", oneOrMany(.ref("budget", "A budget."), "What may be spent.")),
      ("budgets", oneOrMany(.ref("budget", "A budget."), "What may be spent.")),
      ("governance", .ref("governance", "How budgets are enforced.")),
      (
        "options", named(.ref("option", "An option."), "Alternatives; each meets the same futures.")
      ),
      ("value", value),
      (
        "optimize",
        closed(
          "What 'genops optimize' decides.",
          [
            (
              "variables",
              named(
                .list(of: anything("A value; 'as is' leaves the place as it is."), "Its choices."),
                "Places of an option, such as sample.$pageview, with what may stand there.")
            ),
            (
              "objective",
              .string("cost, cost.p90, cost and lost data, npv, or lost data.")
            ),
            ("subject_to", .ref("conditions", "What has to hold of the policy.")),
          ])
      ),
      (
        "expect",
        anyOf(
          [
            .ref("conditions", "Of the scenario as it is."),
            .map(of: .ref("conditions", "Conditions."), "By option."),
          ], "What must hold: exit 1 when it does not.")
      ),
      ("seed", .integer("The seed of all random numbers.").with("minimum", 0)),
      ("paths", .integer("How many futures.").with("minimum", 1).with("maximum", 1_000_000)),
      ("grain", .choice(Scenario.Grain.allCases.map(\.rawValue), "How events are admitted.")),
      ("mode", .choice(Scenario.Grain.allCases.map(\.rawValue), "The old name of grain.")),
      (
        "billing_day",
        .integer("The day on which a billing period begins.").with("minimum", 1).with("maximum", 31)
      ),
      (
        "opening_usage",
        .map(of: .ref("value", "Units."), "Usage since the billing period began, by meter.")
      ),
    ] + Attribution.dimensions.map { ($0, SchemaNode.string("Whose usage this is.")) }

  static let definitions: [(String, SchemaNode)] = [
    (
      "value",
      anyOf(
        [
          .number("A number."),
          .string("A number with its unit, an interval 'a to b', or a formula."),
          .ref("distribution", "A distribution."),
        ], "A number, certain or not.")
    ),
    (
      "distribution",
      opened(
        "A distribution: 'genops kinds distributions'.",
        [("dist", .choice(Distributions.registry.names, "Its kind."))])
    ),
    (
      "growth",
      anyOf(
        [.string("A rate: 2% to 6% per month."), .ref("distribution", "A distribution of rates.")]
          + models, "How usage grows.")
    ),
    ("stream", stream),
    (
      "mix",
      .map(
        of: .ref("value", "A share: 40% to 50%."),
        "Shares by event name; what is not named is the rest.")
    ),
    (
      "change",
      SchemaNode.object(
        "A change of meters or streams.", [("from", SchemaNode.string("The first day."))]
      ).with("additionalProperties", SchemaNode.ref("value", "+20%, x1.5, +40k per day.").json)
    ),
    (
      "budget",
      anyOf(
        [
          .string("5000 USD per month."),
          opened(
            "A budget with its name and scope.", [("limit", .string("5000 USD per month."))]),
        ], "A budget.")
    ),
    (
      "governance",
      opened(
        "Mode, budgets and policies.",
        [
          (
            "mode",
            SchemaNode.choice(
              GovernanceMode.allCases.map(\.rawValue) + [
                "basic", "standard", "enhanced", "regulated",
              ], "What happens at a limit."
            ).optional
          )
        ])
    ),
    (
      "option",
      closed(
        "What is done, by lever.", Levers.registry.entries.map { ($0.name, anything($0.summary)) })
    ),
    ("conditions", oneOrMany(.string("cost.p95 <= 6000 USD"), "Conditions.")),
    (
      "line",
      closed(
        "An amount.",
        [
          ("amount", .ref("value", "3500 USD per month, or hours with 'at'.")),
          ("at", .ref("value", "The price of an hour.")),
          ("captured", .ref("value", "The part that becomes money.")),
          ("from", .string("2027-05")),
          ("to", .string("2027-12")),
          ("ramp", .ref("value", "Months from nothing to the full amount: 3 months.")),
          ("kind", .choice(ValueCase.Kind.allCases.map(\.rawValue), "What kind of good it is.")),
        ])
    ),
  ]

  static let models: [SchemaNode] = GrowthModels.registry.entries.map { entry in
    var keys: [(String, SchemaNode)] = [
      ("model", .choice([entry.name], entry.summary)),
      ("fit", .choice(["history"], "Find the parameters in the history.")),
    ]
    for (names, meaning) in entry.kind.manual.parameters {
      for name in names.split(separator: ",") {
        keys.append((name.trimmingPrefix(" ").description, anything(meaning)))
      }
    }
    return closed(entry.summary, keys, requires: ["model"])
  }
}
