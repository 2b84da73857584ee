public import GenOpsUnits

import GenOpsMetering

/// One tier of a price list as a book writes it.
public struct PriceTier: Sendable, Hashable {
  /// The last unit of the tier, counted from the start of the period; `Int64.max` in the last one.
  public var upTo: Int64
  /// Of one unit, or of the whole tier where the model says so. Nil when it is unknown.
  public var price: Money?
  /// Owed once as soon as the tier is reached.
  public var flat: Money
  /// Where its price stands.
  public var place: SourceLocation
}

extension [PriceTier] {
  /// The last unit with a known price.
  var knownUpTo: Int64 {
    guard last?.price == nil, count > 1 else { return .max }
    return self[count - 2].upTo
  }
}
