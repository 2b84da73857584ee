public import GenOpsNumerics
public import GenOpsUnits

/// Days of the month on which usage differs: invoices on the first, reports on the last.
public struct MonthDayEffect: CalendarEffect {
  public static let name = "month-days"
  public static let summary = "days of the month that differ, such as the first and the last"
  public static let example = """
    effect: month-days
    days: {1: +20% to +40%, last: +60%}
    """

  public static let manual = KindManual(
    "× (1 + change) on these days of each month",
    [
      "days": "1 to 31 or last, each with its relative change"
    ])

  /// A day of every month.
  public struct Day: Sendable, Hashable {
    /// 1 … 31; 0 stands for the month's last day.
    public var number: Int
    /// Relative change, a fraction; a draw below −1 counts as −1.
    public var change: UncertainValue
  }

  public var days: [Day]

  public static func decode(_ node: Node, _ findings: inout Findings) -> MonthDayEffect? {
    var keys = MappingReader(node, "days of the month", &findings)
    _ = keys.take("effect")
    let list = keys.required("days", example: "days: {1: +20%, last: +60%}", &findings)
    keys.finish(&findings)
    guard let list else { return nil }
    guard let entries = list.mapping, !entries.isEmpty else {
      findings.error(
        "wrong-type", "'days' is a mapping of days of the month",
        help: "days: {1: +20%, last: +60%}", at: list.location)
      return nil
    }
    let days = entries.compactMap { entry -> Day? in
      let number = entry.key == "last" ? 0 : Int(entry.key).flatMap { $0 > 0 ? $0 : nil }
      let change = ParameterText.read(
        entry.value, key: entry.key, as: .change, example: "+20%", &findings)
      guard let number, number <= 31 else {
        findings.error(
          "wrong-value", "'\(entry.key)' is not a day of the month", help: "1 to 31, or last",
          at: entry.keyLocation)
        return nil
      }
      return change.map { Day(number: number, change: $0) }
    }
    return days.count == entries.count ? MonthDayEffect(days: days) : nil
  }

  public var parameters: [GrowthParameter] {
    days.map { GrowthParameter($0.number == 0 ? "last" : "\($0.number)", $0.change) }
  }

  public func multiply(
    _ multipliers: UnsafeMutableBufferPointer<Double>, from first: CalendarDay, values: [Double]
  ) {
    for index in multipliers.indices {
      let civil = first.advanced(by: index).civil
      let last = CalendarMonth(year: civil.year, month: civil.month).dayCount
      for (day, value) in zip(days, values)
      where day.number == civil.day || (day.number == 0 && civil.day == last) {
        multipliers[index] *= max(0, 1 + value)
      }
    }
  }
}
