import GenOpsUnits

/// One plain number as a person writes it: `2.5`, `+12`, `40k`, `1e6`, `30%`.
package enum NumberText {
  /// The number, with `%` as hundredths; nil for anything else.
  package static func value(_ text: String) -> Double? { (try? Figures(text))?.fraction }

  /// Up to six digits after the point, without trailing zeros.
  package static func shown(_ value: Double) -> String {
    let rounded = (value * 1e6).rounded() / 1e6
    // Safe: below 1e15 it fits, and neither a NaN nor an infinity passes both comparisons.
    return rounded == rounded.rounded() && abs(rounded) < 1e15
      ? String(Int64(rounded)) : String(rounded)
  }
}
