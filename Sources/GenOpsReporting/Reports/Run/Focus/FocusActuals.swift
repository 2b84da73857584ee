import GenOpsMetering
import GenOpsSimulation
import GenOpsUnits

/// What was used and billed, in FOCUS 1.4: Cost and Usage, Billing Period and Invoice Detail.
///
/// A row of Cost and Usage is a meter of a project in a billing period, or a fee. Its billed cost is that of the bill where the
/// scenario has one, else what the usage comes to by the price book (`x_CostBasis`); its list cost is always by
/// the book. Every row has a line of Invoice Detail.
struct FocusActuals {
  let result: ScenarioResult

  var datasets: [ReportDataset] {
    let lines = result.actuals.indices.flatMap { period in
      result.actuals[period].lines.indices.map { (period, $0) }
    }
    return [
      FocusRow.table(
        "actuals/cost-and-usage.csv", lines.map(charge),
        columns: FocusRow.costAndUsage + [
          "x_CostBasis", "x_MeterId", "x_PriceBook", "x_RecordType", "x_Path",
        ]),
      FocusRow.table(
        "actuals/billing-period.csv", result.actuals.map(period),
        columns: [
          "BillingPeriodCreated", "BillingPeriodEnd", "BillingPeriodLastUpdated",
          "BillingPeriodStart", "BillingPeriodStatus", "InvoiceIssuerName",
        ]),
      FocusRow.table(
        "actuals/invoice-detail.csv", lines.map(detail),
        columns: [
          "BilledCost", "BillingAccountId", "BillingCurrency", "BillingPeriodEnd",
          "BillingPeriodStart", "ChargeCategory", "InvoiceDetailCreated",
          "InvoiceDetailDescription", "InvoiceDetailGrain", "InvoiceDetailId",
          "InvoiceDetailLastUpdated", "InvoiceId", "InvoiceIssueDate", "InvoiceIssueStatus",
          "InvoiceIssuerName", "PaymentDueDate", "PaymentTerms", "ReferenceInvoiceId",
          "x_CostBasis",
          "x_Path",
        ]),
    ]
  }

  private func period(_ period: ActualPeriod) -> [(String, String)] {
    window(period) + [
      ("BillingPeriodCreated", FocusRow.instant(period.start)),
      ("BillingPeriodLastUpdated", FocusRow.instant(period.knownTo)),
      ("BillingPeriodStatus", period.isOver ? "Closed" : "Open"),
      ("InvoiceIssuerName", FocusRow.issuer),
    ]
  }

  private func window(_ period: ActualPeriod) -> [(String, String)] {
    [
      ("BillingPeriodStart", FocusRow.instant(period.start)),
      ("BillingPeriodEnd", FocusRow.instant(period.end)),
    ]
  }

  /// What a charge and its line of the invoice have in common.
  private func common(_ place: (period: Int, line: Int)) -> [(String, String)] {
    let period = result.actuals[place.period]
    let line = period.lines[place.line]
    let invoice = FocusRow.invoice(period.start)
    return window(period) + [
      ("BillingAccountId", FocusRow.account), ("BillingCurrency", result.currency),
      ("BilledCost", line.cost.description),
      ("ChargeCategory", line.meter == nil ? "Purchase" : "Usage"), ("InvoiceId", invoice),
      ("InvoiceDetailId", "\(invoice)-\(place.line + 1)"), ("InvoiceIssuerName", FocusRow.issuer),
      ("x_CostBasis", line.billed == nil ? "Priced" : "Billed"),
      ("x_Path", "actuals[\(place.period)].lines[\(place.line)].cost"),
    ]
  }

  private func charge(_ place: (period: Int, line: Int)) -> [(String, String)] {
    let period = result.actuals[place.period]
    let line = period.lines[place.line]
    let project = line.project ?? ""
    return common(place) + FocusRow.service(line.label, line.meter)
      + FocusRow.quantity(line.units.map { "\($0)" } ?? "", line.meter)
      + FocusRow.costs(
        listed: (line.listed ?? line.cost).description, billed: line.cost.description) + [
        ("ChargeDescription", line.label + (project.isEmpty ? "" : ", \(project)")),
        ("ChargeFrequency", line.meter == nil ? "Recurring" : "Usage-Based"),
        ("ChargePeriodStart", FocusRow.instant(period.start)),
        ("ChargePeriodEnd", FocusRow.instant(period.knownTo)), ("SubAccountId", project),
        ("SubAccountName", project), ("SubAccountType", project.isEmpty ? "" : "Project"),
        ("x_PriceBook", result.provenance.priceBook), ("x_RecordType", "Actual"),
      ]
  }

  private func detail(_ place: (period: Int, line: Int)) -> [(String, String)] {
    let period = result.actuals[place.period]
    let line = period.lines[place.line]
    return common(place) + [
      ("InvoiceDetailCreated", FocusRow.instant(period.knownTo)),
      ("InvoiceDetailLastUpdated", FocusRow.instant(period.knownTo)),
      ("InvoiceDetailDescription", line.label + (line.project.map { ", \($0)" } ?? "")),
      ("InvoiceIssueStatus", line.billed == nil ? "Open" : "Issued"),
      ("PaymentTerms", "Not stated"), ("ReferenceInvoiceId", FocusRow.invoice(period.start)),
    ]
  }
}
