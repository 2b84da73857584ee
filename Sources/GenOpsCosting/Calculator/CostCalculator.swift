public import GenOpsMetering
public import GenOpsUnits

/// Prices usage of one billing period with one price book. **Every price the program says comes
/// from here** (or from the ``RateTable``s it hands out).
///
/// ```swift
/// let calculator = CostCalculator(book: .standard, addOns: ["boost"])
/// try calculator.cost(of: 10_000_000, on: .events).description   // "324.40"
/// ```
public struct CostCalculator: Sendable {
  public let book: PriceBook
  /// The chosen flat add-ons and opt-in products, by the ids of ``PriceBook/addOnNames``.
  public let addOns: Set<String>
  /// What was wrong with the names of the add-ons.
  public let findings: Findings
  /// By ``GenOpsMetering/Meter/index``; nil where the price is unknown.
  private let tables: [RateTable?]

  /// `addOns` may use any name ``PriceBook/addOn(named:at:_:)`` knows; a name it does not know is
  /// left out and reported in ``findings``.
  public init(book: PriceBook = .standard, addOns: Set<String> = []) {
    var findings = Findings()
    // Sorted, because findings must come in the same order every time.
    let chosen = Set(addOns.sorted().compactMap { book.addOn(named: $0, &findings) })
    self.book = book
    self.addOns = chosen
    self.findings = findings
    tables = Meter.allCases.map { meter in
      guard let rate = book.rate(of: meter) else { return nil }
      return rate.isOptIn && !chosen.contains(rate.product) ? .free : rate.table
    }
  }

  /// The cost table of `meter` as this customer pays it; nil when the price is unknown. An opt-in
  /// product that was not chosen costs nothing.
  public func table(for meter: Meter) -> RateTable? { tables[meter.index] }

  /// A warning for each of `meters`, which are used, that the book bills only with an add-on that is not chosen.
  package func notChosen(_ meters: some Sequence<Meter>) -> Findings {
    var findings = Findings()
    for meter in meters {
      guard let rate = book.rate(of: meter), rate.isOptIn, !addOns.contains(rate.product) else {
        continue
      }
      findings.warning(
        "add-on-not-chosen",
        "\(book.id) bills \(meter.id) with the add-on \(rate.product) alone, which is not chosen: "
          + "they cost nothing here",
        help: "add: --add-ons \(rate.product)")
    }
    return findings
  }

  /// The cost of the first `units` of a period.
  public func cost(of units: Int64, on meter: Meter) throws(CostError) -> Money {
    guard let table = tables[meter.index] else { throw .unknownPrice(meter, book: book.id) }
    if units < 0 { throw .negativeUsage(meter, units: units) }
    if units > table.knownUpTo {
      throw .unknownTier(meter, last: table.knownUpTo, book: book.id)
    }
    guard let cost = table.cost(of: units) else { throw .outOfRange(meter, units: units) }
    return cost
  }

  /// The cost of those of the first `units` whose price is known.
  func knownCost(of units: Int64, on meter: Meter) throws(CostError) -> Money {
    try cost(of: min(units, table(for: meter)?.knownUpTo ?? units), on: meter)
  }

  /// The cost of the units after `used` up to and including `total`: what one interval adds.
  public func cost(on meter: Meter, from used: Int64, to total: Int64) throws(CostError) -> Money {
    let before = try cost(of: used, on: meter)
    return try cost(of: total, on: meter) - before
  }

  /// The cost of one more unit after `used`.
  public func marginalCost(on meter: Meter, after used: Int64) throws(CostError) -> Money {
    let (next, overflow) = used.addingReportingOverflow(1)
    if overflow { throw .outOfRange(meter, units: used) }
    return try cost(on: meter, from: used, to: next)
  }

  /// The cost of all usage in `totals`, without fees; an unknown price is an error.
  public func cost(of totals: MeterTotals) throws(CostError) -> Money {
    var sum = Money.zero
    for meter in totals.used {
      let part = try cost(of: totals[meter], on: meter)
      do { sum = try sum.adding(part) } catch { throw .totalOutOfRange }
    }
    return sum
  }

  /// What `added` costs when `opening` was used before it in the same period.
  public func cost(of added: MeterTotals, after opening: MeterTotals) throws(CostError) -> Money {
    var sum = Money.zero
    for meter in added.used {
      let (end, overflow) = opening[meter].addingReportingOverflow(added[meter])
      if overflow { throw .outOfRange(meter, units: .max) }
      let part = try cost(on: meter, from: opening[meter], to: end)
      do { sum = try sum.adding(part) } catch { throw .totalOutOfRange }
    }
    return sum
  }
}
