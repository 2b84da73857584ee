import GenOpsSimulation

extension ResultSchema {
  static let bridge = SchemaNode.object(
    "From the same months a year before to these; null where the history does not know them.",
    [
      (
        "lastYear",
        .list(
          of: .object(
            "A month.",
            [
              ("month", .string("ISO 8601, such as 2026-02.")),
              ("cost", .ref("amount", "What it cost.")),
              ("change", SchemaNode.number("To the month now; null where it cost nothing.").orNull),
            ]), "What each month cost a year before.")
      ),
      ("start", .ref("amount", "What they cost in all.")),
      ("change", SchemaNode.number("To what is expected; null where they cost nothing.").orNull),
      (
        "steps",
        .list(
          of: .object(
            "A step.",
            [
              (
                "kind",
                .choice(YearBridge.Step.Kind.allCases.map(\.rawValue), "What changes in it.")
              ),
              ("label", .string("What tables call it.")),
              ("amount", .ref("amount", "What it adds.")),
              ("share", SchemaNode.number("Part of last year; null where that is 0.").orNull),
            ]), "What leads from there to the expected cost, in order; they sum to the difference.")
      ),
      ("volumeMeter", SchemaNode.string("The meter by which volume is measured.").orNull),
      ("expected", .ref("amount", "The expected cost of the period.")),
    ])
}
