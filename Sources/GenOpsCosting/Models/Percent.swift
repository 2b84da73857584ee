public import GenOpsUnits

/// A part of an amount in percent, exact to 10⁻⁹ of a percent.
public struct Percent: Sendable, Hashable, CustomStringConvertible {
  /// 10⁻⁹ percent: 20 % is 20,000,000,000.
  public var nanos: Int64

  /// `nanos` are 10⁻⁹ of a percent.
  public init(nanos: Int64) { self.nanos = nanos }

  /// Reads `20%`, `2.9 %`, `+10%`, `-5%`; nil for any other text.
  public init?(_ text: String) {
    guard let figures = try? Figures(text), figures.unit == "%",
      let value = figures.number(in: "%").flatMap({ try? Money($0) })
    else { return nil }
    nanos = value.nanos
  }

  /// This part of `amount`, to the nearest nano-unit, halves away from zero, and whether nothing
  /// was rounded; nil when it leaves the range of money.
  public func exactly(of amount: Money) -> (amount: Money, isExact: Bool)? {
    let whole: UInt64 = 100 * 1_000_000_000
    let product = amount.nanos.magnitude.multipliedFullWidth(by: nanos.magnitude)
    guard product.high < whole else { return nil }
    let (quotient, remainder) = whole.dividingFullWidth(product)
    let rounded = quotient + (remainder * 2 >= whole ? 1 : 0)
    guard let size = Int64(exactly: rounded) else { return nil }
    let isNegative = (amount.nanos < 0) != (nanos < 0)
    return (Money(nanos: isNegative ? -size : size), remainder == 0)
  }

  /// This part of `amount`, to the nearest nano-unit.
  public func of(_ amount: Money) -> Money? { exactly(of: amount)?.amount }

  /// `2.9 %`.
  public var description: String {
    var text = Money(nanos: nanos).description
    while text.last == "0" { text.removeLast() }
    if text.last == "." { text.removeLast() }
    return text + " %"
  }
}
