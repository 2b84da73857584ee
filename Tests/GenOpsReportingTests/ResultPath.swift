import GenOpsUnits

@testable import GenOpsReporting

/// A path in `result.json` as reports name it, and whether a text says what stands there.
enum ResultPath {
  /// The value at `months[3].cost.p10`; nil where there is none.
  static func value(_ path: String, in root: JSONValue) -> JSONValue? {
    var here: JSONValue? = root
    for step in path.split(separator: ".") {
      let parts = step.split(separator: "[")
      if !step.hasPrefix("[") { here = here?[String(parts[0])] }
      for part in parts.dropFirst() {
        guard let index = Int(part.dropLast()), case .array(let items)? = here,
          items.indices.contains(index)
        else { return nil }
        here = items[index]
      }
    }
    return here
  }

  static func number(_ value: JSONValue?) -> Double? {
    switch value {
    case .number(let text), .string(let text): Double(text)
    case .bool(let value): value ? 1 : 0
    default: nil
    }
  }

  /// The numbers of a text as people read them, with the step of their last digit.
  static func numbers(_ text: String) -> [(value: Double, step: Double)] {
    let suffixes: [(String, Double)] = [("k", 1e3), ("M", 1e6), ("bn", 1e9), ("T", 1e12)]
    return text.matches(of: /-?\d[\d,]*(\.\d+)?( (?:k|M|bn|T|%)(?![a-z]))?/).map { match in
      let digits = match.output.0.split(separator: " ")[0].replacing(",", with: "")
      let decimals = digits.split(separator: ".").dropFirst().first?.count ?? 0
      var step = 1.0
      for _ in 0..<decimals { step /= 10 }
      let suffix = match.output.2.map { $0.dropFirst() } ?? ""
      let factor = suffixes.first { $0.0 == suffix }?.1 ?? 1
      return ((Double(digits) ?? .nan) * factor, step * factor)
    }
  }

  /// Whether one of the numbers of `text` is the value: rounded to what is shown, within one in its last place because
  /// columns are rounded so that they add up; as a percentage where it is a part of one.
  static func says(_ text: String, _ value: JSONValue?) -> Bool {
    if value == .null { return true }
    if case .string(let words)? = value, text.contains(words.displayable) { return true }
    guard let number = number(value) else { return dates(text, value) }
    if number == 0, text.contains("never") || text.contains("no ") || text == "-" { return true }
    if number == 1, text.contains("every") { return true }
    return numbers(text).contains { shown, step in
      let size = [number, number * 100].map { $0.magnitude }
      return size.contains { (shown.magnitude - $0).magnitude <= step * 1.000_001 }
    }
  }

  /// `6 January` for `2028-01-06`.
  private static func dates(_ text: String, _ value: JSONValue?) -> Bool {
    guard case .string(let words)? = value, let day = CalendarDay(words) else { return false }
    return text.contains("\(day.civil.day) ")
  }
}
