import GenOpsCosting
import GenOpsForecasting
import GenOpsGovernance
import GenOpsHistory
import GenOpsMetering
import GenOpsNumerics
import GenOpsPostHog
import GenOpsScenario
import GenOpsUnits

/// The parts of a scenario that have keys of their own.
extension ScenarioSchema {
  static var stream: SchemaNode {
    let keys: [(String, SchemaNode)] =
      [
        ("users", .ref("value", "Monthly active users.")),
        ("sessions", .ref("value", "Of a user: 6 to 10 per user per month.")),
        ("session_length", .ref("value", "The mean: 5 min.")),
        ("activity", .string("10% of users make 50%.")),
        ("preset", .choice(EventsPreset.names, "Events per user of a product like it.")),
        (
          "identified",
          anyOf(
            [.ref("value", "A share."), part("identified")],
            "The part of its events with a person profile.")
        ),
        (
          "events",
          anyOf(
            [
              .ref("value", "40 per user per month."),
              .map(of: .ref("value", "4 to 7 per session."), "By name."),
            ], "Its events.")
        ),
        ("recordings", rateOrPart("recordings")), ("flags", rateOrPart("flags")),
        ("ai", part("ai")),
        ("mix", .ref("mix", "Shares of its events by name.")),
        ("flag_servers", .ref("value", "Servers that poll flag definitions.")),
        ("flag_polling", .ref("value", "How often a server polls: 30 s.")),
        ("weekdays", .list(of: .number("A weight."), "Monday to Sunday.")),
        ("noise", anything("poisson, none, or {negative_binomial: 50}.")),
        ("growth", .ref("growth", "How it grows.")),
      ] + Attribution.dimensions.map { ($0, SchemaNode.string("Whose usage this is.")) }
    return SchemaNode.object(
      "Users and what each does, by meter.", keys.map { ($0.0, $0.1.optional) }
    )
    .with("additionalProperties", SchemaNode.ref("value", "40 per user per month.").json)
  }

  /// A people part's own keys.
  static func part(_ name: String) -> SchemaNode {
    let keys = PeopleParts.registry[name]?.manual.parameters.map { ($0.key, anything($0.value)) }
    return closed(PeopleParts.registry[name]?.summary ?? name, keys ?? [])
  }

  static func rateOrPart(_ name: String) -> SchemaNode {
    anyOf([.ref("value", "40 per user per month."), part(name)], "A rate, or what people do.")
  }

  static var calendar: SchemaNode {
    let on = oneOrMany(.string("A meter or stream."), "What it acts on.")
    let effects = CalendarEffects.registry.entries.map { entry in
      closed(
        entry.summary,
        [("effect", .choice([entry.name], entry.summary)), ("on", on)]
          + entry.kind.manual.parameters.map { ($0.key, anything($0.value)) },
        requires: ["effect"])
    }
    return SchemaNode.object(
      "What dates do to usage, by a name of your own.",
      [("business_day", SchemaNode.string("Where a day begins: Europe/Berlin, UTC+2.").optional)]
    ).with("additionalProperties", anyOf(effects, "A calendar effect.").json)
  }

  static var faults: [SchemaNode] {
    TrafficFaults.registry.entries.map { entry in
      closed(
        entry.summary,
        [
          ("fault", .choice([entry.name], entry.summary)),
          ("from", .string("The first day, or a range of days.")),
          ("lasts", .ref("value", "6 to 48 hours.")),
          ("on", oneOrMany(.string("A meter or stream."), "What it feeds on.")),
        ] + entry.kind.manual.parameters.map { ($0.key, anything($0.value)) }
          + Attribution.dimensions.map { ($0, SchemaNode.string("Whose cost it is.")) },
        requires: ["fault", "from", "lasts"])
    }
  }

  /// What the account has agreed; amounts are texts or numbers.
  static var terms: SchemaNode {
    let amount = anything("An amount: 50000.00.")
    return closed(
      "Discount, credits and what else the account has agreed: lines of every bill.",
      [
        ("discount", .string("Off usage and fees: 20%.")),
        ("amount_off", amount), ("minimum", amount),
        (
          "commitment",
          closed(
            "What is owed over a term, used or not.",
            [
              ("amount", amount), ("from", .string("The first day.")),
              ("to", .string("The last day.")),
            ], requires: ["amount", "from", "to"])
        ),
        (
          "credits",
          .list(
            of: closed(
              "Money that pays bills until it is used up or expires.",
              [
                (
                  "kind",
                  .choice(
                    BillingTerms.Credit.Kind.allCases.map(\.rawValue), "Where it comes from.")
                ), ("name", .string("The line of the bill.")), ("amount", amount),
                ("price", amount), ("from", .string("The first day on which it pays.")),
                ("expires", .string("It pays periods that end on this day or earlier.")),
                ("most_per_period", amount),
              ], requires: ["kind", "amount"]), "The first to expire pays first.")
        ),
      ])
  }

  static var correlations: SchemaNode {
    let pairs = SchemaNode.list(
      of: closed(
        "Two uncertain inputs that move together.",
        [
          ("between", .list(of: .string("An input: 'genops plan' lists them."), "Two of them.")),
          ("rank", anything("Rank correlation, -1 to 1.")),
        ], requires: ["between", "rank"]), "Pairs.")
    return anyOf(
      [
        pairs,
        closed(
          "Pairs under a copula.",
          [
            ("copula", .choice(["gaussian", "t"], "How extremes come together.")),
            ("degrees", .number("Of freedom of a t copula.")), ("pairs", pairs),
          ]),
      ], "What moves together.")
  }

  static var value: SchemaNode {
    closed(
      "What PostHog is worth.",
      [
        ("discount_rate", .ref("value", "10% per year.")),
        ("benefits", named(.ref("line", "A benefit."), "What it brings.")),
        ("costs", named(.ref("line", "A cost."), "What it costs besides the bill.")),
        ("lost_event", .ref("value", "The worth of an event that is lost.")),
      ])
  }
}
