public import GenOpsMetering

/// Why a cost cannot be said.
public enum CostError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The book has no rate for the meter. This is never the same as a price of nothing.
  case unknownPrice(Meter, book: String)
  /// The book knows the price of the units up to `last` only.
  case unknownTier(Meter, last: Int64, book: String)
  /// Usage counts from 0.
  case negativeUsage(Meter, units: Int64)
  /// The cost leaves the range of money, ±9.2 billion.
  case outOfRange(Meter, units: Int64)
  /// The lines of a bill add up to more than money's range.
  case totalOutOfRange
  /// Attributed usage is more than the bill has.
  case moreThanBilled(Meter, attributed: Int64, billed: Int64)

  public var description: String {
    switch self {
    case .unknownPrice(let meter, let book):
      "\(book) has no price for \(meter.id); add a rate to the book or use another one"
    case .unknownTier(let meter, let last, let book):
      "\(book) does not know the price of \(meter.id) above \(last)"
    case .negativeUsage(let meter, let units): "\(meter.id) cannot be \(units); usage counts from 0"
    case .outOfRange(let meter, let units):
      "the cost of \(units) \(meter.id) is beyond 9.2 billion; is the number right?"
    case .totalOutOfRange: "the bill adds up to more than 9.2 billion; is the usage right?"
    case .moreThanBilled(let meter, let attributed, let billed):
      "\(attributed) \(meter.id) are attributed, but only \(billed) are billed"
    }
  }
}
