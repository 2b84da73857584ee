import GenOpsIngestion
import GenOpsUnits

/// An amount of money as a billing answer writes it.
///
/// PostHog writes single amounts as decimal texts (`"450.00"`), taken exactly, and series of
/// amounts as JSON numbers that carry binary noise (`123.45600000000002`).
struct BillAmount {
  /// Exact for a text; the nearest nano-unit for a number.
  var money: Money
  /// Whether digits were rounded away.
  var isRounded: Bool

  /// Nil, with a finding, when `node` is not an amount. A null is nil without a finding.
  init?(_ node: Node, _ findings: inout RepeatedFindings) {
    guard let text = node.text, !node.isNull else {
      if node.text == nil {
        findings.add(
          .warning, "bill-amount",
          "an amount is a text such as \"450.00\", this is \(node.kindName)",
          at: node.location)
      }
      return nil
    }
    do throws(MoneyTextError) {
      money = try Money(parsing: text)
      isRounded = false
      return
    } catch {
      if case .outOfRange = error {
        findings.add(
          .warning, "bill-amount", "'\(text.prefix(40))' is beyond any bill",
          help: "the line is left out", at: node.location)
        return nil
      }
      // Finer than a nano-unit, or with an exponent: the nearest amount is meant.
      guard text.utf8.allSatisfy({ "0123456789.eE+-".utf8.contains($0) }),
        let value = Double(text), let nearest = Money(approximately: value)
      else {
        findings.add(
          .warning, "bill-amount", "'\(text.prefix(40))' is not an amount of money",
          help: "expected a decimal such as \"450.00\"", at: node.location)
        return nil
      }
      money = nearest
      isRounded = true
    }
  }

  /// The amount rounded to cents, half away from zero, with a note when that changed it.
  func cents(at location: SourceLocation, _ findings: inout RepeatedFindings) -> Money {
    let rounded = money.roundedToCents
    if rounded != money || isRounded {
      findings.add(
        .note, "bill-rounded", "an amount with more than two decimals is rounded to \(rounded)",
        at: location)
    }
    return rounded
  }
}

extension Money {
  /// The nearest whole cent, half away from zero.
  var roundedToCents: Money {
    let cent: Int64 = 10_000_000
    let rest = nanos % cent
    let whole = nanos - rest
    if rest.magnitude * 2 < UInt64(cent) { return Money(nanos: whole) }
    return Money(nanos: whole.addingClamped(nanos < 0 ? -cent : cent))
  }
}
