import GenOpsSimulation

extension ResultSchema {
  static let drivers = SchemaNode.object(
    "What the uncertain inputs do to cost and value as is.",
    [
      ("inputs", .list(of: driver, "The inputs, the widest swing of the cost first.")),
      (
        "rest",
        .probability(
          "Part of the variance of the cost that no input explains alone.")
      ),
    ])

  private static let driver = SchemaNode.object(
    "An uncertain input.",
    [
      ("input", .string("Its name, as 'genops plan' lists it.")),
      (
        "origin",
        .choice(
          FigureDriver.Origin.allCases.map(\.rawValue),
          "Said by the user, estimated from the history, or said by neither.")
      ),
      ("p10", .number("The input's p10.")), ("mean", .number("The input's mean.")),
      ("p90", .number("The input's p90.")),
      ("cost", ends("Expected cost where the input is at its p10 and at its p90.")),
      ("swing", .ref("amount", "How far the two are apart.")),
      ("share", .probability("Part of the variance of the cost that it explains alone.")),
      (
        "worth",
        .ref(
          "amount", "How much narrower the p10 to p90 range of the cost would be, were it known.")
      ),
      (
        "npv",
        SchemaNode.object(
          "The same of the net present value; null without 'value:'.",
          [
            ("low", .ref("amount", "At its p10.")), ("high", .ref("amount", "At its p90.")),
            ("swing", .ref("amount", "How far the two are apart.")),
          ]
        ).orNull
      ),
      (
        "breakEven",
        SchemaNode.number(
          "Its value at which the expected net present value is 0; null where there is none."
        ).orNull
      ),
    ])

  private static func ends(_ text: String) -> SchemaNode {
    .object(
      text, [("low", .ref("amount", "At its p10.")), ("high", .ref("amount", "At its p90."))])
  }
}
