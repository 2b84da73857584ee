import GenOpsUnits

/// Units per meter over a span of time: what a bill is computed from. Sums are held at the ends of
/// `Int64`.
public struct MeterTotals: Sendable, Hashable {
  @usableFromInline var values: [Int64]

  /// No usage.
  public init() { values = [Int64](repeating: 0, count: Meter.count) }

  /// Units by meter; a meter that is left out has none.
  public init(_ totals: [Meter: Int64]) {
    self.init()
    for (meter, units) in totals { values[meter.index] = units }
  }

  @inlinable
  public subscript(meter: Meter) -> Int64 {
    get { values[meter.index] }
    set { values[meter.index] = newValue }
  }

  /// Adds units of a meter.
  public mutating func add(_ units: Int64, of meter: Meter) {
    values[meter.index] = values[meter.index].addingClamped(units)
  }

  /// The meters that have usage, in the order of the table.
  public var used: [Meter] { Meter.allCases.filter { values[$0.index] != 0 } }

  public static func + (a: MeterTotals, b: MeterTotals) -> MeterTotals {
    var sum = a
    for index in sum.values.indices {
      sum.values[index] = sum.values[index].addingClamped(b.values[index])
    }
    return sum
  }

  public static func - (a: MeterTotals, b: MeterTotals) -> MeterTotals {
    var difference = a
    for index in difference.values.indices {
      difference.values[index] = difference.values[index].subtractingClamped(b.values[index])
    }
    return difference
  }
}
