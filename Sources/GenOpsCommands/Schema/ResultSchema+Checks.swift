import GenOpsGovernance
import GenOpsHistory
import GenOpsPostHog
import GenOpsUnits

extension ResultSchema {
  static let billCheck = SchemaNode.object(
    "The model against bills that were paid; null without bills.",
    [
      (
        "months",
        .list(
          of: .object(
            "A billed month.",
            [
              ("month", .string("ISO 8601.")), ("modelled", .ref("amount", "By the model.")),
              ("billed", .ref("amount", "By PostHog.")),
              ("difference", SchemaNode.number("Of the bill; null where that is 0.").orNull),
            ]), "The billed months.")
      ),
      ("modelled", .ref("amount", "Sum of the model.")),
      ("billed", .ref("amount", "Sum of the bills.")),
      ("difference", SchemaNode.number("Of the bills; null where these are 0.").orNull),
      ("passes", .bool("Within 2 %.")),
      (
        "leftOut",
        .list(
          of: .string("A meter."), "Billed, but on neither side: the history has no usage of it.")
      ),
      (
        "discount",
        SchemaNode.string("The account's, where both sides are after it; else null.").orNull
      ),
    ])

  static let trackRecord = SchemaNode.object(
    "How the forecaster would have done on the history; null when that is too short.",
    [
      ("months", .integer("Months compared.")),
      ("meanAbsolutePercentError", .number("Mean absolute error of a month's cost, percent.")),
      ("coverage80", .probability("Part of months inside the 80 % range.")),
      (
        "widening",
        .number(
          "Where the record refutes the range: the standard deviation of the logarithm by which every "
            + "path's level is spread; else 0.")
      ),
      (
        "simple",
        SchemaNode.object(
          "Mean absolute errors of the simple forecasts of the same months, percent.",
          [
            ("flat", .number("Each month as the four weeks before it.")),
            (
              "sameMonth",
              SchemaNode.number(
                "Each as that of last year times the year's growth, flat where last year is not known; null "
                  + "where it never is."
              ).orNull
            ),
          ]
        ).orNull
      ),
    ])

  static let assumption = SchemaNode.object(
    "An assumption.",
    [
      ("label", .string("What is assumed, with its range.")),
      (
        "option",
        SchemaNode.string(
          "Whose figure it moves most: the cost of as is, else an option's saving; null for none."
        ).orNull
      ),
      (
        "worth",
        .ref("amount", "How far that figure moves from the low to the high end, all else as it is.")
      ),
    ])

  static let expectation = SchemaNode.object(
    "A gate.",
    [
      ("option", .string("The option it judges.")), ("expression", .string("As written.")),
      ("value", .string("What was measured, with its unit.")),
      ("known", .bool("Whether the result knows it; what it does not know never passes.")),
      ("passed", .bool("Whether it holds.")),
    ])

  static let finding = SchemaNode.object(
    "A finding.",
    [
      ("severity", .choice(Finding.Severity.allCases.map(\.rawValue), "How grave it is.")),
      ("code", .string("Stable name; 'genops explain' describes it.")),
      ("message", .string("What is wrong.")),
      ("help", SchemaNode.string("What would be right.").orNull),
      (
        "location",
        SchemaNode.object(
          "Where; null when it has no place.",
          [
            ("file", .string("As the user named it.")), ("line", .integer("From 1.")),
            ("column", .integer("From 1.")),
          ]
        ).orNull
      ),
    ])

  static let fan = SchemaNode.object(
    "Cumulative cost by day, as is: lists of one length.",
    [
      ("actualDays", .integer("How many of the first days are actual.")),
      ("budget", SchemaNode.ref("amount", "Budget of the whole period.").orNull),
      ("days", .list(of: .ref("day", "A day."), "The days in order.")),
      ("mean", line("Expected.")), ("p10", line("Low.")), ("p50", line("Median.")),
      ("p90", line("High.")),
      (
        "options",
        .list(
          of: .object("An option.", [("name", .string("Its name.")), ("mean", line("Expected."))]),
          "Expected cumulative cost of the options.")
      ),
    ])

  private static func line(_ text: String) -> SchemaNode {
    .list(of: .ref("amount", "By the end of the day."), text)
  }
}
