public import GenOpsUnits

/// One of a few values, each with its chance; without chances all alike.
public struct DiscreteDistribution: Distribution {
  public static let name = "discrete"
  public static let summary = "one of a few values, each with its chance"
  public static let example = """
    dist: discrete
    values: [10, 20, 40]
    chances: [50%, 30%, 20%]
    """

  public static let manual = KindManual(
    "P(value i) = chance i",
    [
      "values": "a list in the unit of the number",
      "chances": "a list of percentages that add up to 100 %; without it all alike",
      "min, max": "cut the distribution off; what lies outside is redistributed",
    ])

  /// Ascending.
  public let values: [Double]
  /// P(X ≤ value), ending in 1.
  public let cumulative: [Double]

  /// `chances` add up to 1, one for each value.
  public init(values: [Double], chances: [Double]) {
    let order = values.indices.sorted { (values[$0], $0) < (values[$1], $1) }
    self.values = order.map { values[$0] }
    var sum = 0.0
    var cumulative = order.map { index in
      sum += chances[index]
      return sum
    }
    if !cumulative.isEmpty { cumulative[cumulative.count - 1] = 1 }
    self.cumulative = cumulative
  }

  public static func decode(_ keys: inout DistributionReader) -> DiscreteDistribution? {
    let values = keys.amounts("values", example: "[10, 20, 40]")
    let asked = keys.has("chances")
    let chances = keys.optionalChances("chances", example: "[50%, 30%, 20%]")
    guard let values, !asked || chances != nil else { return nil }
    guard let chances else {
      return DiscreteDistribution(
        values: values, chances: values.map { _ in 1 / Double(values.count) })
    }
    if chances.count != values.count {
      keys.refuse("there are \(values.count) values and \(chances.count) chances")
    } else if abs(chances.reduce(0, +) - 1) > 1e-6 {
      keys.refuse(
        "the chances add up to \(NumberText.shown(chances.reduce(0, +) * 100))%",
        help: "they add up to 100%")
    } else {
      return DiscreteDistribution(values: values, chances: chances)
    }
    return nil
  }

  private func chance(_ index: Int) -> Double {
    cumulative[index] - (index > 0 ? cumulative[index - 1] : 0)
  }

  public var mean: Double { values.indices.reduce(0) { $0 + chance($1) * values[$1] } }
  public var sd: Double {
    let center = mean
    return values.indices.reduce(0) {
      $0 + chance($1) * (values[$1] - center) * (values[$1] - center)
    }.squareRoot()
  }
  public func quantile(_ p: Double) -> Double {
    values[cumulative.firstIndex { $0 >= p } ?? values.count - 1]
  }
  public func probability(atMost x: Double) -> Double {
    values.lastIndex { $0 <= x }.map { cumulative[$0] } ?? 0
  }
}
