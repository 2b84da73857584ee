/// Where "now" comes from. Decisions never read a clock; the shell passes the instant in.
public protocol WallClock: Sendable {
  /// The present instant.
  func now() -> Timestamp
}
