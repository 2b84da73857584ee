/// The price of one unit of a meter, in nano-units (10⁻⁹) of the book's currency.
///
/// Every price PostHog publishes fits; a finer one is ``MoneyTextError/finerThanNano(_:)``.
public struct UnitPrice: Sendable, Hashable, Comparable, CustomStringConvertible {
  /// Nano-units of currency per unit.
  public var nanosPerUnit: Int64

  public static let zero = UnitPrice(nanosPerUnit: 0)

  /// 10⁻⁹ of the currency for each unit.
  public init(nanosPerUnit: Int64) { self.nanosPerUnit = nanosPerUnit }

  /// Reads a decimal such as `0.0000343`.
  public init(parsing text: String) throws(MoneyTextError) {
    nanosPerUnit = try Money(parsing: text).nanos
  }

  public static func < (a: UnitPrice, b: UnitPrice) -> Bool { a.nanosPerUnit < b.nanosPerUnit }

  public var description: String { Money(nanos: nanosPerUnit).description }
}
