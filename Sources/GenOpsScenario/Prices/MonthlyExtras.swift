package import GenOpsCosting
package import GenOpsUnits

/// What the months of one option cost beside usage at list price: fees by the day, and what
/// contract terms add or take off, path by path.
///
/// Terms are settled by billing period, with the book in force on its last day of the plan, and what
/// they change is spread over the period's usage and fees; credits and commitments run from period to
/// period.
package struct MonthlyExtras: Sendable {
  /// Nano-units by month.
  let fees: [Int64]
  /// Nano-units of all months up to each.
  private let feesUntil: [Int64]
  /// What the terms came to since the period began, nano-units by path then month; empty without
  /// terms. Kept as running sums, because the fan asks for every day of every path.
  private let running: [Int64]
  /// Fees and terms of the whole period by the name of their line: means in currency units.
  package let lines: [(name: String, mean: Double)]
  /// Credits that expire within the period before they are used up: the mean of what is left then.
  package let lapsed: [(credit: BillingTerms.Credit, mean: Double)]

  /// `usage` is nano-units by path then slice; `earlier` is what was used before the plan, and billed as
  /// `asIs` says.
  package init(
    _ option: OptionPlan, asIs: OptionPlan, months: [CalendarMonth], slices: BillingSlices,
    usage: [Int64], earlier: [EarlierUsage] = []
  ) {
    // Whole numbers over all paths, so that no order of addition shows.
    var sums: [(name: String, nanos: Int128)] = []
    func add(_ name: String, _ nanos: Int128) {
      if let index = sums.firstIndex(where: { $0.name == name }) {
        sums[index].nanos += nanos
      } else {
        sums.append((name, nanos))
      }
    }
    let width = slices.slices.count
    let paths = width == 0 ? 0 : usage.count / width
    func means() -> [(name: String, mean: Double)] {
      sums.map { ($0.name, Double($0.nanos) / 1e9 / Double(max(1, paths))) }
    }
    let start = months.first?.firstDay
    let bySlice = slices.slices.map { slice in
      (start.map { MonthlyExtras.fees(option, slice, from: $0) } ?? []).reduce(Int64(0)) {
        add($1.name, Int128($1.amount.nanos) * Int128(max(1, paths)))
        return $0.addingClamped($1.amount.nanos)
      }
    }
    fees = MonthlyExtras.sums(bySlice, slices, months: months.count)
    feesUntil = fees.reduce(into: []) { $0.append(($0.last ?? 0).addingClamped($1)) }
    let periods = SettledPeriod.all(option, slices, fees: bySlice, from: start)
    guard periods.contains(where: { !$0.terms.isEmpty }) else {
      running = []
      lines = means()
      lapsed = []
      return
    }
    let opening = SettledPeriod.standings(option, earlier, billedAs: asIs)
    var all = [Int64](repeating: 0, count: paths * months.count)
    let credits =
      periods.last.map { SettledPeriod.credits(option, of: $0, from: months.first) } ?? []
    var left = [Int128](repeating: 0, count: credits.count)
    for path in 0..<paths {
      var standings = opening
      var byMonth = [Int64](repeating: 0, count: months.count)
      for period in periods {
        period.settle(usage: usage[(path * width)...], standings: &standings) {
          line, month, nanos in
          byMonth[month] = byMonth[month].addingClamped(nanos)
          add(line, Int128(nanos))
        }
      }
      for (index, credit) in credits.enumerated() {
        left[index] += Int128(credit.left(standings).nanos)
      }
      var sum: Int64 = 0
      for month in months.indices {
        sum = sum.addingClamped(byMonth[month])
        all[path * months.count + month] = sum
      }
    }
    running = all
    lines = means()
    lapsed = zip(credits, left).map { ($0.credit, Double($1) / 1e9 / Double(max(1, paths))) }
      .filter { $0.mean > 0 }
  }

  /// The add-ons of a calendar month: whole where one book holds, by the day where two do.
  package static func fees(_ option: OptionPlan, _ month: CalendarMonth) -> [(
    name: String, amount: Money
  )] {
    let spans = option.spans(from: month.firstDay, to: month.lastDay.advanced(by: 1))
    return spans.flatMap { span in
      span.book.addOns.filter { span.addOns.contains($0.id) }.map {
        ($0.name, $0.price(days: span.days, of: month.dayCount))
      }
    }
  }

  /// What the add-ons cost in each of `months`, nano-units: what bills and budgets count alike.
  static func fees(
    _ option: OptionPlan, _ months: [CalendarMonth], _ slices: BillingSlices
  ) -> [Int64] {
    guard let start = months.first?.firstDay else { return [] }
    let bySlice = slices.slices.map { slice in
      fees(option, slice, from: start).reduce(Int64(0)) { $0.addingClamped($1.amount.nanos) }
    }
    return sums(bySlice, slices, months: months.count)
  }

  private static func sums(_ bySlice: [Int64], _ slices: BillingSlices, months: Int) -> [Int64] {
    var byMonth = [Int64](repeating: 0, count: months)
    for (slice, fee) in zip(slices.slices, bySlice) {
      byMonth[slice.month] = byMonth[slice.month].addingClamped(fee)
    }
    return byMonth
  }

  /// The add-ons of a part of a billing period, by its days: a fee is for one billing period.
  private static func fees(
    _ option: OptionPlan, _ slice: BillingSlices.Slice, from start: CalendarDay
  ) -> [(name: String, amount: Money)] {
    let (first, end) = (
      start.advanced(by: slice.days.lowerBound), start.advanced(by: slice.days.upperBound)
    )
    let length = slice.period.start.distance(to: slice.period.end)
    return option.spans(from: first, to: end).flatMap { span in
      span.book.addOns.filter { span.addOns.contains($0.id) }.map {
        ($0.name, $0.price(days: span.days, of: length))
      }
    }
  }

  /// Currency units of one month on one path.
  package subscript(path: Int, month: Int) -> Double {
    Double(nanos(path: path, month: month)) / 1e9
  }

  /// Nano-units of one month on one path.
  package func nanos(path: Int, month: Int) -> Int64 {
    let settled = terms(path, through: month).subtractingClamped(terms(path, through: month - 1))
    return fees[month].addingClamped(settled)
  }

  /// Nano-units of the fees of one month: what it costs beside usage before the terms.
  package func feeNanos(month: Int) -> Int64 { fees[month] }

  /// Nano-units that the terms came to on a path, from the first month to this one.
  private func terms(_ path: Int, through month: Int) -> Int64 {
    running.isEmpty || month < 0 ? 0 : running[path * fees.count + month]
  }

  /// Currency units of the whole period on one path.
  package func total(_ path: Int) -> Double {
    fees.isEmpty ? 0 : until(path, month: fees.count - 1, share: 1)
  }

  /// Currency units owed within `month`: a fee from the month's first day on, and of what terms change as
  /// much as `share` of the month's usage and fees is there by then. So a credit never takes off more than
  /// was used so far.
  package func until(_ path: Int, month: Int, share: Double) -> Double {
    let before = Double(terms(path, through: month - 1))
    let settled = before + (Double(terms(path, through: month)) - before) * share
    return (Double(feesUntil[month]) + settled) / 1e9
  }

  /// The mean over paths of ``until(_:month:share:)``.
  package func meanUntil(month: Int, share: Double) -> Double {
    guard !running.isEmpty else { return until(0, month: month, share: share) }
    let paths = running.count / fees.count
    return (0..<paths).reduce(0) { $0 + until($1, month: month, share: share) } / Double(paths)
  }

  /// Whether terms change anything.
  package var hasTerms: Bool { !running.isEmpty }

  /// The part of a month's usage and fees that `used` of `whole` nano-units is; `elapsed`, the part of its
  /// days, where the month costs nothing.
  package func share(of used: Int64, in whole: Int64, month: Int, elapsed: Double) -> Double {
    let all = Double(whole.addingClamped(fees[month]))
    return all > 0 ? Double(used.addingClamped(fees[month])) / all : elapsed
  }

  /// The mean of what the terms came to.
  package var meanTerms: Double {
    meanTotal - Double(feesUntil.last ?? 0) / 1e9
  }

  /// The mean of what the terms came to in one month.
  package func meanTerms(month: Int) -> Double {
    if running.isEmpty { return 0 }
    let paths = running.count / fees.count
    // Whole numbers over all paths, so that no order of addition shows.
    let sum = (0..<paths).reduce(Int128(0)) {
      $0 + Int128(terms($1, through: month)) - Int128(terms($1, through: month - 1))
    }
    return Double(sum) / 1e9 / Double(paths)
  }

  /// The mean of ``total(_:)``.
  package var meanTotal: Double { lines.reduce(0) { $0 + $1.mean } }
}
