public import GenOpsUnits

/// Thresholds for alerts and a limit for the worst case, from what an account's own days cost.
///
/// Let d be the costs of the days that are known, sorted. The quantile q of n values is the one at place
/// ⌈q·n⌉ (nearest rank: R. Hyndman and Y. Fan 1996, type 1), so that every threshold is an amount that the
/// account has seen:
///
/// - daily: the quantile 95 % of the days; an ordinary account passes it one day in twenty,
/// - weekly: the quantile 95 % of the sums of every seven consecutive known days, from 28 days on,
/// - monthly: the same of every thirty, from 90 days on,
/// - emergency stop, for one day: the quartile Q3 and three times Q3 − Q1 above it (J. Tukey's outer fence,
///   1977), and at least the dearest day: what has been is not stopped.
///
/// The weeks and months overlap, so that few days give a steady answer. With the costs of constant days all are
/// that cost, by its days.
public struct SuggestedLimits: Sendable, Hashable {
  public var daily: Money
  /// Nil with too few consecutive days.
  public var weekly: Money?
  /// Nil with too few consecutive days.
  public var monthly: Money?
  public var emergencyStop: Money
  /// How many days it rests on.
  public var days: Int

  /// Known days below which nothing is said: two weeks.
  public static let leastDays = 14
  private static let weeksFrom = 28
  private static let monthsFrom = 90

  /// - Parameter costs: By day; a day that is not known is left out, and one that cost nothing is zero.
  /// - Throws: `few-days` with fewer than ``leastDays``; `overflow` where a sum leaves the range of money.
  public init(dailyCosts costs: [CalendarDay: Money]) throws(FindingsError) {
    guard costs.count >= SuggestedLimits.leastDays else {
      throw FindingsError(
        "few-days", "\(costs.count) known days say too little about an account",
        help: "wait for \(SuggestedLimits.leastDays) of them, or set limits by hand")
    }
    let sorted = costs.values.map(\.nanos).sorted()
    days = sorted.count
    daily = Money(nanos: SuggestedLimits.quantile(sorted, percent: 95))
    weekly =
      days >= SuggestedLimits.weeksFrom ? try SuggestedLimits.threshold(costs, length: 7) : nil
    monthly =
      days >= SuggestedLimits.monthsFrom ? try SuggestedLimits.threshold(costs, length: 30) : nil
    let low = SuggestedLimits.quantile(sorted, percent: 25)
    let high = SuggestedLimits.quantile(sorted, percent: 75)
    let spread = high.subtractingClamped(low)
    let fence = high.addingClamped(spread).addingClamped(spread).addingClamped(spread)
    emergencyStop = Money(nanos: max(fence, sorted.last ?? fence))
  }

  /// `sorted` is not empty, so the place is one of its own.
  private static func quantile(_ sorted: [Int64], percent: Int) -> Int64 {
    let place = (sorted.count * percent + 99) / 100
    return sorted[min(max(1, place), sorted.count) - 1]
  }

  /// The quantile 95 % of the sums of every `length` consecutive known days; nil without one.
  private static func threshold(_ costs: [CalendarDay: Money], length: Int)
    throws(FindingsError) -> Money?
  {
    var sums: [Int64] = []
    var run: [Int64] = []
    var last: CalendarDay?
    for day in costs.keys.sorted() {
      if let last, last.distance(to: day) != 1 { run = [] }
      last = day
      run.append(costs[day]?.nanos ?? 0)
      if run.count > length { run.removeFirst() }
      guard run.count == length else { continue }
      var sum: Int64 = 0
      for cost in run {
        let (next, overflow) = sum.addingReportingOverflow(cost)
        if overflow {
          throw FindingsError(
            "overflow", "the costs of \(length) days up to \(day) leave the range of money",
            help: "split the account")
        }
        sum = next
      }
      sums.append(sum)
    }
    return sums.isEmpty ? nil : Money(nanos: quantile(sums.sorted(), percent: 95))
  }

  /// As text, in the order of the guide's keys.
  public var json: JSONValue {
    func money(_ amount: Money?) -> JSONValue { amount.map { .money($0) } ?? .null }
    return [
      "daily": .money(daily), "weekly": money(weekly), "monthly": money(monthly),
      "emergency_stop": .money(emergencyStop), "days": .integer(days),
    ]
  }
}

extension CostHistory {
  /// Thresholds from the complete days that the account has seen, at most the last hundred.
  /// - Throws: `few-days` with fewer than ``SuggestedLimits/leastDays``.
  public func suggestedLimits() throws(FindingsError) -> SuggestedLimits {
    try SuggestedLimits(dailyCosts: byDay)
  }
}
