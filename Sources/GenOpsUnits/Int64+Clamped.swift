extension Int64 {
  /// The sum, at the nearest end of the range when it does not fit.
  @inlinable
  package func addingClamped(_ other: Int64) -> Int64 {
    let (sum, overflow) = addingReportingOverflow(other)
    return overflow ? (other < 0 ? .min : .max) : sum
  }

  /// The difference, at the nearest end of the range when it does not fit.
  @inlinable
  package func subtractingClamped(_ other: Int64) -> Int64 {
    let (difference, overflow) = subtractingReportingOverflow(other)
    return overflow ? (other < 0 ? .max : .min) : difference
  }

  /// The product, at the nearest end of the range when it does not fit.
  @inlinable
  package func multipliedClamped(by other: Int64) -> Int64 {
    let (product, overflow) = multipliedReportingOverflow(by: other)
    return overflow ? ((self < 0) == (other < 0) ? .max : .min) : product
  }

  /// The whole number nearest to `value`, at the nearest end of the range when it does not fit; 0
  /// for what is not a number. `Int64(_:)` ends the program there, and most values come from a file.
  package init(rounding value: Double) {
    // The conversion below cannot fail: NaN and everything outside -2^63 ..< 2^63 were answered before
    // it, and rounding stays inside, because a Double of that size is a whole number already.
    self =
      value.isNaN
      ? 0 : value >= 0x1p63 ? .max : value < -0x1p63 ? .min : Int64(value.rounded())
  }
}
