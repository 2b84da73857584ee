/// Amounts under each other that add up as they are shown.
///
/// All are shown in one precision: with cents where one of them is below 100, else whole. Each part is
/// rounded down, and those with the largest remainders get one unit more, the earlier of equals first,
/// until they sum to the rounded total (largest remainder method). Amounts that do not add up before
/// they are rounded, such as a part of a list, are rounded each by itself.
package struct MoneyColumn: Sendable {
  /// The parts as they are shown, in their order.
  package let parts: [Double]
  /// The total as it is shown; 0 of alternatives.
  package let total: Double
  /// Whether the column shows cents.
  package let hasCents: Bool
  /// Whether a part is shown as another number than it is rounded to by itself, so that the parts add up.
  package let isAdjusted: Bool

  /// `total` is the sum where it is not given.
  package init(_ amounts: [Double], total: Double? = nil, cents: Bool? = nil) {
    let total = total ?? amounts.reduce(0, +)
    let hasCents = cents ?? MoneyColumn.needsCents(amounts)
    let scale = hasCents ? 100.0 : 1.0
    self.hasCents = hasCents
    func rounded(_ value: Double) -> Double { (value * scale).rounded() / scale }
    self.total = rounded(total)
    let sum = amounts.reduce(0, +)
    // Beyond 10^15 a number has no cents to hand out.
    guard abs(sum - total) * scale < 0.01, amounts.allSatisfy({ abs($0) < 1e13 }) else {
      parts = amounts.map(rounded)
      isAdjusted = false
      return
    }
    var units = amounts.map { ($0 * scale).rounded(.down) }
    let left = (total * scale).rounded() - units.reduce(0, +)
    let order = amounts.indices.sorted { a, b in
      let (first, second) = (amounts[a] * scale - units[a], amounts[b] * scale - units[b])
      return first == second ? a < b : first > second
    }
    for (rank, index) in order.enumerated() where Double(rank) < left { units[index] += 1 }
    parts = units.map { $0 / scale }
    isAdjusted = zip(units, amounts).contains { $0 != ($1 * scale).rounded() }
  }

  /// Amounts that are beside each other and sum to nothing: each rounded by itself, all in one
  /// precision.
  package init(alternatives amounts: [Double]) {
    hasCents = MoneyColumn.needsCents(amounts)
    let scale = hasCents ? 100.0 : 1.0
    parts = amounts.map { ($0 * scale).rounded() / scale }
    total = 0
    isAdjusted = false
  }

  /// Whether one of them is too small to be shown whole.
  package static func needsCents(_ amounts: [Double]) -> Bool {
    amounts.contains { $0 != 0 && abs($0) < 99.5 }
  }

  /// An amount of the column, or beside it, as text.
  package func text(_ amount: Double) -> String { NumberText.money(amount, cents: hasCents) }

  /// An amount beside `exact`, which is shown as `shown`: rounded, but on the side of it on which it
  /// lies. A low value never looks higher than the expected one.
  package func text(_ amount: Double, beside exact: Double, shown: Double) -> String {
    let scale = hasCents ? 100.0 : 1.0
    let rounded = (amount * scale).rounded() / scale
    if abs(amount - exact) <= 1e-9 * max(1, abs(exact)) { return text(shown) }
    return text(amount < exact ? min(rounded, shown) : max(rounded, shown))
  }
}
