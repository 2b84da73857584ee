package import GenOpsUnits

/// When a benefit or a cost of every month begins, reaches its full amount and ends.
package struct ValueSchedule: Sendable, Hashable {
  /// The first month that has some of it; nil begins with the period.
  package var from: CalendarMonth?
  /// The last month that has it; nil does not end.
  package var to: CalendarMonth?
  /// Months from its beginning to its full amount: of 4, a quarter comes in the first, a half in the second,
  /// all of it from the fourth on. At least 1.
  package var ramp: Int

  package init(from: CalendarMonth? = nil, to: CalendarMonth? = nil, ramp: Int = 1) {
    self.from = from
    self.to = to
    self.ramp = max(1, ramp)
  }

  /// The part of the amount, 0…1, that each of `months` has, in order from the first of the period.
  package func parts(of months: [CalendarMonth]) -> [Double] {
    months.map { month in
      guard let begin = from ?? months.first, month >= begin, to.map({ month <= $0 }) ?? true
      else { return 0 }
      return min(1, Double(begin.distance(to: month) + 1) / Double(ramp))
    }
  }

  /// The month of the period, from 0, in which something that comes once is earned or spent; nil where that
  /// is at its start, or outside it.
  package func month(in months: [CalendarMonth]) -> Int? { from.flatMap(months.firstIndex(of:)) }
}

extension ScenarioReader {
  /// The keys `from`, `to` and `ramp` of a line of `value:`.
  mutating func readSchedule(_ keys: inout MappingReader, _ what: String) -> ValueSchedule {
    func month(_ key: String, _ example: String) -> CalendarMonth? {
      guard let node = keys.take(key) else { return nil }
      if let month = node.text.flatMap({ CalendarMonth($0) }) { return month }
      findings.error(
        "wrong-type", "'\(key)' of \(what) is a month, this is '\(node.text ?? node.kindName)'",
        help: "write: \(key): \(example)", at: node.location)
      return nil
    }
    let place = keys.location
    var schedule = ValueSchedule(from: month("from", "2027-05"), to: month("to", "2027-12"))
    if let from = schedule.from, let to = schedule.to, to < from {
      findings.error(
        "wrong-order", "\(what) ends in \(to), before it begins in \(from)",
        help: "write: from: \(to), to: \(from)", at: place)
    }
    if let node = keys.take("ramp"),
      let span = Quantity.read(node, "the ramp of \(what)", example: "ramp: 3 months", &findings)
    {
      let months: Double? =
        switch span.unit.flatMap({ TimeUnit($0) }) {
        case .month: span.low
        case .quarter: span.low * 3
        case .year: span.low * 12
        default: nil
        }
      // At most 1,200, so the conversion cannot fail.
      if let months, !span.isRange, span.per == nil, months >= 1, months <= 1200,
        months == months.rounded()
      {
        schedule.ramp = Int(months)
      } else {
        findings.error(
          "wrong-unit", "the ramp of \(what) is a whole number of months, this is '\(span.text)'",
          help: "write: ramp: 3 months, or a whole number of quarters or years", at: node.location)
      }
    }
    return schedule
  }
}
