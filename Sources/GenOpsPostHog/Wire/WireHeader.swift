/// One line of a request's or answer's head.
public struct WireHeader: Sendable, Hashable {
  public var name: String
  public var value: String

  /// Names are compared without regard to case.
  public init(_ name: String, _ value: String) {
    self.name = name
    self.value = value
  }
}
