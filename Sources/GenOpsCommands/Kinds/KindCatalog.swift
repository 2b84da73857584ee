import GenOpsCosting
import GenOpsForecasting
import GenOpsGovernance
import GenOpsHistory
import GenOpsIngestion
import GenOpsMetering
import GenOpsNumerics
import GenOpsReporting
import GenOpsScenario
package import GenOpsUnits

/// Everything that a file can name, by registry: what `genops kinds` and `docs/kinds.md` show.
package enum KindCatalog {
  package struct Group: Sendable {
    /// What `genops kinds GROUP` takes.
    package var name: String
    package var title: String
    package var kinds: [Kind]
  }

  package struct Kind: Sendable {
    package var name: String
    package var summary: String
    /// Formula, parameters, source; nil where the summary says it all.
    package var manual: KindManual?
    /// How it is written.
    package var example: String
    /// Whether ``example`` is a whole scenario that runs.
    package var isScenario: Bool
  }

  /// All registries. A new one is one entry here.
  package static let groups: [Group] = [
    Group(name: "growth", title: "Growth models", kinds: GrowthModels.registry.entries.map(growth)),
    Group(
      name: "forecasters", title: "Forecasters of a history",
      kinds: Forecasters.registry.entries.map {
        Kind(
          name: $0.name, summary: $0.summary, manual: nil,
          example: "history: usage.csv\nforecaster: \($0.name)", isScenario: false)
      }),
    Group(
      name: "series", title: "Series models",
      kinds: SeriesModels.registry.entries.map {
        Kind(
          name: $0.name, summary: $0.summary, manual: nil,
          example: "genops forecast usage.csv --model \($0.name)", isScenario: false)
      }),
    Group(
      name: "distributions", title: "Distributions",
      kinds: Distributions.registry.entries.map(distribution)),
    Group(
      name: "calendar", title: "Calendar effects",
      kinds: CalendarEffects.registry.entries.map {
        dated($0.name, $0.summary, $0.kind.manual, "calendar:\n  my effect:\n", $0.kind.example)
      }),
    Group(
      name: "people", title: "What people do",
      kinds: PeopleParts.registry.entries.map {
        Kind(
          name: $0.name, summary: $0.summary, manual: $0.kind.manual,
          example: "scenario: \($0.name)\nperiod: 2027-01 to 2027-03\ntraffic:\n  - app:\n"
            + indented($0.kind.example, by: 6), isScenario: true)
      }),
    Group(
      name: "faults", title: "Faults and attacks",
      kinds: TrafficFaults.registry.entries.map {
        dated($0.name, $0.summary, $0.kind.manual, "faults:\n  - my fault:\n", $0.kind.example)
      }),
    Group(
      name: "levers", title: "Levers of an option",
      kinds: Levers.registry.entries.map { entry in
        scenario(
          entry.name, entry.summary,
          "options:\n  - my option: {\(entry.name): \(entry.kind.example)}")
      }),
    Group(
      name: "policies", title: "Policies of governance",
      kinds: PolicyKinds.all.entries.map { entry in
        let key = String(entry.name.map { $0 == "-" ? "_" : $0 })
        return scenario(
          entry.name, entry.summary,
          "governance:\n  mode: advisory\n  \(key): \(entry.kind.example)")
      }),
    Group(
      name: "metrics", title: "Metrics of conditions",
      kinds: Metric.all.map { metric in
        scenario(metric.name, metric.summary, "expect: [\"\(metric.example("USD"))\"]")
      }),
    Group(
      name: "points", title: "Points of the futures",
      kinds: InputSampler.Points.allCases.map {
        scenario($0.rawValue, summary($0), "points: \($0.rawValue)")
      }),
    Group(name: "meters", title: "Meters", kinds: Meter.allCases.map(meter)),
    Group(
      name: "prices", title: "Price models of a book",
      kinds: PriceModels.all.entries.map {
        Kind(
          name: $0.name, summary: $0.summary, manual: nil, example: $0.kind.example,
          isScenario: false)
      }),
    Group(
      name: "books", title: "Price books",
      kinds: PriceBooks.builtIn.entries.map { scenario($0.name, $0.summary, "prices: \($0.name)") }),
    Group(
      name: "sources", title: "Sources of usage",
      kinds: (HistorySources.registry.entries.map { ($0.name, $0.summary, $0.kind.example) }
        + EventSources.registry.entries.map { ($0.name, $0.summary, $0.kind.example) }
        + TrafficModels.registry.entries.map { ($0.name, $0.summary, $0.kind.example) })
        .map { name, summary, example in
          Kind(name: name, summary: summary, manual: nil, example: example, isScenario: false)
        }),
    Group(
      name: "formats", title: "Report formats",
      kinds: ReportFormats.ofRuns.entries.map {
        Kind(
          name: $0.name, summary: $0.summary, manual: nil,
          example: "genops run scenarios/posthog-budget.yaml --format \($0.name)",
          isScenario: false)
      }),
  ]

  /// The kind called `name` in any group.
  package static func kind(_ name: String) -> Kind? {
    groups.lazy.flatMap(\.kinds).first { $0.name == name }
  }

  // MARK: Examples that run

  private static func growth(_ entry: Registry<GrowthModelKind>.Entry) -> Kind {
    Kind(
      name: entry.name, summary: entry.summary, manual: entry.kind.manual,
      example: """
        scenario: \(entry.name)
        period: 2027-01 to 2027-12
        traffic:
          - web: {events: 2M per month, identified: 50%}
        growth:
          events:
        \(indented(entry.kind.example, by: 4))
        """, isScenario: true)
  }

  private static func distribution(_ entry: Registry<DistributionKind>.Entry) -> Kind {
    Kind(
      name: entry.name, summary: entry.summary, manual: entry.kind.manual,
      example: """
        scenario: \(entry.name)
        period: 2027-01 to 2027-03
        variables:
          amount:
        \(indented(entry.kind.example, by: 4))
        traffic:
          - web: {events: amount * 100k per month, identified: 50%}
        """, isScenario: true)
  }

  /// A shop and its servers with one dated thing.
  private static func dated(
    _ name: String, _ summary: String, _ manual: KindManual, _ head: String, _ example: String
  ) -> Kind {
    Kind(
      name: name, summary: summary, manual: manual,
      example: """
        scenario: \(name)
        period: 2027-01 to 2027-12
        traffic:
          - shop: {events: 3M per month, identified: 40%}
          - servers: {flag_servers: 2}
        budget: 9000 USD per year
        \(head)\(indented(example, by: head.hasPrefix("faults") ? 6 : 4))
        """, isScenario: true)
  }

  private static func meter(_ meter: Meter) -> Kind {
    let rate =
      meter == .identifiedEvents
      ? "events: 2M per month, identified: 50%"
      : "\(meter.id): 100k per month\(meter == .events ? ", identified: 50%" : "")"
    return Kind(
      name: meter.id, summary: "\(meter.invoiceName), per \(meter.unit)", manual: nil,
      example: """
        scenario: \(meter.id)
        period: 2027-01 to 2027-03
        traffic:
          - web: {\(rate)}
        """, isScenario: true)
  }

  /// A small shop with `section`.
  private static func scenario(_ name: String, _ summary: String, _ section: String) -> Kind {
    Kind(
      name: name, summary: summary, manual: nil,
      example: """
        scenario: \(name)
        period: 2027-01 to 2027-12
        traffic:
          - shop:
              team: growth
              project: shop
              users: 150k to 250k
              events: 40 per user per month
              identified: 50%
              mix: {$pageview: 45%, $autocapture: 30%, signup_completed: 1%}
              session_recordings: 0.1 per user per month
              flag_servers: 10
        budget: 7000 USD per year
        value:
          benefits: [replaced tools: {amount: 900 USD per month, kind: cash}]
        \(section)
        """, isScenario: true)
  }

  private static func indented(_ text: String, by count: Int) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false)
      .map { String(repeating: " ", count: count) + $0 }.joined(separator: "\n")
  }

  private static func summary(_ points: InputSampler.Points) -> String {
    switch points {
    case .random: "independent futures; the default"
    case .antithetic: "pairs of futures that mirror each other in their inputs"
    case .sobol: "futures spread evenly over the first 40 inputs; 8 independent scramblings"
    case .halton: "futures spread evenly over the first 12 inputs; 8 independent shifts"
    }
  }
}
