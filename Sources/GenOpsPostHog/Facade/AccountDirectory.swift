/// Which billing account an API key belongs to. Keys of one PostHog organization share one account,
/// as its projects share tiers and free allotments; keys that are not listed share the standard
/// one.
public struct AccountDirectory: Sendable {
  /// For keys that are not listed.
  public let standard: PostHogAdapter
  private let byKey: [Secret: PostHogAdapter]

  /// `byKey` may name views of one account several times.
  public init(standard: PostHogAdapter, byKey: [Secret: PostHogAdapter] = [:]) {
    self.standard = standard
    self.byKey = byKey
  }

  /// The adapter of the account that `key` belongs to.
  public func adapter(for key: Secret) -> PostHogAdapter { byKey[key] ?? standard }
}
