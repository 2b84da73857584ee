public import GenOpsUnits

/// The days on which an add-on is subscribed to.
public struct AddOnSpan: Sendable, Hashable {
  /// The add-on's id.
  public var id: String
  /// Nil is always.
  public var from: CalendarDay?
  /// The last day; nil is for ever.
  public var to: CalendarDay?

  /// Nil for a day without a bound on that side; both days are included.
  public init(id: String, from: CalendarDay? = nil, to: CalendarDay? = nil) {
    self.id = id
    self.from = from
    self.to = to
  }

  /// How many days of `period` it covers.
  public func days(in period: BillingPeriod) -> Int {
    let first = max(period.start, from ?? period.start)
    let end = min(period.end, to.map { $0.advanced(by: 1) } ?? period.end)
    return max(0, first.distance(to: end))
  }
}

extension Money {
  /// Proration: the part of an amount of 0 or more for `days` of a period of `length` days, to the
  /// nearest nano-unit.
  func prorated(days: Int, of length: Int) -> Money {
    guard days < length else { return self }
    let product = nanos.magnitude.multipliedFullWidth(by: UInt64(max(0, days)))
    // Fewer days than the length, so the quotient is less than the amount.
    let (whole, rest) = UInt64(length).dividingFullWidth(product)
    return Money(nanos: Int64(whole) + (rest * 2 >= UInt64(length) ? 1 : 0))
  }
}

extension AddOn {
  /// Proration: the part of the fee for `days` of a period of `length` days, to the nearest
  /// nano-unit.
  public func price(days: Int, of length: Int) -> Money { price.prorated(days: days, of: length) }
}

extension BillingTerms {
  /// The terms of `days` of a period of `length` days: what is agreed for each period counts by the
  /// day, like a fee.
  package func prorated(days: Int, of length: Int) -> BillingTerms {
    guard days < length else { return self }
    var part = self
    part.amountOff = amountOff?.prorated(days: days, of: length)
    part.minimum = minimum?.prorated(days: days, of: length)
    for index in credits.indices {
      part.credits[index].mostPerPeriod = credits[index].mostPerPeriod?.prorated(
        days: days, of: length)
    }
    return part
  }
}

extension CostCalculator {
  /// The flat lines of a bill, in the order of the book.
  func fees(period: BillingPeriod?, spans: [AddOnSpan]) -> [Fee] {
    book.addOns.compactMap { addOn in
      guard addOns.contains(addOn.id) else { return nil }
      guard let period, let span = spans.first(where: { $0.id == addOn.id }) else {
        return Fee(id: addOn.id, name: addOn.name, amount: addOn.price)
      }
      let length = period.start.distance(to: period.end)
      let days = span.days(in: period)
      if days == 0 { return nil }
      return Fee(
        id: addOn.id, name: addOn.name, detail: days < length ? "\(days) of \(length) days" : nil,
        amount: addOn.price(days: days, of: length))
    }
  }
}
