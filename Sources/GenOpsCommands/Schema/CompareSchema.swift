package import GenOpsUnits

/// The JSON Schema of `genops compare --format json`, as `genops schema compare` prints it.
///
/// Readers should ignore names they do not know: a minor `schemaVersion` adds some.
package enum CompareSchema {
  /// The whole schema, draft 2020-12.
  package static let document: JSONValue = {
    var root = SchemaNode([
      .init("$schema", "https://json-schema.org/draft/2020-12/schema"),
      .init("title", "Result of 'genops compare'"),
    ])
    root.members +=
      SchemaNode.object("Scenarios and their options on the same futures.", properties).members
    return root.with("$defs", .object(ResultSchema.definitions.map { .init($0.0, $0.1.json) })).json
  }()

  private static let properties: [(String, SchemaNode)] = [
    ("schemaVersion", .string("Major and minor version of these names.")),
    ("currency", .string("The currency of every amount, ISO 4217.")),
    ("baseline", .string("The label of the choice that all are held against.")),
    ("scenarios", .list(of: scenario, "The scenarios, in the order in which they were named.")),
    ("choices", .list(of: choice, "Each scenario as is, then its options.")),
    ("lead", lead.orNull),
    ("findings", .list(of: ResultSchema.finding, "What is wrong, unknown or worth knowing.")),
  ]

  private static let scenario = SchemaNode.object(
    "A scenario.",
    [
      ("label", .string("What tables call it.")), ("name", .string("The scenario's name.")),
      ("provenance", ResultSchema.provenance),
      (
        "changes",
        .list(of: .string("place: old -> new"), "In which values its file differs from the first.")
      ),
      (
        "bridge",
        .list(
          of: .object(
            "A line of the bill.",
            [
              ("label", .string("Invoice name, or the name of a fee.")),
              ("amount", .ref("amount", "What it adds to the expected cost.")),
            ]), "From the first scenario as is to this one; the parts sum to the difference.")
      ),
    ])

  private static let choice = SchemaNode.object(
    "A scenario as is, or one of its options.",
    [
      ("label", .string("What tables call it.")),
      ("scenario", .string("The label of its scenario.")),
      ("option", ResultSchema.option),
      ("difference", .ref("amounts", "Its cost less the baseline's, future by future.")),
      ("cheaper", .probability("Part of futures in which it costs less than the baseline.")),
      (
        "npvDifference",
        SchemaNode.ref(
          "amounts", "Its net present value less the baseline's; null where one has none."
        ).orNull
      ),
    ])

  private static let lead = SchemaNode.object(
    "The cheapest of those that lose no more than the baseline; null for fewer than two.",
    [
      ("best", .string("Its label.")), ("next", .string("The label of the next best.")),
      ("difference", .ref("amounts", "The cost of the next best less that of the best.")),
      ("cheaper", .probability("Part of futures in which the best costs less.")),
    ])
}
