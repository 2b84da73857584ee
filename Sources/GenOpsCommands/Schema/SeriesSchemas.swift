import GenOpsUnits

/// The JSON Schema of what `genops forecast` and `genops backtest` write as JSON.
enum SeriesSchemas {
  static let forecast = document(
    "Result of 'genops forecast'",
    .object(
      "The steps ahead of every series.",
      [
        ("schemaVersion", .string("Major and minor version of these names.")), ("seed", seed),
        ("levels", levels), ("count", .integer("How many series there are.")),
        (
          "models",
          .list(
            of: .object(
              "A kind.",
              [
                ("name", .string("Its name.")),
                ("series", .integer("How many series it answered.")),
              ]), "Which kinds answered, the most frequent first.")
        ),
        (
          "total",
          spread("The sum of all steps of all series; null where they do not add up.").orNull
        ),
        ("before", unknown("The sum of as many steps before.")),
        ("cost", cost.orNull),
        ("series", .list(of: series, "The series, in the order of the files.")),
        ("findings", findings),
      ]))

  static let backtest = document(
    "Result of 'genops backtest'",
    .object(
      "How well each kind would have forecast what has come.",
      [
        ("schemaVersion", .string("Major and minor version of these names.")), ("seed", seed),
        ("levels", levels), ("series", .integer("How many series there are.")),
        ("tried", .integer("How many are long enough.")),
        ("windows", .integer("How many stretches were forecast.")),
        ("horizon", .integer("Steps of the longest stretch.")),
        ("winner", SchemaNode.string("The best kind.").orNull),
        ("gain", unknown("By how much its MASE is below the seasonal naive's, as a fraction.")),
        ("book", SchemaNode.string("The price book.").orNull),
        ("currency", SchemaNode.string("Its currency, ISO 4217.").orNull),
        (
          "references",
          .object(
            "The forecasts to beat, on the same stretches.",
            [("seasonalNaive", reference), ("naive2", reference)])
        ),
        ("models", .list(of: entry, "The kinds, the best first.")),
        ("stretches", .list(of: stretch, "The first 200 stretches as the best kind saw them.")),
        ("findings", findings),
      ]))

  private static func document(_ title: String, _ node: SchemaNode) -> JSONValue {
    var root = SchemaNode([
      .init("$schema", "https://json-schema.org/draft/2020-12/schema"),
      .init("title", .string(title)),
    ])
    root.members += node.members
    return root.json
  }

  private static let seed = SchemaNode.integer("Of all draws.")
  private static let levels = SchemaNode.list(
    of: .probability("A part that an interval is to hold."), "The intervals.")
  private static let findings = SchemaNode.list(
    of: ResultSchema.finding, "What is wrong, unknown or worth knowing.")

  private static func unknown(_ text: String) -> SchemaNode {
    SchemaNode.number("\(text) Null where unknown.").orNull
  }

  private static func spread(_ text: String) -> SchemaNode {
    .object(
      text,
      [
        ("mean", .number("Mean.")), ("p10", .number("10 % quantile.")),
        ("p90", .number("90 % quantile.")),
      ])
  }

  private static func amounts(_ text: String) -> SchemaNode {
    .object(
      text,
      [
        ("mean", .string("A decimal amount in currency units.")),
        ("p10", .string("10 % quantile.")),
        ("p90", .string("90 % quantile.")),
      ])
  }

  private static let cost = SchemaNode.object(
    "What the usage ahead costs at list prices, without fees and terms.",
    [
      ("book", .string("The price book.")), ("currency", .string("ISO 4217.")),
      ("total", amounts("All meters.")),
      (
        "meters",
        .list(
          of: .object(
            "One meter.",
            [
              ("meter", .string("Its id.")),
              ("opening", .integer("Units of the running month before the first step.")),
              ("cost", amounts("Its cost.")),
            ]), "By meter.")
      ),
    ])

