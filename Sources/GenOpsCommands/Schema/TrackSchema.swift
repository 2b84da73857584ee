import GenOpsScenario
package import GenOpsUnits

/// The JSON Schema of `genops track --format json`, as `genops schema track` prints it.
///
/// Readers should ignore names they do not know: a minor `schemaVersion` adds some.
package enum TrackSchema {
  /// The whole schema, draft 2020-12.
  package static let document: JSONValue = {
    var root = SchemaNode([
      .init("$schema", "https://json-schema.org/draft/2020-12/schema"),
      .init("title", "Result of 'genops track'"),
    ])
    root.members +=
      SchemaNode.object("Months against their budget and what was said of them.", properties)
      .members
    return root.with("$defs", .object(ResultSchema.definitions.map { .init($0.0, $0.1.json) })).json
  }()

  private static let properties: [(String, SchemaNode)] = [
    ("schemaVersion", .string("Major and minor version of these names.")),
    ("scenario", .object("What was asked.", [("name", .string("The scenario's name."))])),
    ("currency", .string("The currency of every amount, ISO 4217.")),
    ("provenance", ResultSchema.provenance),
    (
      "lastKnownDay",
      SchemaNode.ref("day", "The last day of which some usage is known; null for none.").orNull
    ),
    (
      "budget",
      SchemaNode.object(
        "The budget that months are held against; null without one.",
        [
          ("name", .string("Its name.")), ("limit", amount("Its limit.")),
          ("period", .choice(["month", "quarter", "year"], "The period of the limit.")),
        ]
      ).orNull
    ),
    ("months", .list(of: month, "The months of the period.")),
    ("total", total), ("score", score),
    ("expectations", .list(of: ResultSchema.expectation, "The lines of '--fail-on'.")),
    ("findings", .list(of: ResultSchema.finding, "What is wrong, unknown or worth knowing.")),
  ]

  private static func amount(_ text: String) -> SchemaNode { .ref("amount", text) }

  private static let month = SchemaNode.object(
    "A month.",
    [
      ("month", .string("ISO 8601, such as 2027-02.")),
      (
        "state",
        .choice(
          ["actual", "partial", "underWay", "ahead"],
          "How much of it is known: all, a part although it has ended, its first days, nothing.")
      ),
      ("knownDays", .integer("Days of which some meter is known.")),
      (
        "unknown",
        .list(of: .string("A meter id."), "Meters of which a day that has passed is not known.")
      ),
      (
        "given",
        .list(
          of: .string("A meter id."),
          "Meters that no export has and a bill alone told: taken as they were expected.")
      ),
      ("budget", amount("Its budget, or its equal part of one for longer.").orNull),
      (
        "forecast",
        SchemaNode.object(
          "What was said last before anything of it was known; null where nothing was.",
          [
            ("asOf", .ref("day", "The first day that was not known.")),
            ("p10", amount("1 in 10 futures is below.")), ("p50", amount("The middle.")),
            ("mean", amount("Expected: what the miss is counted from.")),
            ("p90", amount("1 in 10 futures is above.")),
          ]
        ).orNull
      ),
      ("actual", amount("The bill of the days that are known; null where none is.").orNull),
      ("landing", amount("Where it ends: the bill, with the forecast for what is not known.")),
      ("low", amount("p10 of the landing; null where it is not left open.").orNull),
      ("high", amount("p90 of the landing; null where it is not left open.").orNull),
      (
        "listPrice",
        amount("The landing before discounts and credits, which is what budgets judge.")
      ),
      ("overForecast", SchemaNode.number("(landing - forecast) / forecast.").orNull),
      ("overBudget", SchemaNode.number("(listPrice - budget) / budget.").orNull),
      ("miss", miss.orNull),
      (
        "oneOffDays",
        .list(
          of: .object(
            "A day out of the month's usual run.",
            [
              ("day", .ref("day", "The day.")), ("meter", .string("Meter id.")),
              ("units", .integer("Units beyond what the day would have had; below 0 for fewer.")),
              (
                "name",
                SchemaNode.string("The scenario's change or calendar effect; null for none.").orNull
              ),
            ]), "Of a month that has ended.")
      ),
    ])

  private static let miss = SchemaNode.object(
    "Landing less forecast, in parts that sum to it exactly; null before the month has ended.",
    [
      ("amount", amount("The miss.")), ("volume", amount("All meters alike.")),
      ("mix", amount("Meters against each other.")), ("oneOffs", amount("Single days.")),
      ("price", amount("The same usage at other prices.")),
      ("spread", amount("The part of volume that is there although usage was as expected.")),
      ("volumeMeter", SchemaNode.string("The meter by which volume is measured.").orNull),
      ("volumeFactor", .number("What it was multiplied by.")),
    ])

  private static let total = SchemaNode.object(
    "All months together.",
    [
      ("label", .string("Year, or Total of another number of months.")),
      ("budget", amount("The sum of the months' budgets.").orNull),
      ("forecast", amount("The sum of what was said; null where a month was not forecast.").orNull),
      ("actual", amount("The bills of the days that are known.")),
      ("landing", amount("The sum of the landings.")), ("low", amount("p10.").orNull),
      ("high", amount("p90.").orNull),
      ("listPrice", amount("The sum of the months at list price.")),
      ("overBudget", SchemaNode.number("(listPrice - budget) / budget.").orNull),
    ])

  private static let score = SchemaNode.object(
    "How often what was said held.",
    [
      ("said", .probability("The part of times that a range should hold.")),
      ("times", .integer("What was said of months that are known whole.")),
      ("held", .integer("How often the bill lay from p10 to p90.")),
      ("coverage", SchemaNode.probability("held / times; null for no times.").orNull),
      ("bias", SchemaNode.number("Mean of (actual - expected) / expected.").orNull),
      ("meanAbsoluteError", SchemaNode.number("Mean of |actual - expected| / expected.").orNull),
      ("afterwards", .integer("How many of them were worked out after their month.")),
      (
        "byHorizon",
        .list(
          of: .object(
            "What was said so many months ahead.",
            [
              ("monthsAhead", .integer("1 for the next month.")), ("times", .integer("Times.")),
              ("held", .integer("Held.")),
            ]), "The same by how far ahead it was said.")
      ),
      (
        "outcomes",
        .list(
          of: .object(
            "One time.",
            [
              ("month", .string("ISO 8601.")), ("asOf", .ref("day", "The first day not known.")),
              ("p10", amount("Said.")), ("p90", amount("Said.")), ("actual", amount("The bill.")),
              ("held", .bool("Whether it lay within.")),
            ]), "Every time.")
      ),
    ])
}
