import GenOpsUnits
public import GenOpsMetering

/// Consent that is asked for before an event is sent.
public struct ConsentRule: Sendable, Hashable {
  /// What people agree to, a name of the application's: `analytics`.
  public var purpose: String
  /// Event names that are sent without it.
  public var exempt: [NamePattern]

  /// `exempt` are names of events, as `NamePattern` reads them.
  public init(purpose: String, exempt: [String] = []) {
    self.purpose = purpose
    self.exempt = exempt.map { NamePattern($0) }
  }

  /// Whether an event of this name is sent without consent.
  public func exempts(_ eventName: String) -> Bool { exempt.contains { $0.matches(eventName) } }
}
