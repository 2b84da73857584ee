/// A number or `a to b` as a person writes it: `2% to 6%`, `2 to 6 %`, `x3`, `6 to 10 months`,
/// `40k to 1.5M`.
///
/// Keeps the digits as written, so that a finding can show the corrected line in them.
struct IntervalText {
  /// The numbers as written, without unit: one, or two for an interval.
  var numbers: [String]
  /// The same as numbers.
  var values: [Double]
  /// What follows the last number: `%`, `months`, or nothing.
  var unit: String
  /// The letter `x` before every number: a factor.
  var isFactor: Bool

  /// Nil when the text is not one or two numbers, or when the two carry different units. A unit
  /// after the second number covers both.
  init?(_ text: some StringProtocol) {
    let words = text.split(separator: " ", omittingEmptySubsequences: true)
    let sides = words.split(separator: "to", omittingEmptySubsequences: false).map { Array($0) }
    guard (1...2).contains(sides.count) else { return nil }
    numbers = []
    values = []
    unit = ""
    isFactor = sides.allSatisfy { $0.first?.hasPrefix("x") ?? false }
    var units: [String] = []
    for side in sides {
      guard let first = side.first else { return nil }
      let bare = isFactor ? first.dropFirst() : first[...]
      var digits = bare.prefix { $0.isNumber || "+-.".contains($0) }
      var rest = bare.dropFirst(digits.count)
      // `40k`, but not the beginning of a unit.
      if rest.count == 1, let letter = rest.first, NumberText.scales[letter] != nil {
        digits = bare
        rest = ""
      }
      guard let value = NumberText.scaled(Substring(digits)) else { return nil }
      numbers.append(String(digits))
      values.append(value)
      units.append(String(rest) + side.dropFirst().joined())
    }
    unit = units[units.count - 1]
    if units[0] != unit && !units[0].isEmpty { return nil }
  }

  /// The interval with `unit` after every number: `2% to 6%`.
  func written(unit: String) -> String {
    numbers.map { isFactor ? "x\($0)\(unit)" : $0 + unit }.joined(separator: " to ")
  }
}
