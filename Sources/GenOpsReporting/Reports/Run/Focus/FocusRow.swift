import GenOpsMetering
import GenOpsUnits

/// What all datasets of FOCUS 1.4 have in common here: names, and how values are written.
enum FocusRow {
  static let issuer = "PostHog"
  /// Exports of usage and billing answers name no account; FOCUS wants one.
  static let account = "posthog-organization"

  /// The first instant of a day.
  static func instant(_ day: CalendarDay) -> String { "\(day)T00:00:00Z" }

  /// PostHog numbers its invoices, and no export holds the number: this one is made of the period.
  static func invoice(_ start: CalendarDay) -> String { "posthog-\(start)" }

  /// A statistic, with six decimals as `result.json` has it; empty where there is none.
  static func amount(_ value: Double) -> String { JSONValue.amount(value).string ?? "" }

  /// Columns with their values, in the order in which a dataset has them.
  static func table(_ path: String, _ rows: [[(String, String)]], columns: [String])
    -> ReportDataset
  {
    ReportDataset(
      path, columns,
      rows.map { row in columns.map { name in row.first { $0.0 == name }?.1 ?? "" } })
  }

  /// What names the service of a line.
  static func service(_ label: String, _ meter: Meter?) -> [(String, String)] {
    [
      ("ServiceCategory", "Analytics"), ("ServiceSubcategory", "Analytics Platforms"),
      ("ServiceName", label), ("ServiceProviderName", issuer), ("HostProviderName", ""),
      ("InvoiceIssuerName", issuer), ("SkuId", meter?.id ?? ""), ("SkuMeter", meter?.unit ?? ""),
      ("x_MeterId", meter?.id ?? ""),
    ]
  }

  /// A quantity that was used and priced, with its unit; both empty where it is not known.
  static func quantity(_ units: String, _ meter: Meter?) -> [(String, String)] {
    guard let meter, !units.isEmpty else { return [] }
    return [
      ("ConsumedQuantity", units), ("ConsumedUnit", meter.unit), ("PricingQuantity", units),
      ("PricingUnit", meter.unit),
    ]
  }

  /// The four costs of a line.
  static func costs(listed: String, billed: String) -> [(String, String)] {
    [
      ("ListCost", listed), ("ContractedCost", billed), ("EffectiveCost", billed),
      ("BilledCost", billed),
    ]
  }

  /// The columns of Cost and Usage that have a value here; those that FOCUS 1.4 wants and PostHog does not
  /// tell are there and empty.
  static let costAndUsage = [
    "BilledCost", "BillingAccountId", "BillingAccountName", "BillingCurrency", "BillingPeriodEnd",
    "BillingPeriodStart", "ChargeCategory", "ChargeClass", "ChargeDescription", "ChargeFrequency",
    "ChargePeriodEnd", "ChargePeriodStart", "ConsumedQuantity", "ConsumedUnit", "ContractedCost",
    "EffectiveCost", "HostProviderName", "InvoiceDetailId", "InvoiceId", "InvoiceIssuerName",
    "ListCost", "PricingQuantity", "PricingUnit", "ServiceCategory", "ServiceName",
    "ServiceProviderName", "ServiceSubcategory", "SkuId", "SkuMeter", "SubAccountId",
    "SubAccountName", "SubAccountType",
  ]
}
