import GenOpsUnits

extension NumberText {
  /// A value of a series that may count anything: as ``count(_:)`` from 1 up, and three significant digits
  /// below, because rates and shares differ there: `0.284`, `0.00316`, `3.34e-07`.
  package static func value(_ value: Double) -> String {
    if value.isInfinite { return (value < 0 ? "-" : "") + "beyond 1e308" }
    guard value.isFinite, value != 0, abs(value) < 0.9995 else { return count(value) }
    if value < 0 { return "-" + self.value(-value) }
    var scale = 1000.0
    // Each is a power of ten that a Double holds exactly.
    while value * scale < 99.95, scale < 1e22 { scale *= 10 }
    // Below 1,000, or nothing at all where even the largest scale does not reach it.
    let digits = Int64((value * scale).rounded())
    if digits == 0 { return "\(value)" }
    let rounded = Double(digits) / scale
    if rounded < 0.00001 { return "\(rounded)" }
    // Not below 10^-5, so at most eight places, and every one of them fits.
    let places = scale.places
    let text = String(digits)
    let fraction = String(repeating: "0", count: max(0, places - text.utf8.count)) + text
    return Double(digits) >= scale ? count(rounded) : "0." + fraction.withoutZerosAtTheEnd
  }
}

extension Double {
  /// How many zeros a power of ten has.
  fileprivate var places: Int {
    var rest = self
    var count = 0
    while rest >= 10 {
      rest /= 10
      count += 1
    }
    return count
  }
}

extension String {
  fileprivate var withoutZerosAtTheEnd: String {
    let scalars = Array(unicodeScalars)
    let end = scalars.lastIndex { $0 != "0" }.map { $0 + 1 } ?? 0
    return String(String.UnicodeScalarView(scalars.prefix(end)))
  }
}
