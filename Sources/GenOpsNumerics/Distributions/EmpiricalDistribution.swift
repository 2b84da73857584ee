public import GenOpsUnits

/// What was seen before: the values of a sample, with straight lines between neighbours (Hyndman
/// and Fan's type 7). Never below the smallest nor above the largest.
public struct EmpiricalDistribution: Distribution {
  public static let name = "empirical"
  public static let summary = "what was seen before, from a list of values"
  public static let example = """
    dist: empirical
    values: [12, 15, 11, 19, 30, 14]
    """

  public static let manual = KindManual(
    "straight lines between the ordered values",
    [
      "values": "a list in the unit of the number, at least two",
      "file, column, unit":
        "instead: a CSV file beside the scenario, its column, the unit of its numbers",
      "min, max": "cut the distribution off; what lies outside is redistributed",
    ],
    source: "R. Hyndman and Y. Fan 1996, type 7",
    calibration: "the sample itself")

  /// Ascending, at least two.
  public let values: [Double]

  /// `values` in any order, at least one.
  public init(values: [Double]) { self.values = values.sorted() }

  public static func decode(_ keys: inout DistributionReader) -> EmpiricalDistribution? {
    guard let values = keys.amounts("values", example: "[12, 15, 11]") else { return nil }
    if values.count > 1 { return EmpiricalDistribution(values: values) }
    keys.refuse("one value is not a sample", help: "give at least two")
    return nil
  }

  private var steps: Double { Double(values.count - 1) }

  /// Of the distribution, not of the sample: each step between neighbours is uniform.
  public var mean: Double {
    let sum = values.reduce(0, +) - (values[0] + values[values.count - 1]) / 2
    return sum / steps
  }
  public var sd: Double {
    let center = mean
    var squares = 0.0
    for index in 1..<values.count {
      let (a, b) = (values[index - 1] - center, values[index] - center)
      squares += (a * a + a * b + b * b) / 3
    }
    return (squares / steps).squareRoot()
  }

  public func quantile(_ p: Double) -> Double {
    let position = min(steps, max(0, p * steps))
    let low = min(values.count - 2, Int(position))
    return values[low] + (position - Double(low)) * (values[low + 1] - values[low])
  }

  public func probability(atMost x: Double) -> Double {
    guard let low = values.lastIndex(where: { $0 <= x }) else { return 0 }
    guard low < values.count - 1 else { return 1 }
    return (Double(low) + (x - values[low]) / (values[low + 1] - values[low])) / steps
  }
}
