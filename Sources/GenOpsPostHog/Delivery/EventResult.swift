import GenOpsMetering

/// What the capture API V1 says of one event.
public enum EventResult: String, Sendable, Hashable {
  /// Accepted.
  case ok
  /// Accepted, without a person profile.
  case warning
  /// Refused for good.
  case drop
  /// To be sent again.
  case retry
}
