import Foundation
import GenOpsForecasting
import GenOpsHistory
import GenOpsMetering
package import GenOpsUnits

/// Writes a commented first scenario from a user's own export.
package enum ScenarioStarter {
  /// The text of a scenario for the usage in the exports `usage`, files or folders of them, and, when
  /// there is one, the bill in `billing`; findings say what in them was not understood.
  package static func text(usage: [String], billing: String?) throws(FindingsError) -> (
    text: String, findings: Findings
  ) {
    let exports = try UsageExports(usage)
    let history = UsageHistory(joining: exports.files)
    var findings = exports.findings
    findings.merge(history.findings)
    let bill = billing.map { BillingStatement.load(path: $0, name: $0) }
    if let bill { findings.merge(bill.findings) }
    guard !findings.hasErrors else { throw FindingsError(findings: findings) }
    guard let last = history.lastDay, let first = history.firstDay else {
      throw FindingsError(
        "empty", "'\(usage.joined(separator: "', '"))' holds no usage of a known meter",
        help: "export it again: PostHog > Billing > Usage > Export")
    }
    let start = last.advanced(by: 1).month
    var lines = [
      "# What PostHog will cost. Run it with: genops run FILE",
      "scenario: PostHog budget \(start.year)",
      "period: \(start) to \(start.advanced(by: 11))            "
        + "# months already in the history are taken as actuals", "",
      "history: \(list(exports.names))   # \(first) to \(last)",
    ]
    if let billing {
      lines.append(
        "bills: \(FlowText.quoted(billing))   # checks the model against what you paid")
    }
    if let billing, let day = bill?.anchorDay, day != 1 {
      lines.append(
        "billing_day: \(day)".noted("on which a billing period begins, by \(billing)"))
    }
    bill?.current?.tellAge(at: last, file: billing ?? "the bill", place: nil, &findings)
    let account = StarterAccount(bill?.current, bill: billing, history)
    findings.merge(account.findings)
    lines += account.lines
    lines += [
      "",
      "# What is not named follows its own history. \"a to b\": 90 % sure that it lies between.",
    ]
    let amounts = StarterAmounts(history, bill: bill, addOns: account.addOns)
    lines.append("# growth:")
    for meter in history.meters where meter != .identifiedEvents {
      lines.append("#   \(meter.id): 2% to 6% per month      # \(level(meter, history))")
    }
    lines += [
      "", "# changes:                            # things you know will happen",
      "#   - launch: {from: \(start.advanced(by: 3).firstDay), events: +15% to +30%}", "",
      amounts.budget, "",
      "# mix: {$pageview: 40% to 50%}          # shares of events; 'select event, count() from",
      "#                                       # events group by event' in PostHog tells them",
    ]
    let hasFlags = history.meters.contains(.featureFlagRequests)
    if hasFlags {
      lines.insert(
        "# flags: {servers: 25, polling: 30 s}".noted(
          "servers that evaluate flags themselves, where known"),
        at: lines.firstIndex { $0.hasPrefix("# mix:") } ?? lines.count - 1)
    }
    // An option that acts on nothing is an error, so each needs its usage.
    let hasEvents = history.meters.contains(.events)
    var options = hasEvents ? ["  - anonymous views: {anonymous: [$pageview]}"] : []
    if hasFlags { options.append("  - slow polling:    {flag_polling: 300 s}") }
    if hasEvents, account.options.isEmpty {
      options.append(
        "  - PostHog limit:   {posthog_limit: {product_analytics: \(amounts.eventLimit)}}")
    }
    options += account.options
    lines.append(
      (options.isEmpty ? "# options:" : "options:").noted(
        "each meets the same futures as \"as is\""))
    lines += options
    lines += [
      "", "# value:                               # for the ROI",
      "#   discount_rate: 10% per year",
      "#   benefits:",
      "#     - replaced tools: {amount: 3500 USD per month, kind: cash}", "",
      "# expect: [breach.probability(year) <= 20%]   # exit 1 when it fails: usable in CI",
    ]
    return (lines.joined(separator: "\n") + "\n", findings)
  }

  /// One file as it is, several as a list.
  private static func list(_ names: [String]) -> String {
    let texts = names.map(FlowText.quoted)
    return texts.count == 1 ? texts[0] : "[" + texts.joined(separator: ", ") + "]"
  }

  private static func level(_ meter: Meter, _ history: UsageHistory) -> String {
    guard let series = history.total(of: meter) else { return "" }
    let forecast = Forecasters.standard.fit(
      DailySeries(start: series.start, values: series.values), name: meter.id, at: nil)
    return "now \(shortCount(forecast.level)) a day"
  }
}
