import GenOpsCosting
package import GenOpsMetering
package import GenOpsUnits

/// What was used in a billing period, or a part of one, before a plan begins: it has drawn on credits
/// and commitments that began before.
package struct EarlierUsage: Sendable, Hashable {
  package var period: BillingPeriod
  /// The day after the last of it that lies before the plan.
  package var end: CalendarDay
  package var totals: MeterTotals

  package init(period: BillingPeriod, until end: CalendarDay, totals: MeterTotals) {
    self.period = period
    self.end = end
    self.totals = totals
  }
}

/// One billing period of an option as its bill is settled: the slices of it that lie in the plan.
struct SettledPeriod {
  let period: BillingPeriod
  /// By the day where the plan has a part of the period only.
  let terms: BillingTerms
  /// What standing the terms have is kept under this name: the account's, or a book's.
  let account: String
  /// Positions among the slices, with the month of each and its fees in nano-units.
  let slices: [(index: Int, month: Int, fees: Int64)]

  /// Every billing period of `slices`; `fees` are nano-units by slice.
  static func all(
    _ option: OptionPlan, _ slices: BillingSlices, fees: [Int64], from start: CalendarDay?
  ) -> [SettledPeriod] {
    guard let start else { return [] }
    return slices.periods.map { range in
      let period = slices.slices[range.lowerBound].period
      let days = range.reduce(0) { $0 + slices.slices[$1].days.count }
      let last = start.advanced(by: slices.slices[range.upperBound - 1].days.upperBound - 1)
      let (terms, account) = agreed(option, on: last)
      return SettledPeriod(
        period: period,
        terms: terms.prorated(days: days, of: period.start.distance(to: period.end)),
        account: account,
        slices: range.map { ($0, slices.slices[$0].month, fees[$0]) })
    }
  }

  /// The standing at the start of a plan: what bills before it have drawn on the terms of `option`. They were
  /// written with the prices and add-ons of `asIs`: an option changes no bill that is over.
  static func standings(
    _ option: OptionPlan, _ earlier: [EarlierUsage], billedAs asIs: OptionPlan
  ) -> [String: AccountStanding] {
    var standings: [String: AccountStanding] = [:]
    for usage in earlier {
      let day = usage.period.end.advanced(by: -1)
      let (terms, account) = agreed(option, on: day)
      var book = asIs.prices.book(on: day)
      // The rest of a period that has begun is settled within the plan, with its part of fees and minimum.
      let days = usage.period.start.distance(to: usage.end)
      let length = usage.period.start.distance(to: usage.period.end)
      book.terms = terms.prorated(days: days, of: length)
      for index in book.addOns.indices {
        book.addOns[index].price = book.addOns[index].price(days: days, of: length)
      }
      var standing = standings[account] ?? AccountStanding(terms)
      // A price that is not known has no bill; the credit then lasts as if nothing had been used.
      let calculator = CostCalculator(book: book, addOns: asIs.addOns)
      if (try? calculator.bill(for: usage.totals, period: usage.period, standing: &standing)) != nil
      {
        standings[account] = standing
      }
    }
    return standings
  }

  /// Settles the bill of one path, whose usage is nano-units by slice, and tells what each line adds to
  /// each month.
  func settle(
    usage: ArraySlice<Int64>, standings: inout [String: AccountStanding],
    _ tell: (_ line: String, _ month: Int, _ nanos: Int64) -> Void
  ) {
    if terms.isEmpty { return }
    let first = usage.startIndex
    let used = slices.map { usage[first + $0.index] }
    var standing = standings[account] ?? AccountStanding(terms)
    let settled = terms.settle(
      usage: Money(nanos: used.reduce(0, +)),
      fees: Money(nanos: slices.reduce(0) { $0 + $1.fees }), period: period, standing: &standing)
    standings[account] = standing
    for line in settled {
      if slices.count == 1 {
        tell(line.name, slices[0].month, line.amount.nanos)
        continue
      }
      let weights = zip(used, slices).map { $0 + $1.fees }
      let shares =
        weights.contains { $0 > 0 }
        ? line.amount.allocated(byWeight: weights).map(\.nanos)
        : weights.indices.map { $0 == weights.count - 1 ? line.amount.nanos : 0 }
      for (slice, share) in zip(slices, shares) { tell(line.name, slice.month, share) }
    }
  }

  /// A credit as the standings of a path tell of it.
  struct StandingCredit {
    let credit: BillingTerms.Credit
    let account: String
    let index: Int

    /// What no bill has used. A standing under this account is of the terms that `index` is from.
    func left(_ standings: [String: AccountStanding]) -> Money {
      credit.amount - (standings[account]?.creditsUsed[index] ?? .zero)
    }
  }

  /// The credits of the terms at the end that expire between the first month and the last period.
  static func credits(_ option: OptionPlan, of last: SettledPeriod, from first: CalendarMonth?)
    -> [StandingCredit]
  {
    guard let first else { return [] }
    let (terms, account) = agreed(option, on: last.period.end.advanced(by: -1))
    return terms.credits.enumerated().compactMap { index, credit in
      guard let expires = credit.expires, expires >= first.firstDay, expires < last.period.end
      else {
        return nil
      }
      return StandingCredit(credit: credit, account: account, index: index)
    }
  }

  /// The terms in force on a day, and whose they are: those of the account hold whatever the book is.
  static func agreed(_ option: OptionPlan, on day: CalendarDay) -> (BillingTerms, String) {
    if let terms = option.terms { return (terms, "") }
    let book = option.prices.book(on: day)
    return (book.terms, book.id)
  }
}
