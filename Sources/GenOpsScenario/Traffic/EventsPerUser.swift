/// PostHog's table of events per monthly active user, for products like one's own.
///
/// Source: posthog.com, docs/billing/estimating-usage-costs (the table of example companies).
package struct EventsPerUser: Sendable, Hashable {
  /// The name in files, in kebab-case.
  package var name: String
  /// The kind of product.
  package var product: String
  /// Events of one user in a month.
  package var perMonth: Double

  package static let all = [
    EventsPerUser(name: "b2b-autocapture", product: "B2B software with autocapture", perMonth: 87),
    EventsPerUser(name: "financial", product: "financial service", perMonth: 44),
    EventsPerUser(name: "cloud-monitoring", product: "cloud monitoring", perMonth: 22),
    EventsPerUser(name: "documents", product: "document management", perMonth: 54),
    EventsPerUser(name: "speech-api", product: "speech API", perMonth: 583),
    EventsPerUser(name: "crypto-wallet", product: "crypto wallet", perMonth: 162),
    EventsPerUser(name: "meditation", product: "meditation app", perMonth: 118),
    EventsPerUser(name: "fashion", product: "fashion shop", perMonth: 31),
    EventsPerUser(name: "event-booking", product: "event booking", perMonth: 8),
    EventsPerUser(name: "restaurant", product: "restaurant software", perMonth: 54),
  ]

  /// The row called `name`; nil when there is none.
  package static func named(_ name: String) -> EventsPerUser? { all.first { $0.name == name } }
}
