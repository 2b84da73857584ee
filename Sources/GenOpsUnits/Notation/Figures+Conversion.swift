/// What keys make of figures.
extension Figures {
  /// The numbers as written, with their signs and `unit` after each: `2% to 6%`.
  package func written(unit: String) -> String {
    (isInterval ? [low, high] : [low]).map { number in
      let mark = sign == .factor ? "x" : sign == .change && !number.isNegative ? "+" : ""
      return mark + number.signedText + unit
    }.joined(separator: " to ")
  }

  /// The interval with its ends in the other order.
  package var swapped: Figures {
    var figures = self
    (figures.low, figures.high) = (high, low)
    return figures
  }

  /// What follows `per`, in one text; nil when nothing does.
  package var period: String? { per.isEmpty ? nil : per.joined(separator: " per ") }

  /// Why this is not one number, in the words of every key that takes one; nil when it is.
  package var refusal: String? {
    if isInterval { return "'\(text)' is an interval, and one number is needed" }
    return sign == .factor ? "'\(text)' is a factor, and a number is needed" : nil
  }

  /// One number, above or below 0, with `unit`, the only one that it may have; nil for anything
  /// else.
  package func number(in unit: String? = nil) -> Numeral? {
    refusal == nil && per.isEmpty && (self.unit == nil || self.unit == unit) ? low : nil
  }

  /// One whole number with at most `unit`; nil for anything else.
  package func whole(in unit: String? = nil) -> Int? {
    (try? number(in: unit)?.whole()).flatMap { Int(exactly: $0) }
  }

  /// One plain number, or one percentage as hundredths; nil for anything else.
  package var fraction: Double? {
    number(in: "%").map { unit == "%" ? $0.approximate / 100 : $0.approximate }
  }

  /// The seconds of one span of time such as `30 s` or `2 hours`; nil for anything else.
  package var seconds: Double? {
    guard let unit, let number = number(in: unit), let length = TimeUnit(unit)?.seconds else {
      return nil
    }
    return number.approximate * Double(length)
  }

  /// `USD` for `usd`; nil for a word that cannot be a currency, such as `min`.
  package static func currency(_ word: String) -> String? {
    let isCode =
      word.utf8.count == 3
      && word.utf8.allSatisfy { (65...90).contains($0) || (97...122).contains($0) }
    return isCode && TimeUnit(word) == nil ? word.uppercased() : nil
  }
}
