/// One line of a request's or answer's head.
public struct WireHeader: Sendable, Hashable {
  public var name: String
  public var value: String

  /// Names are compared without regard to case. What would end the line of a header is percent-encoded
  /// in its value: the name of a budget must not add a header of its own.
  public init(_ name: String, _ value: String) {
    self.name = name
    self.value = WireHeader.oneLine(value)
  }

  private static func oneLine(_ value: String) -> String {
    guard value.utf8.contains(where: { $0 < 0x20 || $0 == 0x7F }) else { return value }
    return value.unicodeScalars.map { scalar in
      guard scalar.value < 0x20 || scalar.value == 0x7F else { return String(scalar) }
      return (scalar.value < 0x10 ? "%0" : "%") + String(scalar.value, radix: 16, uppercase: true)
    }.joined()
  }
}
