import GenOpsHistory
import GenOpsMetering
import GenOpsNumerics
import GenOpsPostHog
import GenOpsScenario
import GenOpsSimulation
import GenOpsUnits

extension ResultSchema {
  static let provenance = SchemaNode.object(
    "What the result is a function of.",
    [
      ("version", .string("Version of genops.")),
      ("scenarioSHA256", .string("Digest of the scenario and the data it reads, hexadecimal.")),
      ("priceBook", .string("Name of the price book.")),
      ("priceBookSHA256", .string("Digest of the price book, hexadecimal.")),
      ("priceBookAgeDays", .integer("Days from the book's retrieval to the first day.")),
      ("seed", .integer("Seed of the random streams, up to 2^64 - 1.")),
      ("paths", .integer("Number of futures.")),
      ("mathFingerprint", .string("Hash of the maths library's answers.")),
      ("mode", .choice(["binned", "exact"], "How events were admitted.")),
      (
        "points",
        SchemaNode.choice(
          ["antithetic", "sobol", "halton"],
          "How the futures are spread; absent when they are independent. Standard errors then come "
            + "from independent randomizations."
        ).optional
      ),
      ("scenario", .string("The scenario's file, as 'genops run' was given it.")),
      ("settings", .list(of: .string("place=value"), "What --set and --mode put over it.")),
      ("failOn", .list(of: .string("A condition."), "The conditions of --fail-on.")),
    ])

  static let month = SchemaNode.object(
    "A month as is.",
    [
      ("month", .string("ISO 8601, such as 2027-02.")),
      ("actual", .bool("Whether everything on all of its days comes from the history.")),
      ("actualDays", .integer("How many of its first days come from the history.")),
      ("cost", .ref("amounts", "Its cost.")),
      ("usage", .map(of: .ref("quantities", "Units of the meter."), "Usage by meter id.")),
      ("costByMeter", .map(of: .ref("amounts", "Cost of the meter."), "Cost by meter id.")),
      ("besideUsage", .ref("amount", "What it costs beside usage, mean: fees and terms.")),
      ("lost", .ref("lost", "Data kept from PostHog.")),
      (
        "breachProbability",
        SchemaNode.probability(
          "Part of futures over a budget in it: passed in this month, or before it in the budget's "
            + "period that still runs. Null without a budget."
        ).orNull
      ),
      (
        "wasOver",
        .probability(
          "Part of futures in which a budget that refuses was over on days of it that have passed: nothing "
            + "was refused then.")
      ),
      (
        "agreedTerms",
        .ref("amount", "What the terms of the contract come to, mean; below 0 where they take off.")
      ),
      (
        "unknown",
        .list(of: .string("A stream."), "Streams of which some of the actual days are not known.")
      ),
      ("drivers", .list(of: .string("A change or fact."), "What moves this month.")),
    ])

  static let lost = SchemaNode.object(
    "Data that governance kept from PostHog: means over all futures, in events or other units.",
    [
      ("refused", .number("Refused.")), ("sampled", .number("Left out by sampling.")),
      ("critical", .number("Of these, units of critical event classes.")),
      ("total", .number("Refused and left out.")),
      (
        "offered",
        .number("Everything offered in the period, of a month that of the kinds that are lost.")
      ),
      (
        "share",
        .number(
          "Lost part of what was offered, of the meter that loses the largest part of its own.")
      ),
      (
        "byClass",
        .list(
          of: .object(
            "A class.", [("name", .string("Event class.")), ("lost", .number("Units lost."))]),
          "Lost units by event class, largest first.")
      ),
      (
        "byMeter",
        .map(
          of: .number("Items lost."),
          "By what an item is counted on: events, recordings, …; empty for a month.")
      ),
      (
        "offeredByMeter",
        .map(
          of: .number("Items offered."),
          "Everything offered, by what an item is counted on; empty for a month.")
      ),
    ])

  static let budget = SchemaNode.object(
    "A budget as is.",
    [
      ("name", .string("Its name.")), ("limit", .ref("amount", "Its limit per period.")),
      ("period", .choice(BudgetPeriod.allCases.map(\.rawValue), "How long it runs.")),
      (
        "refuses",
        .bool("Whether it refuses what would cross it: a breach is then the first refusal.")
      ),
      ("breachProbability", .probability("Part of futures that breach it at least once.")),
      (
        "wasOver",
        .probability(
          "Of one that refuses, part of futures in which it was over on days that have passed: they stay "
            + "as they are, so that is not a breach.")
      ),
      (
        "firstBreach",
        SchemaNode.object(
          "Day of the first breach in the futures that breach; null when none does.",
          [
            ("p10", .ref("day", "Early.")), ("p50", .ref("day", "Median.")),
            ("p90", .ref("day", "Late.")),
          ]
        ).orNull
      ),
      ("expectedOvershoot", .ref("amount", "Mean offered spend above the limit when breached.")),
      (
        "askFor",
        SchemaNode.ref(
          "amount",
          "Kept in 8 of 10 futures as is, per budget period; null where the history is too short."
        ).orNull
      ),
      (
        "askForWithOption",
        SchemaNode.object(
          "The same with the best option that loses no data; null without one.",
          [("option", .string("Its name.")), ("amount", .ref("amount", "The amount."))]
        ).orNull
      ),
    ])

