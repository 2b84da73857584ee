extension Money: CustomStringConvertible {
  /// Reads a number such as `250`, `-3.5`, `1,250.50`, `0.000065` or `1e6`, exactly.
  public init(parsing text: String) throws(MoneyTextError) {
    let hasSign = text.first == "-" || text.first == "+"
    guard var number = try? Numeral(text.dropFirst(hasSign ? 1 : 0)) else {
      throw .notANumber(text)
    }
    number.isNegative = text.first == "-"
    try self.init(number)
  }

  /// The amount that `number` is, exactly.
  package init(_ number: Numeral) throws(MoneyTextError) {
    do throws(Numeral.Misfit) { nanos = try number.whole(tenTo: 9) } catch {
      switch error {
      case .notWhole: throw .finerThanNano(number.signedText)
      case .outOfRange: throw .outOfRange(number.signedText)
      }
    }
  }

  /// At least 2 and at most 9 decimals; zeros beyond the second decimal are cut: `50.00`,
  /// `0.00005`.
  public var description: String { text(decimals: nil) }

  /// The amount with exactly `decimals` decimals, rounded half away from zero, or with the natural
  /// 2 to 9 when nil. This is the only place where money is rounded.
  public func text(decimals: Int?, grouping: Bool = false) -> String {
    var magnitude = nanos.magnitude
    var places = 9
    if let decimals {
      var divisor: UInt64 = 1
      for _ in max(0, min(9, decimals))..<9 { divisor *= 10 }
      magnitude = (magnitude + divisor / 2) / divisor
      places = max(0, min(9, decimals))
    }
    var fraction: [UInt8] = []
    for _ in 0..<places {
      fraction.append(UInt8(ascii: "0") + UInt8(magnitude % 10))
      magnitude /= 10
    }
    fraction.reverse()
    if decimals == nil {
      while fraction.count > 2, fraction.last == UInt8(ascii: "0") { fraction.removeLast() }
    }
    var whole = String(magnitude)
    if grouping { whole = groupedDigits(whole) }
    let sign = nanos < 0 && !(magnitude == 0 && fraction.allSatisfy { $0 == 48 }) ? "-" : ""
    return sign + whole + (fraction.isEmpty ? "" : "." + String(decoding: fraction, as: UTF8.self))
  }
}

/// `1234567` as `1,234,567`.
public func groupedDigits(_ digits: String) -> String {
  var out: [Character] = []
  for (position, digit) in digits.reversed().enumerated() {
    if position > 0, position % 3 == 0, digit.isNumber { out.append(",") }
    out.append(digit)
  }
  return String(out.reversed())
}
