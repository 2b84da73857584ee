import GenOpsCosting
import GenOpsMetering

/// The meters that make up the cost of some usage at list prices. What is nearly nothing of it, such as a
/// row exported once a day, does not say whether a day is counted.
enum MainMeters {
  /// The share of the whole cost from which a meter is a main one.
  private static let least = 0.01

  static func of(_ series: [UsageSeries]) -> Set<Meter> {
    let meters = Meter.allCases.filter { meter in series.contains { $0.meter == meter } }
    // A meter without a price may cost anything.
    let costs = meters.map { meter in
      price(meter).map { $0 * units(of: meter, in: series) } ?? .infinity
    }
    let whole = costs.filter(\.isFinite).reduce(0, +)
    guard whole > 0 else { return Set(meters) }
    return Set(zip(meters, costs).filter { $1 >= whole * least }.map(\.0))
  }

  private static func units(of meter: Meter, in series: [UsageSeries]) -> Double {
    series.filter { $0.meter == meter }.reduce(0) { sum, one in
      sum + one.values.reduce(0) { $1.isFinite ? $0 + $1 : $0 }
    }
  }

  /// What a unit behind the free ones costs, in nano-units; nil where the price is unknown.
  private static func price(_ meter: Meter) -> Double? {
    PriceBook.standard.rate(of: meter).map { rate in
      rate.table.segments.first { $0.unit > 0 }.map { Double($0.unit) / Double($0.step) } ?? 0
    }
  }
}