  private static let series = SchemaNode.object(
    "One series.",
    [
      ("name", .string("Its unique_id, or its meter.")),
      ("step", .choice(["day", "week", "month", "number"], "How far apart its values are.")),
      (
        "every",
        .integer(
          "How many of them are a step: 2 with week is every second week, 3 with month a quarter.")
      ),
      ("season", .integer("Steps in a season; 1 is none.")),
      ("history", .integer("How many values it has.")),
      ("model", .string("The kind that answered.")),
      (
        "reason", SchemaNode.string("Why not the one that was asked for; null where it was.").orNull
      ),
      ("unreliable", .bool("Whether the answer is a guess.")),
      ("total", spread("The sum of the steps ahead.").orNull),
      ("before", unknown("The sum of as many steps before.")),
      ("outliers", .list(of: outlier, "Values far from their like, in order of time.")),
      ("shifts", .list(of: shift, "New levels, in order of time.")),
      ("dates", .list(of: date, "What dates of the year do, as far as the history shows it.")),
      (
        "steps",
        .list(
          of: .object(
            "A step ahead.",
            [
              ("step", .integer("From 1.")), ("ds", .string("Its date, month or number.")),
              ("mean", .number("The point forecast.")),
              (
                "intervals",
                .list(
                  of: .object(
                    "An interval.",
                    [
                      ("level", .probability("The part that it is to hold.")),
                      ("low", unknown("Its lower end.")), ("high", unknown("Its upper end.")),
                    ]), "In the order of levels.")
              ),
            ]), "The steps ahead.")
      ),
    ])

  private static let outlier = SchemaNode.object(
    "A value far from its like, which the models draw in.",
    [
      ("ds", .string("Its date, month or number.")), ("value", .number("What it is.")),
      ("usual", .number("What the values around it let expect.")),
    ])

  private static let shift = SchemaNode.object(
    "A day from which on the level was another.",
    [
      ("ds", .string("Its date.")),
      ("change", .number("The level after over that before, less 1.")),
    ])

  private static let date = SchemaNode.object(
    "Days that come again by a rule of the calendar.",
    [
      ("name", .string("What they are called.")),
      ("times", .integer("How often they are in the history.")),
      ("change", .number("Of the day that differs most from the days around it, as a fraction.")),
      (
        "days",
        .list(
          of: .object(
            "A day to which it moves.",
            [("ds", .string("Its date.")), ("change", .number("As a fraction."))]),
          "When they come next.")
      ),
    ])

  private static let reference = SchemaNode.object(
    "A simple forecast.", [("mase", unknown("Its MASE.")), ("smape", unknown("Its sMAPE."))])

  private static let entry = SchemaNode.object(
    "One kind over all stretches.",
    [
      ("model", .string("Its name.")), ("mase", unknown("Mean absolute scaled error.")),
      ("smape", unknown("Symmetric mean absolute percentage error, 0 to 200.")),
      ("owa", unknown("Overall weighted average against Naive2.")),
      ("msis", unknown("Mean scaled interval score at 95 %.")),
      ("scrps", unknown("Scaled continuous ranked probability score over the deciles.")),
      ("sumError", unknown("Median relative error of a stretch's sum.")),
      ("sumBias", unknown("The same with its sign.")),
      ("costError", unknown("Median relative error of a stretch's cost.")),
      ("costBias", unknown("The same with its sign.")),
      ("replaced", .integer("Stretches that a plainer kind answered.")),
      (
        "coverage",
        .list(
          of: .object(
            "An interval.",
            [
              ("level", .probability("The part that it promises.")),
              ("held", .probability("The part that it held.")),
              ("low", .probability("The least that chance allows.")),
              ("high", .probability("The most that chance allows.")),
              ("trials", .number("How many independent values it is judged by.")),
              ("credible", .bool("Whether the part held is one that chance allows.")),
            ]), "By interval.")
      ),
      (
        "steps",
        .list(
          of: .object(
            "A part of the horizon.",
            [
              ("first", .integer("Its first step, from 1.")), ("last", .integer("Its last step.")),
              ("mase", unknown("Its MASE.")),
              ("held", .list(of: unknown("The part that an interval held."), "By interval.")),
            ]), "By part of the horizon.")
      ),
    ])

  private static let stretch = SchemaNode.object(
    "Steps that were forecast from what came before.",
    [
      ("series", .string("Its series.")), ("first", .string("Its first step.")),
      ("last", .string("Its last step.")), ("actual", unknown("The sum that came.")),
      ("expected", unknown("The sum that was expected.")), ("mase", unknown("Its MASE.")),
      ("held", .list(of: unknown("The part of its steps that an interval held."), "By interval.")),
      (
        "cost",
        SchemaNode.object(
          "Its cost.",
          [
            ("actual", .string("What it came to.")), ("expected", .string("What was expected.")),
          ]
        ).orNull
      ),
    ])
}
