/// How important it is that events arrive: the tag `sla_level`. Where the queue of delivery is full, what is standard
/// leaves before what is premium.
public enum ServiceLevel: String, Sendable, Hashable, CaseIterable {
  case standard, premium

  /// The tag that says it.
  static let tag = "sla_level"

  /// Of an owner with these tags; standard where they do not say it.
  init(tags: [String: String]) {
    self = tags[ServiceLevel.tag].flatMap { ServiceLevel(rawValue: $0.lowercased()) } ?? .standard
  }
}
