package import GenOpsUnits

/// How numbers are shown to people. Files for programs hold them in full.
package enum NumberText {
  /// An amount in currency units: whole with separators from 100 up, two decimals below; `?` when
  /// it is not a number.
  package static func money(_ amount: Double) -> String {
    // 99.996 is 100.
    money(amount, cents: abs(amount) < 99.995)
  }

  /// An amount in one precision, whatever its size: with two decimals or none.
  package static func money(_ amount: Double, cents hasCents: Bool) -> String {
    guard amount.isFinite else { return "?" }
    if amount == 0 { return "0" }
    if abs(amount) >= 1e12 { return count(amount) }
    // Below 1e12, so that the hundredths fit.
    let number = Int64((abs(amount) * (hasCents ? 100 : 1)).rounded())
    let sign = amount < 0 && number > 0 ? "-" : ""
    if !hasCents { return sign + groupedDigits(String(number)) }
    let fraction = String(number % 100)
    return sign + groupedDigits(String(number / 100)) + "." + (fraction.utf8.count == 1 ? "0" : "")
      + fraction
  }

  /// `1 stream`, `2 streams`: for nouns that take an s.
  package static func counted(_ number: Int, _ noun: String) -> String {
    countedNoun(number, noun)
  }

  /// An exact amount in the same form.
  package static func money(_ amount: Money) -> String { money(amount.approximate) }

  /// A number of events or other units: `0.3`, `812`, `9,120`, `41 k`, `9.1 M`, `372 M`.
  package static func count(_ units: Double) -> String {
    guard units.isFinite else { return "?" }
    if units < 0 { return "-" + count(-units) }
    if units == 0 { return "0" }
    if units < 0.05 { return "<0.1" }
    if units < 9.95 && units != units.rounded() { return oneDecimal(units) }
    if units < 9_999.5 { return groupedDigits(String(Int64(units.rounded()))) }
    var value = units / 1000
    for suffix in ["k", "M", "bn"] {
      if value < 9.95 { return oneDecimal(value) + " " + suffix }
      if value < 999.5 { return "\(Int64(value.rounded())) \(suffix)" }
      value /= 1000
    }
    guard value < 1e15 else { return "\(units)" }
    return (value < 9.95 ? oneDecimal(value) : groupedDigits(String(Int64(value.rounded()))))
      + " T"
  }

  /// A part of a whole, 0…1, as `45 %`; never rounded to "0 %" or "100 %" unless it is so.
  package static func percent(_ part: Double) -> String {
    guard part.isFinite else { return "?" }
    if part > 0 && part < 0.005 { return "<1 %" }
    if part < 1 && part >= 0.995 { return ">99 %" }
    return "\(Int64((min(max(part, -1e6), 1e6) * 100).rounded())) %"
  }

  /// A relative change as `+0.2 %`.
  package static func change(_ part: Double) -> String {
    guard part.isFinite else { return "?" }
    let text = oneDecimal(abs(part) * 100)
    return (text == "0.0" ? "" : part < 0 ? "-" : "+") + text + " %"
  }

  /// A number with one decimal.
  package static func oneDecimal(_ value: Double) -> String {
    guard value.isFinite, abs(value) < 1e15 else { return "?" }
    let tenths = Int64((abs(value) * 10).rounded())
    return (value < 0 && tenths > 0 ? "-" : "")
      + "\(groupedDigits(String(tenths / 10))).\(tenths % 10)"
  }

  /// A number with two decimals.
  package static func twoDecimals(_ value: Double) -> String {
    guard value.isFinite, abs(value) < 1e13 else { return "?" }
    let cents = Int64((abs(value) * 100).rounded())
    let digits = String(cents % 100)
    return (value < 0 && cents > 0 ? "-" : "")
      + "\(groupedDigits(String(cents / 100))).\(digits.count < 2 ? "0" : "")\(digits)"
  }

  /// Months with one decimal; "never" without end.
  package static func months(_ value: Double) -> String {
    value == .infinity ? "never" : oneDecimal(value)
  }

  /// How many futures out of a hundred: `94 of 100`, `every`, `no`.
  package static func futures(_ part: Double) -> String {
    if part <= 0 { return "no" }
    if part >= 1 { return "every" }
    if part < 0.005 { return "fewer than 1 of 100" }
    if part >= 0.995 { return "more than 99 of 100" }
    return "\(Int((part * 100).rounded())) of 100"
  }

  /// `in 94 of 100 futures`, `in every future`, `in no future`.
  package static func inFutures(_ part: Double) -> String {
    "in \(futures(part)) future" + (part <= 0 || part >= 1 ? "" : "s")
  }

  /// A tick of an axis: `0`, `250`, `2.5k`, `10k`, `1.2M`.
  package static func tick(_ value: Double) -> String {
    for (size, suffix) in [(1e12, "T"), (1e9, "bn"), (1e6, "M"), (1e3, "k")]
    where abs(value) >= size {
      return short(value / size) + suffix
    }
    return short(value)
  }

  /// Up to two decimals, without zeros at the end; of less than a tenth three digits.
  private static func short(_ value: Double) -> String {
    guard abs(value) < 1e15 else { return "\(value)" }
    if value != 0, abs(value) < 0.1 { return NumberText.value(value) }
    let hundredths = Int64((abs(value) * 100).rounded())
    var text = "\(hundredths / 100)"
    if hundredths % 100 != 0 {
      text += ".\(hundredths / 10 % 10)"
      if hundredths % 10 != 0 { text += "\(hundredths % 10)" }
    }
    return (value < 0 && hundredths > 0 ? "-" : "") + text
  }
}
