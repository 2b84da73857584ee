import GenOpsCosting
import GenOpsGovernance
import GenOpsMetering
import GenOpsUnits

/// Recorded days that a limit of "as is" would not have let pass.
enum LimitCheck {
  /// Says for each limit when the history holds more of a billing period than the limit: PostHog counts
  /// what it did not drop, so the limit is newer than those days or was not enforced.
  static func check(
    _ asIs: OptionPlan, at location: SourceLocation, _ window: PlanWindow, _ streams: [PlanStream],
    billingDay: Int,
    _ findings: inout Findings
  ) {
    let calculator = CostCalculator(
      book: asIs.prices.book(on: window.start), addOns: asIs.addOns)
    var tables: [Meter: RateTable] = [:]
    for meter in Meter.allCases { tables[meter] = calculator.table(for: meter) }
    let periods = BillingSlices(window.period.months, billingDay: billingDay)
    for limit in asIs.governance.postHogLimits {
      guard let most = limit.units(tables: tables), most < Int64.max / 2 else { continue }
      for range in periods.periods {
        let days =
          periods.slices[range.lowerBound].days
          .lowerBound..<periods.slices[
            range.upperBound - 1
          ].days.upperBound
        let units = streams.filter { $0.meter == limit.meter && !$0.sharesActual }.reduce(Int64(0))
        { sum, stream in
          days.reduce(sum) {
            stream.actual.indices.contains($1) ? $0.addingClamped(stream.actual[$1]) : $0
          }
        }
        guard units > most else { continue }
        findings.warning(
          "limit-passed",
          "the history has \(groupedDigits(String(units))) \(limit.meter.id) in the period from "
            + "\(periods.slices[range.lowerBound].period.start), and PostHog's limit is reached at "
            + "\(groupedDigits(String(most))): those days stay as they were, and it holds on the days that "
            + "are forecast",
          help: "the limit is newer than those days, or PostHog let them pass",
          at: location)
        break
      }
    }
  }

  /// Says when recordings of mobile apps are used and only those of the web are limited: PostHog counts the
  /// two apart, each against a limit of its own.
  static func checkMobile(
    _ limits: [PostHogLimit], at location: SourceLocation, _ streams: [PlanStream],
    _ findings: inout Findings
  ) {
    guard let limit = limits.first(where: { $0.meter == .sessionRecordings }),
      !limits.contains(where: { $0.meter == .mobileRecordings }),
      streams.contains(where: { $0.meter == .mobileRecordings })
    else { return }
    let amount =
      switch limit.cap {
      case .money(let amount, let currency): "\(amount) \(currency) per month"
      case .units(let units): "\(units) recordings per month"
      case .freeAllotment: "free"
      }
    findings.warning(
      "limit-not-mobile",
      "the limit on session_replay does not hold back recordings of mobile apps, which PostHog counts apart",
      help: "write beside it: mobile_replay: \(amount)", at: location)
  }
}
