/// An exact amount of money in nano-units (10⁻⁹) of one currency.
///
/// The currency is a property of the price book or ledger that holds the amount, so two currencies
/// cannot be added by construction. The range is ±9.2 billion units.
///
/// ```swift
/// try Money(parsing: "324.40").description   // "324.40"
/// Money(nanos: 50_000).description           // "0.00005"
/// ```
public struct Money: Sendable, Hashable, Comparable {
  /// The amount in 10⁻⁹ currency units.
  public var nanos: Int64

  /// Nano-units in one currency unit.
  public static let nanosPerUnit: Int64 = 1_000_000_000

  /// Nothing.
  public static let zero = Money(nanos: 0)

  /// `nanos` are 10⁻⁹ of the currency.
  @inlinable
  public init(nanos: Int64) { self.nanos = nanos }

  /// A whole number of currency units, held at the ends of ±9.2 billion.
  public init(units: Int64) { nanos = units.multipliedClamped(by: Money.nanosPerUnit) }

  @inlinable
  public static func < (a: Money, b: Money) -> Bool { a.nanos < b.nanos }
}

/// The sum of two amounts left the range of ±9.2 billion currency units.
public struct MoneyOverflow: Error, Equatable, CustomStringConvertible {
  public init() {}
  public var description: String {
    "an amount of money left the range of ±9.2 billion; use smaller usage or prices"
  }
}

extension Money {
  /// The sum, held at the ends of ±9.2 billion: a number in somebody's file must not end the program
  /// that reads it. Where a sum that is held would be believed, ``adding(_:)`` reports it.
  @inlinable
  public static func + (a: Money, b: Money) -> Money {
    Money(nanos: a.nanos.addingClamped(b.nanos))
  }

  /// The difference, held as ``+(_:_:)``.
  @inlinable
  public static func - (a: Money, b: Money) -> Money {
    Money(nanos: a.nanos.subtractingClamped(b.nanos))
  }

  @inlinable
  public static func += (a: inout Money, b: Money) { a = a + b }

  @inlinable
  public static prefix func - (a: Money) -> Money { .zero - a }

  /// The amount without its sign.
  public var magnitude: Money { Money(nanos: Int64(clamping: nanos.magnitude)) }

  /// The sum, or ``MoneyOverflow``.
  public func adding(_ other: Money) throws(MoneyOverflow) -> Money {
    let (sum, overflow) = nanos.addingReportingOverflow(other.nanos)
    if overflow { throw MoneyOverflow() }
    return Money(nanos: sum)
  }

  /// The amount in currency units, for statistics and pictures only: it is not exact.
  @inlinable
  public var approximate: Double { Double(nanos) / 1e9 }

  /// The nearest amount to `units` currency units, or nil when it is not finite or out of range.
  public init?(approximately units: Double) {
    let scaled = (units * 1e9).rounded()
    guard scaled.isFinite, abs(scaled) < 9.2e18 else { return nil }
    self.init(nanos: Int64(scaled))
  }
}
