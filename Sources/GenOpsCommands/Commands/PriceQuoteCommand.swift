import GenOpsCosting
import GenOpsHistory
import GenOpsMetering
import GenOpsReporting
import GenOpsScenario
import GenOpsUnits

extension PriceCommands {
  /// What is quoted.
  package struct QuoteRequest: Sendable {
    package var book: String
    package var usage: String
    /// `boost`, or `boost:2027-02-10` where it begins within the period.
    package var addOns: [String]
    /// The first day of the billing period, or its month; needed by terms and by-the-day add-ons.
    package var period: String?
    package var format: String

    package init(
      book: String, usage: String, addOns: [String] = [], period: String? = nil,
      format: String = "text"
    ) {
      self.book = book
      self.usage = usage
      self.addOns = addOns
      self.period = period
      self.format = format
    }
  }

  /// What a usage of one billing period costs.
  package static func quote(_ request: QuoteRequest, _ options: OutputOptions) -> CommandOutput {
    var findings = Findings()
    let totals = UsageText.parse(request.usage, &findings)
    let period = request.period.flatMap { billingPeriod($0, &findings) }
    let spans = request.addOns.compactMap { span($0, &findings) }
    let format = ReportFormats.withoutChecks.find(request.format, at: nil, &findings)
    guard let format, let book = PriceBookFile.find(request.book, at: nil, &findings) else {
      return CommandOutput(findings, color: options.errorColor)
    }
    let calculator = CostCalculator(book: book, addOns: Set(spans.map(\.id)))
    findings.merge(calculator.findings)
    if period == nil, spans.contains(where: { $0.from != nil }) {
      findings.error(
        "unknown-period", "an add-on by the day needs the billing period",
        help: "add: --period 2027-02")
    }
    if findings.hasErrors { return CommandOutput(findings, color: options.errorColor) }
    let bill: Bill
    do throws(CostError) {
      bill = try calculator.bill(
        for: totals, period: period, spans: spans.filter { $0.from != nil })
    } catch {
      findings.error("out-of-range", "\(error)", help: "quote a smaller usage")
      return CommandOutput(findings, color: options.errorColor)
    }
    findings.merge(bill.findings)
    return CommandOutput(QuoteReport(bill).report(findings), as: format, options)
  }

  private static func billingPeriod(_ text: String, _ findings: inout Findings) -> BillingPeriod? {
    if let month = CalendarMonth(text) { return BillingPeriod(containing: month.firstDay) }
    if let day = CalendarDay(text) {
      return BillingPeriod(containing: day, anchorDay: day.civil.day)
    }
    findings.error(
      "date", "'\(text)' is not a billing period",
      help: DateForm.month(text).map { "write: \($0)" }
        ?? "write 2027-02, or the first day 2027-02-17")
    return nil
  }

  private static func span(_ text: String, _ findings: inout Findings) -> AddOnSpan? {
    let parts = text.split(separator: ":", maxSplits: 1).map(String.init)
    guard parts.count == 2 else { return AddOnSpan(id: text) }
    guard let from = CalendarDay(parts[1]) else {
      findings.error(
        "date", "'\(parts[1])' is not a day",
        help: "write \(parts[0]):\(DateForm.days(parts[1]).first?.description ?? "2027-02-10")")
      return nil
    }
    return AddOnSpan(id: parts[0], from: from)
  }
}
