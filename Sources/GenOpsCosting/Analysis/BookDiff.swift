public import GenOpsMetering
public import GenOpsUnits

/// What changed between two price books, tier by tier.
public struct BookDiff: Sendable, Hashable {
  /// A run of units whose price is another one.
  public struct TierChange: Sendable, Hashable {
    public var meter: Meter
    /// The number of the tier in the new book, from 1; in the old one where the new has none.
    public var tier: Int
    /// The number of its first unit.
    public var from: Int64
    /// The number of its last unit; `Int64.max` without end.
    public var to: Int64
    public var old: Price
    public var new: Price
    /// Where the new price stands; nil for a book made in memory.
    public var place: SourceLocation?
  }

  /// What a unit of a tier costs.
  public enum Price: Sendable, Hashable {
    /// The book has no rate for the meter, or does not know this tier.
    case unknown
    /// Nano-units for each `step` units, and once when the tier is reached.
    case known(unit: Int64, step: Int64, once: Int64)
  }

  /// An add-on that one book has and the other has not, or has at another price.
  public struct AddOnChange: Sendable, Hashable {
    public var id: String
    /// Nil where the book does not have it.
    public var old: Money?
    public var new: Money?
  }

  public var old: PriceBook
  public var new: PriceBook
  /// In the order of the meters, then of the units.
  public var tiers: [TierChange]
  public var addOns: [AddOnChange]
  public var termsDiffer: Bool

  /// Compares rate by rate and add-on by add-on; what is alike is left out.
  public init(from old: PriceBook, to new: PriceBook) {
    self.old = old
    self.new = new
    tiers = Meter.allCases.flatMap { meter in
      BookDiff.changes(of: meter, old.rate(of: meter), new.rate(of: meter))
    }
    let ids =
      old.addOns.map(\.id)
      + new.addOns.map(\.id).filter { id in
        !old.addOns.contains { $0.id == id }
      }
    addOns = ids.compactMap { id in
      let change = AddOnChange(
        id: id, old: old.addOns.first { $0.id == id }?.price,
        new: new.addOns.first { $0.id == id }?.price)
      return change.old == change.new ? nil : change
    }
    termsDiffer = old.terms != new.terms
  }

  /// Whether the two price everything alike.
  public var isEmpty: Bool { tiers.isEmpty && addOns.isEmpty && !termsDiffer }

  private static func changes(of meter: Meter, _ old: Rate?, _ new: Rate?) -> [TierChange] {
    let bounds = Set((old?.table.upTo ?? [.max]) + (new?.table.upTo ?? [.max])).sorted()
    var changes: [TierChange] = []
    var from: Int64 = 1
    for bound in bounds {
      defer { if bound < .max { from = bound + 1 } }
      let (before, after) = (price(old?.table, from), price(new?.table, from))
      if before == after { continue }
      let index = (new ?? old)?.table.segment(of: from) ?? 0
      let place = new.flatMap { $0.places.indices.contains(index) ? $0.places[index] : nil }
      changes.append(
        TierChange(
          meter: meter, tier: index + 1, from: from, to: bound, old: before, new: after,
          place: place))
    }
    return changes
  }

  private static func price(_ table: RateTable?, _ unit: Int64) -> Price {
    guard let table, unit <= table.knownUpTo else { return .unknown }
    let segment = table.segment(at: table.segment(of: unit))
    // What the first unit costs beyond the price of a unit: a flat part of its tier.
    let jump: Int64? =
      unit == 1 || segment.origin == unit - 1 || segment.origin == 0
      ? table.cost(from: unit - 1, to: unit)?.nanos : segment.unit
    guard let jump else { return .unknown }
    return .known(
      unit: segment.unit, step: segment.step, once: jump.subtractingClamped(segment.unit))
  }
}

extension BookDiff.Price: CustomStringConvertible {
  /// `0.00005`, `5.00 per 1,000`, `0.05 + 20.00 once`, `unknown`.
  public var description: String {
    guard case .known(let unit, let step, let once) = self else { return "unknown" }
    var text = Money(nanos: unit).description
    if step != 1 { text += " per \(groupedDigits(String(step)))" }
    if once != 0 { text += " \(once < 0 ? "-" : "+") \(Money(nanos: once).magnitude) once" }
    return text
  }

  /// The relative change of the unit price to `new`; nil where it has none.
  public func change(to new: BookDiff.Price) -> Double? {
    guard case .known(let a, let s, _) = self, case .known(let b, let t, _) = new, a > 0, s == t
    else { return nil }
    return (Double(b) - Double(a)) / Double(a)
  }
}
