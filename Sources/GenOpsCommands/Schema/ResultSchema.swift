import GenOpsHistory
import GenOpsMetering
import GenOpsScenario
package import GenOpsUnits

/// The JSON Schema of `result.json`, as `genops schema result` prints it.
///
/// Readers should ignore names they do not know: a minor `schemaVersion` adds some.
package enum ResultSchema {
  /// The whole schema, draft 2020-12.
  package static let document: JSONValue = {
    var root = SchemaNode([
      .init("$schema", "https://json-schema.org/draft/2020-12/schema"),
      .init("title", "Result of 'genops run'"),
    ])
    root.members +=
      SchemaNode.object(
        "A scenario's cost, budgets, options and value over all futures.", properties
      ).members
    return root.with("$defs", .object(definitions.map { .init($0.0, $0.1.json) })).json
  }()

  private static let properties: [(String, SchemaNode)] = [
    ("schemaVersion", .string("Major and minor version of these names.")),
    ("scenario", .object("What was asked.", [("name", .string("The scenario's name."))])),
    ("currency", .string("The currency of every amount, ISO 4217.")),
    ("provenance", provenance),
    (
      "total",
      .object(
        "The whole period, as is.",
        [
          ("cost", .ref("amounts", "Cost of the whole period.")),
          (
            "costByMeter",
            .list(
              of: .object(
                "One line of the bill.",
                [
                  ("label", .string("Invoice name, or the name of a fee.")),
                  ("meter", SchemaNode.string("Meter id; null for a fee.").orNull),
                  ("mean", .ref("amount", "Expected cost.")),
                  ("share", SchemaNode.number("Part of the sum; null where that is 0.").orNull),
                ]), "Where the expected cost goes.")
          ),
          ("sum", .ref("amount", "Sum of these lines.")),
          ("listPrice", .ref("amount", "Expected cost before what the terms change.")),
          (
            "agreedTerms",
            .ref(
              "amount", "What the terms of the contract come to, mean; below 0 where they take off."
            )
          ),
        ])
    ),
    ("months", .list(of: month, "The months of the period, as is.")),
    ("quarters", .list(of: quarter, "The quarters of the period.")),
    ("year", .ref("period", "The whole period.")),
    ("accrual", accrual.orNull),
    ("yearLabel", .string("What tables call the whole period.")),
    ("budgets", .list(of: budget, "How each budget fares as is.")),
    ("attribution", .list(of: attribution, "Cost by who caused it.")),
    ("options", .list(of: option, "The alternatives on the same futures; the first is as is.")),
    ("doubt", doubt.orNull), ("roi", roi.orNull),
    ("lossHasWorth", .bool("Whether the scenario says what a lost event is worth.")),
    ("billCheck", billCheck.orNull),
    ("trackRecord", trackRecord.orNull),
    ("faults", .list(of: fault, "What may go wrong, and what it comes to.")),
    (
      "assumptions",
      .list(of: assumption, "What neither data nor the scenario says, the dearest first.")
    ),
    ("actuals", .list(of: actual, "Billing periods that the history knows, the oldest first.")),
    (
      "register",
      .list(
        of: registered,
        "Numbers that are uncertain or assumed, the one whose knowing is worth most first.")
    ),
    ("bridge", bridge.orNull),
    ("drivers", drivers),
    ("expectations", .list(of: expectation, "The lines of 'expect:' and '--fail-on'.")),
    ("findings", .list(of: finding, "What is wrong, unknown or worth knowing.")),
    ("fan", fan), ("sheets", sheets),
  ]

  static let definitions: [(String, SchemaNode)] = [
    (
      "amount",
      SchemaNode.string("A decimal amount in currency units with 2 to 9 decimals.")
        .with("pattern", "^-?[0-9]+\\.[0-9]{2,9}$")
    ),
    (
      "day", SchemaNode.string("A day, ISO 8601.").with("pattern", "^[0-9]{4}-[0-9]{2}-[0-9]{2}$")
    ),
    (
      "amounts",
      .object(
        "An amount over all futures, rounded to 6 decimals.",
        Quantile.allCases.map { ($0.rawValue, SchemaNode.ref("amount", statistic($0)).orNull) })
    ),
    (
      "quantities",
      .object(
        "A quantity over all futures, rounded to 6 decimals.",
        Quantile.allCases.map { ($0.rawValue, SchemaNode.number(statistic($0)).orNull) })
    ),
    ("lost", lost),
    (
      "period",
      .object(
        "A half-open range of days.",
        [
          ("label", .string("Its name in tables.")), ("start", .ref("day", "First day.")),
          ("end", .ref("day", "First day after it.")), ("cost", .ref("amounts", "Its cost.")),
        ])
    ),
  ]

  static func statistic(_ quantile: Quantile) -> String {
    switch quantile {
    case .mean: "Mean: the only statistic that adds up."
    case .sd: "Standard deviation."
    case .standardError: "Standard error of the mean: how much another seed would change it."
    default: "Quantile: this many percent of futures are not above it."
    }
  }
}
