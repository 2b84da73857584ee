import GenOpsUnits

/// A number with what it is measured in, as a person writes it: `40 per user per month`, `2% to 6%
/// per month`, `x1.8`, `60 USD per hour`.
public struct Measure: Sendable, Hashable {
  /// What a number says about something that is there already.
  public enum Sign: Sendable, Hashable {
    case none
    /// `+15%`, `-20`.
    case change
    /// `x1.8`.
    case factor
  }

  /// In the units as written: 5 for `5%`.
  public var value: UncertainValue
  /// `USD`, `hours`, `%`; as a rule none or one.
  public var units: [String]
  /// What follows `per`: `user`, `month`.
  public var per: [String]
  public var sign: Sign
  /// Written in figures at this place, not named.
  var isFigures = false

  init(
    _ value: UncertainValue, units: [String] = [], per: [String] = [], sign: Sign = .none,
    isFigures: Bool = false
  ) {
    self.value = value
    self.units = units
    self.per = per
    self.sign = sign
    self.isFigures = isFigures
  }

  /// `USD per month`, `%`, or "no unit", for messages.
  var unitText: String {
    let text = (units + per.flatMap { ["per", $0] }).joined(separator: " ")
    return text.isEmpty ? (sign == .factor ? "a factor" : "no unit") : text
  }

  /// A known number in figures with its unit, `5000 USD per month`; nil when it is uncertain.
  public var figures: String? {
    guard case .constant(let number) = value else { return nil }
    let prefix = sign == .factor ? "x" : sign == .change && number >= 0 ? "+" : ""
    let unit = (units + per.flatMap { ["per", $0] }).joined(separator: " ")
    return prefix + NumberText.shown(number) + (unit.isEmpty || unit.hasPrefix("%") ? "" : " ")
      + unit
  }

  /// Whether it is measured in nothing at all.
  private var isBare: Bool { units.isEmpty && per.isEmpty && sign == .none }

  /// A percentage as the fraction that it is.
  private var asFraction: Measure {
    guard let index = units.firstIndex(of: "%") else { return self }
    var fraction = self
    fraction.units.remove(at: index)
    fraction.value = value.scaled(.times(0.01))
    if sign == .change {
      fraction.value = fraction.value.scaled(.affine(factor: 1, offset: 1))
      fraction.sign = .factor
    }
    return fraction
  }

  /// Why two numbers cannot be put together.
  struct Mismatch: Error {
    var message: String
    var help: String
  }

  // MARK: Arithmetic

  /// A percentage of something is that part of it; twice 5 %, written in figures, is 10 %. Hours
  /// times USD per hour are USD.
  static func product(
    _ a: Measure, _ b: Measure, isQuotient: Bool, _ combine: (Measure, Measure) -> UncertainValue
  ) throws(Mismatch) -> Measure {
    var (a, b) = (a, b)
    let keepsPercent =
      (a.units == ["%"] && b.isBare && b.isFigures)
      || (!isQuotient && b.units == ["%"] && a.isBare && a.isFigures)
      || (a.units == ["%"] && b.sign == .factor) || (b.units == ["%"] && a.sign == .factor)
    if isQuotient, a.units == ["%"], b.units == ["%"] {
      // One percentage by another is how often it goes into it.
      (a, b) = (a.asFraction, b.asFraction)
    } else if !keepsPercent {
      if a.units.contains("%"), b.units.contains("%") {
        a = a.asFraction
      } else {
        (a, b) = (a.asFraction, b.asFraction)
      }
    }
    var above = a.units + (isQuotient ? b.per : b.units)
    var below = a.per + (isQuotient ? b.units : b.per)
    above.removeAll { unit in
      guard let index = below.firstIndex(where: { singular($0) == singular(unit) }) else {
        return false
      }
      below.remove(at: index)
      return true
    }
    if above.count > 1 {
      throw Mismatch(
        message: "\(a.unitText) \(isQuotient ? "by" : "times") \(b.unitText) is not a unit",
        help: "only one of the two may have a unit, or one 'per' what the other is in")
    }
    let signs = [a.sign, b.sign]
    let other = a.sign == .factor ? b : a
    let sign: Sign =
      signs.contains(.change)
      ? .change
      : signs.contains(.factor) && other.isBare && other.isFigures
        ? .factor : signs == [.factor, .factor] ? .factor : .none
    return Measure(
      combine(a, b), units: above, per: below, sign: sign, isFigures: a.isFigures && b.isFigures)
  }

  /// Numbers of one kind; a percentage may be added to a plain number as the fraction it is.
  static func sum(
    _ a: Measure, _ b: Measure, _ combine: (Measure, Measure) -> UncertainValue
  ) throws(Mismatch) -> Measure {
    var (a, b) = (a, b)
    if a.units == ["%"], b.units.isEmpty, a.per == b.per { a = a.plainFraction }
    if b.units == ["%"], a.units.isEmpty, a.per == b.per { b = b.plainFraction }
    guard a.units.map(singular) == b.units.map(singular),
      a.per.map(singular) == b.per.map(singular)
    else {
      throw Mismatch(
        message: "\(a.unitText) and \(b.unitText) cannot be added",
        help: "write both in one unit and for one period")
    }
    return Measure(
      combine(a, b), units: a.units, per: a.per, sign: a.sign == .none ? b.sign : a.sign,
      isFigures: a.isFigures && b.isFigures)
  }

  private var plainFraction: Measure {
    var fraction = self
    fraction.sign = .none
    return fraction.asFraction
  }

  /// `user` of `users`, `USD` of `usd`: how units are compared.
  static func singular(_ word: String) -> String {
    if let currency = Figures.currency(word) { return currency }
    return word.count > 2 && word.hasSuffix("s") && word != "times" ? String(word.dropLast()) : word
  }
}
