public import GenOpsUnits

import GenOpsMetering

/// Reads the prices and bounds of one rate, in the currency of its book.
public struct PriceReader: Sendable {
  /// ISO 4217 code of the book.
  public let currency: String
  /// How many units of the meter one unit of the price list is: 1,000 where a meter counts MB and
  /// the list is per GB. Bounds are multiplied by it and prices divided.
  public let per: Int64

  /// `per` is the number of units of the meter in one unit of the price list, from 1 on.
  public init(currency: String, per: Int64 = 1) {
    self.currency = currency
    self.per = per
  }

  /// An amount of money that is not negative: `"250.00"` or `"250.00 USD"`.
  public func amount(_ node: Node, _ findings: inout Findings) -> Money? {
    guard let text = node.text else {
      findings.error(
        "wrong-type", "a price is a decimal text, this is \(node.kindName)",
        help: #"write "0.00005""#, at: node.location)
      return nil
    }
    guard
      let figures = Figures.read(
        text, "price-text", "\(MoneyTextError.notANumber(text))", help: PriceReader.plain,
        at: node.location, &findings, { $0 })
    else { return nil }
    if let unit = figures.unit, unit.uppercased() != currency {
      findings.error(
        "two-currencies", "this price is in \(unit), the book is in \(currency)",
        help: "one book has one currency; convert the price or write a second book",
        at: node.location)
      return nil
    }
    do throws(MoneyTextError) {
      // A price list writes prices out; `3.43e-05` comes from a program.
      guard let number = figures.number(in: figures.unit), !number.hasExponent else {
        throw .notANumber(text)
      }
      let amount = try Money(number)
      if amount < .zero {
        findings.error(
          "negative-price", "a price cannot be negative", help: "write \(-amount)",
          at: node.location)
        return nil
      }
      return amount
    } catch {
      findings.error(
        "price-text", "\(error)", help: PriceReader.advice(figures, error), at: node.location)
      return nil
    }
  }

  /// The price of one unit of the meter: the price of one unit of the list, divided by ``per``.
  public func unitPrice(_ node: Node, _ findings: inout Findings) -> UnitPrice? {
    guard let amount = amount(node, &findings) else { return nil }
    guard amount.nanos % per == 0 else {
      findings.error(
        "price-text", "\(amount) per \(per) units is finer than 0.000000001 per unit",
        help: "round the price so that it divides by \(per)", at: node.location)
      return nil
    }
    return UnitPrice(nanosPerUnit: amount.nanos / per)
  }

  /// A percentage from 0 % to 100 %, or signed where `signed`.
  public func percent(_ node: Node, signed: Bool = false, _ findings: inout Findings) -> Percent? {
    if let percent = node.text.flatMap({ Percent($0) }),
      signed || (0...100_000_000_000).contains(percent.nanos)
    {
      return percent
    }
    let text = node.text ?? ""
    if !signed, Percent(text) != nil {
      findings.error(
        "percent", "'\(text)' is not a percentage from 0 % to 100 %",
        help: "it is a part of the amount, from 0% to 100%", at: node.location)
      return nil
    }
    let own = (try? Figures(text))?.put(into: signed ? "+10%" : "20%")
    findings.error(
      "percent", "'\(node.text ?? node.kindName)' is not a percentage",
      help: "write \(own ?? (signed ? "+10%" : "20%"))", at: node.location)
    return nil
  }

  /// The number of the last unit of a tier, in units of the meter; at least 1.
  public func bound(_ node: Node, _ findings: inout Findings) -> Int64? {
    guard let text = node.text else {
      findings.error(
        "wrong-type", "up_to is a number of units, this is \(node.kindName)",
        help: #"write "up_to": 1000000"#, at: node.location)
      return nil
    }
    do throws(QuantityTextError) {
      let units = try QuantityText.parse(text)
      let (bound, overflow) = units.multipliedReportingOverflow(by: per)
      if overflow { throw .outOfRange(text) }
      if bound > 0 { return bound }
      findings.error(
        "tier-order", "a tier that ends at \(text) has no units", help: "leave it out",
        at: node.location)
    } catch {
      findings.error(
        "tier-bound", "\(error)",
        help: error.correction ?? "write a whole number such as 1000000 or 1M",
        at: node.location)
    }
    return nil
  }

  /// What to write instead. A program that wrote the price from a binary float leaves
  /// `3.43e-05` or `0.000034299999999999996`; then the decimal that was meant is shown.
  private static func advice(_ figures: Figures, _ error: MoneyTextError) -> String {
    let value = figures.low.approximate
    if figures.refusal == nil, let near = Money(approximately: value) {
      let isNoise = abs(near.approximate - value) <= abs(value) * 1e-12
      if isNoise {
        return "this is a decimal that went through a binary number; write \"\(near)\" as text"
      }
      if case .finerThanNano = error {
        return "the nearest price that can be billed is \"\(near)\""
      }
    }
    return plain
  }

  private static let plain = #"write a plain decimal as text, such as "0.00005""#
}
