import Foundation
public import GenOpsNumerics
public import GenOpsUnits

/// A season of the year as a smooth wave: more around a date, less half a year from it.
///
/// The multiplier of a day is 1 + change · cos(2π · days since the peak / 365.25), the first
/// harmonic of a yearly Fourier series. Two effects, the second with `times: 2`, are the first two
/// harmonics.
public struct YearlyEffect: CalendarEffect {
  public static let name = "yearly"
  public static let summary = "a season of the year: a smooth wave with a date of most usage"
  public static let example = """
    effect: yearly
    peak: 2027-11-20 to 2027-12-10
    by: +10% to +20%
    """

  public static let manual = KindManual(
    "× (1 + by · cos(2π · times · days since the peak / 365.25))",
    [
      "peak": "a day of most usage, of any year, or a range of days",
      "by": "relative change on that day, such as +10%",
      "times": "waves in a year, 1 to 12; 1 unless given",
    ], source: "the harmonics of a yearly Fourier series")

  /// A day of most usage, in days since 1970-01-01; any year will do.
  public var peak: UncertainValue
  /// Relative change on that day, a fraction; counts from −1 to 1.
  public var change: UncertainValue
  /// Waves in a year.
  public var times: Double

  public static func decode(_ node: Node, _ findings: inout Findings) -> YearlyEffect? {
    var keys = MappingReader(node, "a season of the year", &findings)
    _ = keys.take("effect")
    let peakNode = keys.required("peak", example: "peak: 2027-12-01", &findings)
    let byNode = keys.required("by", example: "by: +10% to +20%", &findings)
    let timesNode = keys.take("times")
    keys.finish(&findings)
    let peak = DatedText.date(peakNode, key: "peak", &findings)
    let change = ParameterText.read(
      byNode, key: "by", as: .change, example: "+10% to +20%", &findings)
    let times = timesNode.map { Int($0.text ?? "") ?? 0 } ?? 1
    if let timesNode, !(1...12).contains(times) {
      findings.error(
        "wrong-value", "'times' is how many waves a year has, 1 to 12", help: "times: 2",
        at: timesNode.location)
      return nil
    }
    guard let peak, let change else { return nil }
    return YearlyEffect(peak: peak, change: change, times: Double(times))
  }

  public var parameters: [GrowthParameter] {
    [GrowthParameter("peak", peak), GrowthParameter("by", change)]
  }

  public func multiply(
    _ days: UnsafeMutableBufferPointer<Double>, from first: CalendarDay, values: [Double]
  ) {
    // A certain date lies in the middle of its day; the wave is taken at the middle of each.
    let begin = Double(first.number) + 0.5 - values[0]
    let size = min(1, max(-1, values[1]))
    for index in days.indices {
      days[index] *= 1 + size * cos(2 * .pi * times * (begin + Double(index)) / 365.25)
    }
  }
}
