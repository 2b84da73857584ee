import GenOpsReporting
import GenOpsSimulation
import GenOpsUnits

extension ResultSchema {
  static let doubt = SchemaNode.object(
    "Why no headline may rest on the forecast; null where one may.",
    [
      ("reason", .choice(["short-history", "yearly-tiers"], "What is missing.")),
      (
        "product",
        SchemaNode.string("Of a short history, whose; null where all of it is short.").orNull
      ),
      ("days", SchemaNode.integer("Of a short history, how many of its days are known.").orNull),
    ])

  static let actual = SchemaNode.object(
    "A billing period, or its days so far.",
    [
      ("start", .ref("day", "First day.")), ("end", .ref("day", "First day after it.")),
      ("knownTo", .ref("day", "First day that is not known; 'end' of one that is over.")),
      ("total", .ref("amount", "Sum of its lines.")),
      (
        "lines",
        .list(
          of: .object(
            "A meter of a project, a fee, or a product that was billed.",
            [
              ("label", .string("Invoice name, or the name of a fee.")),
              ("meter", SchemaNode.string("Meter id; null for a fee.").orNull),
              ("project", SchemaNode.string("Whose; null of the organization.").orNull),
              ("units", SchemaNode.integer("What was used; null where it is not known.").orNull),
              ("listed", SchemaNode.ref("amount", "By the price book, before terms.").orNull),
              ("billed", SchemaNode.ref("amount", "As billed; null without a bill.").orNull),
              ("cost", .ref("amount", "As billed, else by the book.")),
            ]), "Its lines.")
      ),
      (
        "unknown",
        .list(of: .string("A meter."), "Used, but a day of it is not known: in no line.")
      ),
    ])

  static let registered = SchemaNode.object(
    "A number that is uncertain or assumed.",
    [
      ("input", .string("Its name, as 'genops plan' lists it.")),
      (
        "origin",
        .choice(
          FigureDriver.Origin.allCases.map(\.rawValue),
          "Said by the user, shown by the history, or assumed.")
      ),
      ("p10", anyNumber("Its p10; a day where it is one.")),
      ("mean", anyNumber("Its mean.")), ("p90", anyNumber("Its p90.")),
      (
        "worth",
        .ref(
          "amount", "How much narrower the p10 to p90 range of the cost would be, were it known.")
      ),
      ("source", .string("What it rests on.")),
      ("owner", SchemaNode.string("Who answers for it; null without an owner.").orNull),
      ("review", SchemaNode.ref("day", "When it is looked at again; null without.").orNull),
    ])

  private static func anyNumber(_ text: String) -> SchemaNode {
    SchemaNode([
      .init("description", .string(text)),
      .init(
        "anyOf",
        [SchemaNode.number("A number.").orNull.json, SchemaNode.ref("day", "A day.").json]),
    ])
  }

  static let quarter = SchemaNode.object(
    "A half-open range of days.",
    [
      ("label", .string("Its name in tables.")), ("start", .ref("day", "First day.")),
      ("end", .ref("day", "First day after it.")), ("cost", .ref("amounts", "Its cost.")),
      (
        "yearBefore",
        SchemaNode.ref("amount", "The same months a year before; null where not known.").orNull
      ),
      ("change", SchemaNode.number("To a year before; null where not known.").orNull),
    ])

  static let accrual = SchemaNode.object(
    "What is spent of a period that has begun; null of one that has not.",
    [
      ("to", .ref("day", "The last day that has passed.")),
      ("spent", .ref("amount", "What has come together by its end.")),
      ("toGo", span("What is left of the landing.")), ("landing", span("The cost of the period.")),
    ])

  private static func span(_ text: String) -> SchemaNode {
    .object(
      text,
      [
        ("low", .ref("amount", "p10.")), ("expected", .ref("amount", "Mean.")),
        ("high", .ref("amount", "p90.")),
      ])
  }

  static let sheets = SchemaNode.list(
    of: .object(
      "A sheet.",
      [
        ("name", .string("Its name.")),
        ("frozen", .list(of: .integer("A number."), "Rows and columns that stay in sight.")),
        (
          "filter",
          SchemaNode.list(of: .integer("A row."), "The header's row, and the row behind the last.")
            .orNull
        ),
        (
          "widths",
          .list(
            of: .list(of: .integer("A number."), "A column and its characters."),
            "Columns that are not as wide as what is in them.")
        ),
        (
          "names",
          .list(
            of: .object(
              "A name for a cell.",
              [
                ("name", .string("The name.")), ("sheet", .string("The cell's sheet.")),
                ("row", .integer("Its row, from 0.")), ("column", .integer("Its column, from 0.")),
              ]), "What formulas and people may call cells.")
        ),
        (
          "rows",
          .list(
            of: .object(
              "A row; lists beside its values are as long as they are.",
              [
                ("values", SchemaNode([.init("type", "array")])),
                ("formulas", SchemaNode([.init("type", "array")]).optional),
                ("looks", .list(of: .string("role/form"), "How its cells look.").optional),
              ]), "Its rows.")
        ),
      ]),
    "The sheets of the workbook that do not stand elsewhere in this file: prices, usage, bills as formulas."
  )
}
