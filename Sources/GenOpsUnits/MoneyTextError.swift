/// Why a text is not an amount of money.
public enum MoneyTextError: Error, Equatable, Sendable, CustomStringConvertible {
  /// Not a decimal number.
  case notANumber(String)
  /// More than nine decimals.
  case finerThanNano(String)
  /// Beyond ±9.2 billion.
  case outOfRange(String)

  public var description: String {
    switch self {
    case .notANumber(let text): "'\(text)' is not an amount; write a decimal such as 1250.50"
    case .finerThanNano(let text):
      "'\(text)' has more than 9 decimals; the finest amount is 0.000000001"
    case .outOfRange(let text): "'\(text)' is beyond 9.2 billion"
    }
  }
}
