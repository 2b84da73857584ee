import GenOpsCosting
import GenOpsHistory
import GenOpsMetering
import GenOpsUnits

/// The amounts that a first scenario starts from: what a month costs today.
///
/// The last complete bill says it; without bills the last 30 days of usage are priced. Either way a
/// comment beside the figure says where it comes from, because the reader is to put their own.
struct StarterAmounts {
  /// A year of such months, in round dollars.
  let budget: String
  /// A month of events as it is today, in round dollars: as a billing limit it binds as soon as
  /// usage grows.
  let eventLimit: String

  init(_ history: UsageHistory, bill: BillingStatement?, addOns: [String]) {
    let calculator = CostCalculator(addOns: Set(addOns))
    var usage = MeterTotals()
    for meter in history.meters where calculator.table(for: meter) != nil {
      // A missing day is NaN; it is left out here, which only makes the suggestion smaller.
      let days = history.total(of: meter)?.values.suffix(30).filter(\.isFinite) ?? []
      usage[meter] = Int64(rounding: days.reduce(0, +))
    }
    let priced = try? calculator.bill(for: usage)
    let billed = bill?.periods.last { $0.isComplete }
    let source = billed.map { "the bill of \($0.start.month)" } ?? "the last 30 days at list price"
    if let month = billed?.total ?? priced?.total {
      // Twelve of the largest amounts of money do not fit one.
      let units = Int128(month.nanos) * 12 / Int128(Money.nanosPerUnit)
      let year = StarterAmounts.round(Int64(clamping: units))
      budget =
        "budget: \(year) USD per year".padded(to: 38) + "# 12 x \(source); put your own figure"
    } else {
      budget =
        "# budget: 5000 USD per year           # the last 30 days are beyond any price; put your own"
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

extension String {
  fileprivate func padded(to width: Int) -> String {
    self + String(repeating: " ", count: max(1, width - count))
  }
}
