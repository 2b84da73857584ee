public import GenOpsNumerics
public import GenOpsUnits

/// Holidays of a country, and dates of one's own: on each, usage is changed by the same part.
public struct HolidayEffect: CalendarEffect {
  public static let name = "holidays"
  public static let summary = "public holidays of a country and dates of your own"
  public static let example = """
    effect: holidays
    country: de
    dates: [2027-12-24, 2027-12-31]
    by: -50% to -30%
    """

  public static let manual = KindManual(
    "× (1 + by) on each holiday",
    [
      "country": "whose public holidays, by code: de, us",
      "dates": "a list of days of your own",
      "by": "relative change: -50% to -30%",
    ],
    source: "the law of each country, cited beside its rules")

  /// Nil for own dates alone.
  public var calendar: HolidayCalendar?
  public var dates: [CalendarDay]
  /// Relative change, a fraction; a draw below −1 counts as −1.
  public var change: UncertainValue

  public static func decode(_ node: Node, _ findings: inout Findings) -> HolidayEffect? {
    var keys = MappingReader(node, "holidays", &findings)
    _ = keys.take("effect")
    let country = keys.take("country")
    let list = keys.take("dates")
    let byNode = keys.required("by", example: "by: -50% to -30%", &findings)
    keys.finish(&findings)
    if country == nil, list == nil {
      findings.error(
        "missing-key", "holidays need 'country' or 'dates'", help: "add: country: us",
        at: node.location)
    }
    let known = HolidayCalendar.all.map(\.country)
    let calendar = country.flatMap { HolidayCalendar.named($0.text ?? "") }
    if let country, calendar == nil {
      findings.error(
        "unknown-kind", "there are no holidays of '\(country.text ?? country.kindName)'",
        help: "known: \(known.joined(separator: ", ")); or give 'dates'", at: country.location)
    }
    let nodes = list.map { $0.sequence ?? [$0] } ?? []
    let dates = nodes.compactMap { date -> CalendarDay? in
      if let day = date.text.flatMap({ CalendarDay($0) }) { return day }
      findings.error(
        "impossible-date", "'\(date.text ?? date.kindName)' is not a day of the calendar",
        help: DateForm.help(date.text ?? "", example: "2027-12-24"), at: date.location)
      return nil
    }
    let change = ParameterText.read(
      byNode, key: "by", as: .change, example: "-50% to -30%", &findings)
    guard let change, (calendar == nil) == (country == nil), dates.count == nodes.count,
      calendar != nil || !dates.isEmpty
    else { return nil }
    return HolidayEffect(calendar: calendar, dates: dates, change: change)
  }

  public var parameters: [GrowthParameter] { [GrowthParameter("by", change)] }

  public func multiply(
    _ days: UnsafeMutableBufferPointer<Double>, from first: CalendarDay, values: [Double]
  ) {
    guard days.count > 0 else { return }
    let last = first.advanced(by: days.count - 1)
    var all = Set(dates)
    // A holiday of the next year may be kept in this one.
    for year in first.civil.year...(last.civil.year + 1) {
      for (_, day) in calendar?.days(in: year) ?? [] { all.insert(day) }
    }
    let factor = max(0, 1 + values[0])
    for day in all where (first...last).contains(day) {
      days[first.distance(to: day)] *= factor
    }
  }
}
