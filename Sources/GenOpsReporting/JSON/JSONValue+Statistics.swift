import GenOpsScenario
import GenOpsSimulation
import GenOpsUnits

extension JSONValue {
  /// An amount that is a statistic: a decimal string rounded to 6 decimals, with at least 2. Null
  /// when it is not finite. Exact amounts use ``money(_:)``.
  static func amount(_ value: Double) -> JSONValue {
    let scaled = (value * 1e6).rounded()
    guard scaled.isFinite, abs(scaled) < 1e36 else { return .null }
    let micros = Int128(scaled)
    let digits = String(micros.magnitude % 1_000_000)
    var fraction = String(repeating: "0", count: 6 - digits.utf8.count) + digits
    while fraction.utf8.count > 2, fraction.hasSuffix("0") { fraction.removeLast() }
    return .string("\(micros < 0 ? "-" : "")\(micros.magnitude / 1_000_000).\(fraction)")
  }

  /// A quantity that is a statistic: a number rounded to 6 decimals; null when not finite.
  static func quantity(_ value: Double) -> JSONValue {
    let scaled = (value * 1e6).rounded()
    // Beyond 2^53 millionths a number has no sixth decimal to round.
    guard abs(scaled) < 9e15 else { return .double(value) }
    return scaled == 0 ? 0 : .double(scaled / 1e6)
  }

  /// A value of a series that may count anything: a millionth exact from 0.1 up, and six significant
  /// digits below, where a millionth would leave nothing of a small rate.
  static func value(_ value: Double) -> JSONValue {
    guard value.isFinite, value != 0, abs(value) < 0.1 else { return .quantity(value) }
    var scale = 1e6
    // Each is a power of ten that a Double holds exactly.
    while abs(value) * scale < 99_999.5, scale < 1e22 { scale *= 10 }
    let digits = (value * scale).rounded()
    return .double(abs(digits) < 99_999 ? value : digits / scale)
  }

  static func value(_ value: Double?) -> JSONValue { value.map { .value($0) } ?? .null }

  static func strings(_ texts: [String]) -> JSONValue { .array(texts.map { .string($0) }) }

  static func optional(_ text: String?) -> JSONValue { text.map { .string($0) } ?? .null }

  static func optional(_ value: Double?) -> JSONValue { value.map { .quantity($0) } ?? .null }
}

extension ForecastDistribution {
  /// The statistics of an amount of money, in currency units.
  var amounts: JSONValue { json(JSONValue.amount) }

  /// The statistics of anything else.
  var quantities: JSONValue { json(JSONValue.quantity) }

  private func json(_ encode: (Double) -> JSONValue) -> JSONValue {
    .object(Quantile.allCases.map { .init($0.rawValue, encode(self[$0])) })
  }
}
