public import GenOpsUnits

/// What an account cost on each complete day, for trends.
public struct CostHistory: Sendable, Hashable {
  /// More days than any rule looks at.
  static let most = 100
  /// The day after the last one that is known.
  public private(set) var end: CalendarDay?
  /// Nano-units by day, the last one at the end, without gaps.
  private var costs: [Int64] = []

  public init() {}

  /// Adds the cost of `day`. Days in between cost nothing; a day that is known already is not
  /// changed.
  public mutating func add(_ cost: Money, on day: CalendarDay) {
    if let end {
      if day < end { return }
      let gap = min(end.distance(to: day), CostHistory.most)
      costs += [Int64](repeating: 0, count: gap)
    }
    costs.append(cost.nanos)
    end = day.advanced(by: 1)
    if costs.count > CostHistory.most { costs.removeFirst(costs.count - CostHistory.most) }
  }

  /// How many days are known.
  public var count: Int { costs.count }

  /// The known days and what each cost.
  public var byDay: [CalendarDay: Money] {
    guard let end else { return [:] }
    var result: [CalendarDay: Money] = [:]
    for (index, cost) in costs.enumerated() {
      result[end.advanced(by: index - costs.count)] = Money(nanos: cost)
    }
    return result
  }

  /// The last seven complete days beside the seven before them; nil with fewer than 14 days.
  public var weeklyTrend: WeeklyTrend? {
    guard costs.count >= 14 else { return nil }
    func sum(_ days: ArraySlice<Int64>) -> Money {
      Money(nanos: days.reduce(0) { $0.addingClamped($1) })
    }
    return WeeklyTrend(
      lastWeek: sum(costs.suffix(14).prefix(7)), thisWeek: sum(costs.suffix(7)))
  }

  /// The last complete day, when it is out of the ordinary by `rule`.
  public func anomaly(_ rule: AnomalyRule) -> CostAnomaly? {
    guard let last = costs.last, let end else { return nil }
    let before = costs.dropLast().suffix(rule.days).map { Double($0) }
    guard before.count >= 7 else { return nil }
    let median = CostHistory.median(before)
    let spread = 1.4826 * CostHistory.median(before.map { abs($0 - median) })
    let bound = median + max(rule.deviations * spread, median / 10)
    guard Double(last) > bound else { return nil }
    return CostAnomaly(
      day: end.advanced(by: -1), cost: Money(nanos: last),
      usual: Money(nanos: Int64(rounding: median)))
  }

  private static func median(_ values: [Double]) -> Double {
    let sorted = values.sorted()
    let middle = sorted.count / 2
    return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
  }
}

/// Two weeks of cost.
public struct WeeklyTrend: Sendable, Hashable {
  /// The seven days before ``thisWeek``.
  public var lastWeek: Money
  /// The last seven complete days.
  public var thisWeek: Money

  /// Percent; nil when the week before cost nothing.
  public var growthRate: Double? {
    guard lastWeek > .zero else { return nil }
    return (thisWeek.approximate / lastWeek.approximate - 1) * 100
  }
}

/// A day that cost much more than those before it.
public struct CostAnomaly: Sendable, Hashable {
  public var day: CalendarDay
  public var cost: Money
  /// The median of the days before.
  public var usual: Money
}
