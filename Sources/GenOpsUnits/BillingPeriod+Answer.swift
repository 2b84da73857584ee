extension BillingPeriod {
  /// The period that a billing answer names by `current_period_start` and `current_period_end`; nil when
  /// they cannot be read or are reversed.
  package init?(answer node: Node) {
    func instant(_ key: String) -> Timestamp? { node[key]?.text.flatMap { Timestamp($0) } }
    guard let start = instant("current_period_start"), let end = instant("current_period_end"),
      start.day < end.day
    else { return nil }
    // Some answers name the last second of the period instead of the first of the next.
    let last = end.microseconds - Timestamp(startOf: end.day).microseconds
    let closes = last >= Timestamp.microsecondsPerDay - 60_000_000
    self.init(start: start.day, end: closes ? end.day.advanced(by: 1) : end.day)
  }
}