  static let attribution = SchemaNode.object(
    "One team, project or other dimension; those not set are absent.",
    Attribution.dimensions.map { ($0, SchemaNode.string("Value of this dimension.").optional) } + [
      ("cost", .ref("amounts", "Marginal cost: the parts sum to the usage cost.")),
      ("proRata", .ref("amount", "Part of the whole bill, fees included.")),
    ])

  static let option = SchemaNode.object(
    "An alternative on the same futures.",
    [
      ("name", .string("Its name.")), ("cost", .ref("amounts", "Cost of the whole period.")),
      ("saves", .ref("amounts", "As is minus this, future by future.")),
      (
        "breachProbability",
        SchemaNode.probability("Part of futures that breach the first budget.").orNull
      ),
      ("refuses", .bool("Whether that budget refuses what would cross it.")),
      (
        "wasOver",
        .probability("Part of futures in which one that refuses was over on days that have passed.")
      ),
      (
        "assumptions",
        .list(
          of: .string("What is assumed, with its range."),
          "What the saving rests on besides data and what the user gives; of as is, the cost.")
      ),
      (
        "shownSaving",
        .ref(
          "amount",
          "Mean saving where everything that is assumed is at its lower end; 0 where nothing is.")
      ),
      ("lost", .ref("lost", "Data it keeps from PostHog.")),
      ("sideEffects", .list(of: .string("One effect."), "What else it changes.")),
      ("npv", SchemaNode.ref("amounts", "Net present value.").orNull),
      (
        "askFor",
        SchemaNode.ref(
          "amount", "Kept in 8 of 10 futures; null where the history is too short."
        ).orNull
      ),
      ("decision", decision.orNull),
    ])

  private static let decision = SchemaNode.object(
    "What the change is worth from the first month that can still change, beside as is; null of as is.",
    [
      ("cost", .ref("amounts", "What the change itself costs.")),
      ("net", .ref("amounts", "What it saves less what it costs, not discounted.")),
      ("probabilityOfLoss", .probability("Part of futures in which it saves less than it costs.")),
      ("paybackMonths", paybackMonths("Months until it has saved what it cost.")),
      (
        "npv",
        SchemaNode.ref(
          "amounts", "Net present value; null where data is lost whose worth is not given."
        ).orNull
      ),
      (
        "roi",
        SchemaNode.ref(
          "quantities",
          "Saved minus spent over spent, at present value, percent; null where nothing is spent."
        ).orNull
      ),
      ("discountRatePerYear", .number("0.1 is 10 % per year.")),
    ])

  private static func paybackMonths(_ text: String) -> SchemaNode {
    .object(
      "\(text) A statistic that falls on a future without payback is null.",
      Quantile.allCases.map { ($0.rawValue, SchemaNode.number(statistic($0)).orNull) } + [
        ("neverShare", .probability("Part of futures that do not pay back in the period."))
      ])
  }

  static let roi = SchemaNode.object(
    "Whether it is worth the money, as is; null without 'value:'.",
    [
      ("npv", .ref("amounts", "Net present value.")),
      (
        "roi",
        SchemaNode.ref(
          "quantities",
          "Benefits minus costs over costs, at present value, percent; null where a future spends "
            + "nothing."
        ).orNull
      ),
      ("irr", SchemaNode.number("Internal rate of return per year, percent.").orNull),
      (
        "paybackMonths",
        paybackMonths(
          "Months until the cumulative discounted value stays at zero or above, over all futures.")
      ),
      (
        "simplePaybackMonths",
        SchemaNode.object(
          "As 'paybackMonths', of amounts that are not discounted.",
          Quantile.allCases.map { ($0.rawValue, SchemaNode.number(statistic($0)).orNull) })
      ),
      (
        "benefitCostRatio",
        SchemaNode.ref(
          "quantities",
          "Present value of the benefits over that of the costs; null where a future spends nothing."
        ).orNull
      ),
      ("paybackProbability", .probability("Part of futures that pay back in the period.")),
      ("probabilityOfLoss", .probability("Part of futures with a negative net present value.")),
      ("discountRatePerYear", .number("0.1 is 10 % per year.")),
      (
        "lines",
        .list(
          of: .object(
            "A benefit or a cost.",
            [
              ("name", .string("Its name.")), ("kind", .string("cash, soft, revenue or cost.")),
              ("presentValue", .ref("amount", "Mean present value.")),
            ]), "Benefits and costs.")
      ),
      (
        "flows",
        .list(
          of: .object(
            "A line by month.",
            [
              ("name", .string("Its name.")), ("kind", .string("cash, soft, revenue or cost.")),
              ("benefit", .bool("Whether it is on the side of the benefits.")),
              ("atStart", .ref("amount", "Mean on the first day.")),
              ("byMonth", .list(of: .ref("amount", "Mean of a month."), "Month by month.")),
            ]), "What comes and goes by month, the bill last.")
      ),
      (
        "sensitivity",
        .list(
          of: .object(
            "An input.",
            [
              ("input", .string("Its name.")),
              ("low", .ref("amount", "Net present value at the input's p10.")),
              ("high", .ref("amount", "Net present value at the input's p90.")),
            ]), "Inputs by how much they move the value.")
      ),
    ])
}
