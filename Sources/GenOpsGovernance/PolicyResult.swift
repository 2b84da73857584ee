/// What a policy says of an event, in the words of the integration guide.
public enum PolicyResult: String, Sendable, Hashable, CaseIterable {
  case allowed, blocked
  /// Advisory mode sends what another mode would refuse.
  case warning
  /// Left out because there is too much of it, by sampling or by a rate.
  case rateLimited = "rate_limited"

  /// What a refusal is called.
  public init(_ reason: RefusalReason) { self = reason == .rateLimit ? .rateLimited : .blocked }
}
