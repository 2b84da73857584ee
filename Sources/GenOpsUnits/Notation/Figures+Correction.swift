extension Figures {
  /// `line`, which shows what would be right, with these numbers in place of its own: of `budget: 5000 USD
  /// per month` and `3000 per year` comes `budget: 3000 USD per year`. What is missing is taken from the
  /// line; what is written and differs is not guessed at. Nil where that says nothing new.
  package func put(into line: String) -> String? {
    // The value stands behind the key, and before what else could be written.
    let shown = line.firstRange(of: "   ").map { line[..<$0.lowerBound] } ?? line[...]
    let colon = shown.ranges(of: ": ").last
    let head = colon.map { String(shown[..<$0.upperBound]) } ?? ""
    let value = colon.map { String(shown[$0.upperBound...]) } ?? String(shown)
    guard let model = try? Figures(value), let filled = filled(from: model) else { return nil }
    return filled == text ? nil : head + filled
  }

  private func filled(from model: Figures) -> String? {
    var own = self
    guard sign == .none || sign == model.sign else { return nil }
    own.sign = model.sign
    guard unit == nil || unit == model.unit else { return nil }
    guard per.isEmpty || per.count == model.per.count else { return nil }
    // A part of 1 that lacks its sign of percent is that part of 100.
    if unit == nil, model.unit == "%", sign == .none, !high.isZero, high.approximate <= 1 {
      own.low = low.hundredfold
      own.high = high.hundredfold
    }
    let isPercent = model.unit == "%"
    let words =
      [own.written(unit: isPercent ? "%" : "")]
      + (isPercent ? [] : model.unit.map { [$0] } ?? [])
      + (per.isEmpty ? model.per : per).map { "per " + $0 }
    return words.joined(separator: " ")
  }
}

extension Numeral {
  /// Times 100, in plain figures.
  fileprivate var hundredfold: Numeral {
    var number = self
    number.exponent += 2
    number.hasExponent = false
    let whole = max(0, number.exponent)
    let decimals = max(0, -number.exponent)
    var figures = digits + String(repeating: "0", count: whole)
    if figures.count <= decimals {
      figures = String(repeating: "0", count: decimals - figures.count + 1) + figures
    }
    let point = figures.index(figures.endIndex, offsetBy: -decimals)
    number.text = decimals == 0 ? figures : "\(figures[..<point]).\(figures[point...])"
    return number
  }
}
