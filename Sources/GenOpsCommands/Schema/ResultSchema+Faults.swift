extension ResultSchema {
  static let fault = SchemaNode.object(
    "A fault or attack, and what it comes to.",
    [
      ("name", .string("Its name.")), ("kind", .string("Its kind.")),
      ("probability", .probability("Part of futures in which it happens within the period.")),
      ("cost", .ref("amounts", "As is with it minus without it, where it happens.")),
      ("units", .number("Mean units that it adds, or moves to other days.")),
      ("duplicates", .number("Mean copies that are dropped by their uuid.")),
      (
        "noticed",
        SchemaNode.object(
          "The first alert that it raises or brings forward; null when no budget has alerts.",
          [
            ("probability", .probability("Part of these futures with such an alert.")),
            (
              "days",
              SchemaNode.object(
                "Days from its first day; null when there never is one.",
                [
                  ("p10", .number("Early.")), ("p50", .number("Median.")),
                  ("p90", .number("Late.")),
                ]
              ).orNull
            ),
          ]
        ).orNull
      ),
      (
        "stoppedBy",
        .list(
          of: .string("Name of an option."),
          "Options that leave a tenth of the cost or less; the one that loses least first.")
      ),
      (
        "options",
        .list(
          of: .object(
            "An option.",
            [
              ("name", .string("Its name.")),
              ("cost", .ref("amount", "What the fault still costs under it, mean.")),
              ("othersLost", .number("Mean items of others that are lost because of it.")),
              ("stops", .bool("Whether it stops it.")),
            ]), "What each option leaves of it.")
      ),
    ])
}
