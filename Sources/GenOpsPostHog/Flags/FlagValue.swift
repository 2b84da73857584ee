public import GenOpsUnits

/// What a feature flag is for somebody.
public enum FlagValue: Sendable, Hashable {
  case off
  case on
  /// One of several, by name.
  case variant(String)

  public var isOn: Bool { self != .off }

  /// The variant's name; nil for a flag that is merely on or off.
  public var variant: String? { if case .variant(let name) = self { name } else { nil } }

  /// As PostHog writes it: `true`, `false` or the variant's name.
  public var json: JSONValue {
    switch self {
    case .off: false
    case .on: true
    case .variant(let name): .string(name)
    }
  }

  /// Nil for what is neither boolean nor text.
  public init?(_ json: JSONValue) {
    switch json {
    case .bool(let isOn): self = isOn ? .on : .off
    case .string(let name): self = .variant(name)
    default: return nil
    }
  }
}

/// Where a person or group falls between 0 and 1, the same in every client and on the server.
///
/// Formula: the first 15 hex digits of SHA-1(`key.id` + salt) over 0xFFFFFFFFFFFFFFF. Source:
/// posthog-python 7.91.1, `feature_flags.py`.
public enum FlagHash {
  /// For a rollout: in when it is no larger than the share.
  public static func rollout(key: String, id: String) -> Double { place("\(key).\(id)") }

  /// For the choice of a variant.
  public static func variant(key: String, id: String) -> Double { place("\(key).\(id)variant") }

  /// For a holdout, whichever the flag.
  public static func holdout(id: String) -> Double { place("holdout-\(id)") }

  private static func place(_ text: String) -> Double {
    let digest = Digest.sha1Bytes(text.utf8)
    // 15 hex digits are 7 bytes and the upper half of the eighth.
    let first = digest.prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) } >> 4
    return Double(first) / Double(0xFFF_FFFF_FFFF_FFFF as UInt64)
  }
}
