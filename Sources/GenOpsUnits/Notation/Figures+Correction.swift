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

  /// A number that says neither what is added nor by what is multiplied, as each: `x2, or +2%`. Nil where
  /// something of it is said.
  package var asChange: String? {
    guard sign == .none, unit == nil, per.isEmpty else { return nil }
    var (factor, change) = (self, self)
    factor.sign = .factor
    change.sign = .change
    return "\(factor.written(unit: "")), or \(change.written(unit: "%"))"
  }

  /// With a period that stands as a word of its own, as in `USD daily`, in the place of one after `per`.
  private var spelledOut: Figures {
    guard per.isEmpty, var words = unit?.split(separator: " ").map(String.init),
      let period = words.last.flatMap(TimeUnit.init(adverb:))
    else { return self }
    words.removeLast()
    var figures = self
    figures.unit = words.isEmpty ? nil : words.joined(separator: " ")
    figures.per = [period.rawValue]
    return figures
  }

  private func filled(from model: Figures) -> String? {
    var own = spelledOut
    let (unit, per) = (own.unit, own.per)
    guard sign == .none || sign == model.sign else { return nil }
    own.sign = model.sign
    guard unit == nil || unit == model.unit else { return nil }
    // Of `per user per month`, `per user` may be what was said.
    let isBegun = per.count < model.per.count && model.per.starts(with: per)
    guard isBegun || per.count == model.per.count else { return nil }
    // A part of 1 that lacks its sign of percent is that part of 100.
    if unit == nil, model.unit == "%", sign == .none, !high.isZero, high.approximate <= 1 {
      own.low = low.hundredfold
      own.high = high.hundredfold
    }
    let isPercent = model.unit == "%"
    let words =
      [own.written(unit: isPercent ? "%" : "")]
      + (isPercent ? [] : model.unit.map { [$0] } ?? [])
      + (isBegun ? model.per : per).map { "per " + $0 }
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
