import GenOpsCosting
import GenOpsHistory
import GenOpsMetering
import GenOpsUnits

/// The amounts that a first scenario starts from: what a month costs today.
///
/// The last complete bill says it; without bills the last 30 days of usage are priced, and where the
/// account has a discount or credits too: budgets judge list prices. A comment beside the figure says
/// where it comes from, because the reader is to put their own.
struct StarterAmounts {
  /// A year of such months, in round dollars, as a line that says nothing until its mark is taken
  /// away: what may be spent is the user's to say.
  let budget: String
  /// A month of events as it is today, in round dollars: as a billing limit it binds as soon as
  /// usage grows.
  let eventLimit: String

  init(_ history: UsageHistory, bill: BillingStatement?, addOns: [String]) {
    let calculator = CostCalculator(addOns: Set(addOns))
    var usage = MeterTotals()
    var fewest = 30
    for meter in history.meters where calculator.table(for: meter) != nil {
      let days = history.total(of: meter)?.values.suffix(30).filter(\.isFinite) ?? []
      guard !days.isEmpty else { continue }
      // An unknown day is like the others. 10^15 is the most that a meter counts.
      usage[meter] = Int64(rounding: min(days.reduce(0, +) * 30 / Double(days.count), 1e15))
      fewest = min(fewest, days.count)
    }
    // What only the bill has is used too, in so many days as the bill reaches.
    if let current = bill?.current, let days = BillReach(current, history).days, days > 0 {
      for item in current.usage
      where history.total(of: item.meter) == nil && calculator.table(for: item.meter) != nil {
        usage[item.meter] = Int64(rounding: min(Double(item.units) * 30 / days, 1e15))
      }
    }
    let priced = try? calculator.bill(for: usage)
    let isNet = bill?.current?.account.terms.isEmpty == false
    let last = bill?.periods.last { $0.isComplete }
    let billed = isNet ? nil : last
    let source =
      billed.map { "the bill of \($0.start.month)" }
      ?? (fewest == 30
        ? "the last 30 days at list price" : "30 days like the last \(fewest), at list price")
      + (isNet && last != nil ? ", as bills are net and budgets are not" : "")
    if let month = billed?.total ?? priced?.total {
      // Twelve of the largest amounts of money do not fit one.
      let units = Int128(month.nanos) * 12 / Int128(Money.nanosPerUnit)
      let year = StarterAmounts.round(Int64(clamping: units))
      budget =
        "# budget: \(year) USD per year".noted("12 x \(source); put your own figure")
    } else {
      budget = "# budget: 5000 USD per year".noted(
        "the last 30 days are beyond any price; put your own")
    }
    let events = (billed?[.events] ?? priced?[.events] ?? .zero).nanos / Money.nanosPerUnit
    eventLimit = "\(StarterAmounts.round(events)) USD per month"
  }

  /// Up to two digits that count, and never below 100: a limit of 0 would say nothing.
  private static func round(_ units: Int64) -> Int64 {
    var step: Int64 = 1
    while units / step >= 100 { step *= 10 }
    return max(100, (units + step - 1) / step * step)
  }
}
