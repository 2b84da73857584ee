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
    findings.merge(AddOnChoice.missing(totals, calculator))
    if period == nil, spans.contains(where: { $0.from != nil }) {
      findings.error(
        "unknown-period", "an add-on by the day needs the billing period",
        help: "add: --period 2027-02")
    }
    for span in spans {
      guard let from = span.from, let period, !period.contains(from) else { continue }
      findings.error(
        "date",
        "\(span.id) begins on \(from), which is not a day of the period from \(period.start) to "
          + "\(period.end.advanced(by: -1))",
        help: from < period.start
          ? "write \(span.id) alone: it is there for the whole period"
          : "leave it out, or quote the period of that day", at: nil)
    }
    if findings.hasErrors { return CommandOutput(findings, color: options.errorColor) }
    let bill: Bill
    do throws(CostError) {
      var standing = AccountStanding(book.terms)
      let begins = period.flatMap { earlier($0, book) }
      if let period, let begins {
        findings.note(
          "assumption",
          "the bills from \(begins.start) to \(period.start.advanced(by: -1)) are taken to be like this one: "
            + "they have drawn on its terms",
          help: "'genops run' draws on them with the usage of each month")
        var before = begins
        while before.start < period.start {
          _ = try calculator.bill(for: totals, period: before, standing: &standing)
          before = BillingPeriod(containing: before.end, anchorDay: period.start.civil.day)
        }
      }
      bill = try calculator.bill(
        for: totals, period: period, spans: spans.filter { $0.from != nil }, standing: &standing)
    } catch {
      findings.error("out-of-range", "\(error)", help: "quote a smaller usage")
      return CommandOutput(findings, color: options.errorColor)
    }
    findings.merge(bill.findings.advising("unknown-period", "add: --period 2027-02"))
    return CommandOutput(QuoteReport(bill).report(findings), as: format, options)
  }

  /// The first billing period that has drawn on the book's credits or commitment before `period`; nil
  /// when there is none.
  private static func earlier(_ period: BillingPeriod, _ book: PriceBook) -> BillingPeriod? {
    let terms = book.terms
    if terms.credits.isEmpty, terms.commitment == nil { return nil }
    let begins = terms.credits.compactMap(\.from) + [terms.commitment?.from].compactMap { $0 }
    guard let first = begins.min() ?? book.effectiveFrom, first < period.start else { return nil }
    let begin = BillingPeriod(containing: first, anchorDay: period.start.civil.day)
    return begin.start < period.start ? begin : nil
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
        help: "write \(parts[0]):\(DateForm.offers(parts[1]).first?.description ?? "2027-02-10")")
      return nil
    }
    return AddOnSpan(id: parts[0], from: from)
  }
}
