public import GenOpsMetering
public import GenOpsUnits

/// How much of a meter's free allotment is used.
public struct FreeTierUsage: Sendable, Hashable {
  public var meter: Meter
  public var used: Int64
  /// Units per period that cost nothing.
  public var allotment: Int64

  /// `used` and `allotment` are units of one billing period.
  public init(meter: Meter, used: Int64, allotment: Int64) {
    self.meter = meter
    self.used = used
    self.allotment = allotment
  }

  /// Free units left, never below 0.
  public var remaining: Int64 { max(0, allotment - used) }

  /// The used part of the allotment in percent; beyond it stays at 100. Nil without an allotment.
  public var percent: Double? {
    allotment > 0 ? min(100, Double(used) / Double(allotment) * 100) : nil
  }

  /// `{"used": …, "allotment": …, "remaining": …, "percent": …}`.
  public var json: JSONValue {
    [
      "used": .integer(used), "allotment": .integer(allotment), "remaining": .integer(remaining),
      "percent": percent.map { .double($0) } ?? .null,
    ]
  }
}

extension RateTable {
  /// How many units at the start of a period cost nothing: 0 when the first one costs, `Int64.max`
  /// when all are free.
  public var freeUnits: Int64 {
    var free: Int64 = 0
    for index in upTo.indices {
      if base[index] != 0 || unit[index] != 0 { return free }
      free = upTo[index]
    }
    return free
  }
}

extension CostCalculator {
  /// The free allotment of `meter` in `totals`; nil when its price is unknown or it has no end.
  public func freeTierUsage(of meter: Meter, in totals: MeterTotals) -> FreeTierUsage? {
    guard let free = table(for: meter)?.freeUnits, free < .max else { return nil }
    return FreeTierUsage(meter: meter, used: totals[meter], allotment: free)
  }

  /// The free allotments of every meter that is used, in the order of the table.
  public func freeTierUsage(for totals: MeterTotals) -> [FreeTierUsage] {
    totals.used.compactMap { freeTierUsage(of: $0, in: totals) }
  }
}
