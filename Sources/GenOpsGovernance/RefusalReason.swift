/// Why an item was not sent.
public enum RefusalReason: UInt8, Sendable, Hashable, CaseIterable {
  /// Strict: a dimension that must be set is not.
  case attribution
  /// Strict: a meter it touches has no price.
  case priceUnknown
  /// Strict: usage of the month so far is unknown, so the price of the next unit is too.
  case monthToDateUnknown
  /// Strict: consent is needed and not known.
  case consentUnknown
  /// Strict: a compliance rule forbids it.
  case compliance
  /// Strict: its timestamp lies before the periods that are still open, so it has no price.
  case lateBeyondPeriod
  /// PostHog drops it: the billing limit of its product is reached.
  case postHogLimit
  /// It would cross a hard budget.
  case budget
  /// Counters or money would leave their range.
  case overflow
  /// The application has opted out of analytics.
  case optOut
  /// The application's own hook kept it back.
  case beforeSend
  /// Processes share the budgets, and this one has no lease left. Another may hold room unspent.
  case leaseExhausted
  /// What is accepted must be on disk, and the ledger cannot be written.
  case ledgerUnavailable
  /// Strict: none of PostHog's servers answers, so it could not be said when the event arrives.
  case upstreamDown
  /// The transport was shut down: nothing is sent any more.
  case closed
  /// PostHog refuses an event without a name, and the batch that it is in.
  case noEventName
  /// PostHog refuses an event without a distinct id, and the batch that it is in.
  case noDistinctID
  /// Its properties are nested deeper than PostHog's parser goes.
  case tooDeep
  /// It has more bytes than PostHog takes.
  case tooLarge
  /// It costs more by itself than one event may.
  case costLimit
  /// The minute has had as many events as it may have.
  case rateLimit
  /// It holds a text that no event may hold.
  case content
  /// Its team is not one of those whose events are sent.
  case team

  public static let count = RefusalReason.allCases.count

  /// The word in files and reports.
  public var id: String {
    switch self {
    case .attribution: "attribution"
    case .priceUnknown: "price-unknown"
    case .monthToDateUnknown: "month-to-date-unknown"
    case .consentUnknown: "consent-unknown"
    case .compliance: "compliance"
    case .lateBeyondPeriod: "late-beyond-period"
    case .postHogLimit: "posthog-limit"
    case .budget: "budget"
    case .overflow: "overflow"
    case .optOut: "opt-out"
    case .beforeSend: "before-send"
    case .leaseExhausted: "lease-exhausted"
    case .ledgerUnavailable: "ledger-unavailable"
    case .upstreamDown: "upstream-down"
    case .closed: "closed"
    case .noEventName: "no-event-name"
    case .noDistinctID: "no-distinct-id"
    case .tooDeep: "too-deep"
    case .tooLarge: "too-large"
    case .costLimit: "cost-limit"
    case .rateLimit: "rate-limit"
    case .content: "content-filter"
    case .team: "team-access"
    }
  }
}
