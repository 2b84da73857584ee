import GenOpsScenario
package import GenOpsUnits

/// The JSON Schema of `genops optimize --format json`, as `genops schema optimize` prints it.
///
/// Readers should ignore names they do not know: a minor `schemaVersion` adds some.
package enum OptimizeSchema {
  /// The whole schema, draft 2020-12.
  package static let document: JSONValue = {
    var root = SchemaNode([
      .init("$schema", "https://json-schema.org/draft/2020-12/schema"),
      .init("title", "Result of 'genops optimize'"),
    ])
    root.members +=
      SchemaNode.object("The best policy, and what it was chosen from.", properties).members
    let definitions = ResultSchema.definitions + [("policy", policy), ("advantage", advantage)]
    return root.with("$defs", .object(definitions.map { .init($0.0, $0.1.json) })).json
  }()

  private static let properties: [(String, SchemaNode)] = [
    ("schemaVersion", .string("Major and minor version of these names.")),
    ("scenario", .object("What was asked.", [("name", .string("The scenario's name."))])),
    ("currency", .string("The currency of every amount, ISO 4217.")),
    ("provenance", ResultSchema.provenance),
    (
      "search",
      .object(
        "How it was found.",
        [
          ("combinations", SchemaNode.number("All policies; null for countless.").orNull),
          ("tried", .integer("Policies that were tried.")),
          ("exhaustive", .bool("Whether all were.")),
          ("paths", .integer("Futures on which they were tried.")),
          ("seed", .string("The seed of those; that of the fresh ones is in provenance.")),
        ])
    ),
    ("objective", .string("What was made small, or of npv large.")),
    (
      "variables",
      .list(
        of: .object(
          "A place that was decided.",
          [
            ("place", .string("Where, such as sample.$pageview.")),
            ("choices", .list(of: .string("A value."), "The first leaves it as it is.")),
            ("chosen", .string("That of the best policy.")),
          ]), "What was decided.")
    ),
    ("conditions", .list(of: .string("A condition."), "What had to hold.")),
    ("asIs", .ref("policy", "Nothing changed.")),
    (
      "best",
      .ref("policy", "The best on fresh futures; where none meets the conditions, the closest.")
    ),
    ("patch", .string("The line that makes it an option, to put under 'options:'.")),
    ("runnerUp", SchemaNode.ref("policy", "The next best; null without one.").orNull),
    ("advantage", SchemaNode.ref("advantage", "Of the best over the runner-up.").orNull),
    ("gain", .ref("advantage", "Of the best over as is.")),
    (
      "front",
      .list(
        of: .ref("policy", "A policy."),
        "Those of which no other costs as little and loses as little, the dearest first.")
    ),
    (
      "putBack",
      .list(
        of: .object(
          "The best with one place put back to what it is.",
          [("place", .string("Which.")), ("policy", .ref("policy", "What comes of it."))]),
        "For each place that it changes.")
    ),
    (
      "leastAction",
      SchemaNode.ref("policy", "What loses and changes least of what makes the first budget safe.")
        .orNull
    ),
    (
      "assumedBest",
      SchemaNode.ref("policy", "What would be the best if what is assumed held.").orNull
    ),
    ("breachClock", clock.orNull),
    ("findings", .list(of: ResultSchema.finding, "What is wrong, unknown or worth knowing.")),
  ]

  private static let policy = SchemaNode.object(
    "A policy on the fresh futures.",
    [
      ("label", .string("What it does, in one line.")),
      ("choices", .map(of: .string("A choice."), "By place.")),
      ("meetsConditions", .bool("Whether all conditions hold.")),
      (
        "conditions",
        .list(
          of: .object(
            "A condition.",
            [
              ("expression", .string("As written.")), ("value", .string("What it is.")),
              ("passed", .bool("Whether it holds.")),
            ]), "In their order.")
      ),
      ("objective", .number("The value of the objective.")),
      ("cost", .ref("amounts", "Cost of the whole period.")),
      ("saves", .ref("amounts", "As is minus this, future by future.")),
      ("shownSaving", .ref("amount", "Mean saving with what is assumed at its lower end.")),
      (
        "breachProbability",
        SchemaNode.probability("Part of futures that breach the first budget.").orNull
      ),
      (
        "lost", .ref("lost", "Data it keeps from PostHog, with what is not produced at the source.")
      ),
      ("sideEffects", .list(of: .string("One effect."), "What else it changes.")),
      ("assumptions", .list(of: .string("What is assumed."), "What the saving rests on.")),
    ])

  private static let advantage = SchemaNode.object(
    "What one policy is better by than another, future by future: less cost, or more value.",
    [
      ("mean", .ref("amount", "In the mean.")), ("low", .ref("amount", "95 % sure of the mean.")),
      ("high", .ref("amount", "95 % sure of the mean.")),
      ("p10", .ref("amount", "1 in 10 futures is below.")),
      ("p90", .ref("amount", "1 in 10 futures is above.")),
      ("chance", .probability("Part of futures in which it is better.")),
      ("lost", .number("How many items less it loses.")),
    ])

  private static let clock = SchemaNode.object(
    "When the first budget is passed; null without one.",
    [
      ("budget", .string("Its name.")), ("limit", .ref("amount", "Its limit.")),
      ("period", .string("The period of the limit.")),
      ("refuses", .bool("Whether it refuses under the policy: a breach is then a refusal.")),
      ("safeAt", .probability("It is safe where no larger part of futures passes it.")),
      (
        "months",
        .list(of: .object("A month.", [("month", .string("ISO 8601."))] + hands), "By month.")
      ),
      ("days", .list(of: .object("A day.", [("day", .ref("day", "The day."))] + hands), "By day.")),
    ])

  private static let hands: [(String, SchemaNode)] = [("asIs", hand), ("policy", hand)]

  private static let hand = SchemaNode.object(
    "How likely it is passed.",
    [
      ("probability", .probability("Part of futures that have passed it by the end.")),
      (
        "hazard",
        SchemaNode.probability(
          "Of the futures that had not before, the part that passes it then; null where all had."
        ).orNull
      ),
    ])
}
