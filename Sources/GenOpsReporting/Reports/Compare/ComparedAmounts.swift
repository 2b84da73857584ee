/// Amounts beside each other of which one is the base, in one precision: a difference is that of what is shown, so that
/// a table can be added up on paper. Files for programs have each to more digits.
struct ComparedAmounts {
  private let exact: [Double?]
  private let shown: [Double]
  private let base: Int
  private let hasCents: Bool

  /// `base` is the place of the amount that the others are held against; nil is not known.
  init(_ amounts: [Double?], base: Int) {
    let column = MoneyColumn(alternatives: amounts.map { $0 ?? 0 })
    (exact, shown, self.base, hasCents) = (amounts, column.parts, base, column.hasCents)
  }

  /// Amounts that are rounded already; the first is the base.
  init(_ amounts: [Double], shown: [Double], hasCents: Bool) {
    (exact, self.shown, base, self.hasCents) = (amounts, shown, 0, hasCents)
  }

  func cell(_ place: Int) -> ReportTable.Cell {
    guard let amount = exact[place] else { return .init("-", value: "") }
    return .init(text(shown[place]), value: ReportTable.number(amount))
  }

  /// An end of the range of the amount at a place, on the side of it on which it lies.
  func beside(_ place: Int, _ end: Double) -> ReportTable.Cell {
    let scale = hasCents ? 100.0 : 1
    let rounded = (end * scale).rounded() / scale
    let isBelow = end < exact[place] ?? end
    return .init(
      text(isBelow ? min(rounded, shown[place]) : max(rounded, shown[place])),
      value: ReportTable.number(end))
  }

  /// What the amount at a place is above the base: `exact`, shown as the two are shown.
  func difference(_ place: Int, _ exact: Double) -> ReportTable.Cell {
    let difference = shown[place] - shown[base]
    return .init(signedText(difference), value: ReportTable.number(exact))
  }

  /// An end of the range of a difference.
  func signed(_ amount: Double) -> ReportTable.Cell {
    .init(signedText(amount), value: ReportTable.number(amount))
  }

  private func signedText(_ amount: Double) -> String {
    let text = text(amount)
    return amount > 0 && text != "0" ? "+\(text)" : text
  }

  private func text(_ amount: Double) -> String { NumberText.money(amount, cents: hasCents) }
}
