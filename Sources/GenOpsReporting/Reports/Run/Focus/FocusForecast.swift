import GenOpsMetering
import GenOpsScenario
import GenOpsSimulation
import GenOpsUnits

/// What is forecast, in the shape of FOCUS 1.4's Cost and Usage: FOCUS has no dataset for it, so it is a file of its own that
/// says in every row that it is a forecast, with quantiles in columns of its own.
///
/// A row is a meter in a month, or what a month costs beside usage. Costs are the mean of all futures, which is what
/// adds up; a month that runs is there as it lands, with the days that are known.
struct FocusForecast {
  let result: ScenarioResult

  private static let quantiles: [Quantile] = [.p05, .p10, .p50, .p90, .p95]

  var dataset: ReportDataset {
    let own =
      ["x_RecordType", "x_ScenarioName", "x_ScenarioSHA256", "x_Seed", "x_Futures", "x_KnownDays"]
      + FocusForecast.quantiles.map(FocusForecast.cost)
      + FocusForecast.quantiles.map(FocusForecast.units) + ["x_MeterId", "x_PriceBook", "x_Path"]
    return FocusRow.table(
      "forecast/forecast.csv", result.months.indices.flatMap(rows),
      columns: FocusRow.costAndUsage + own)
  }

  private static func cost(_ quantile: Quantile) -> String {
    "x_Cost\(quantile.rawValue.uppercased())"
  }
  private static func units(_ quantile: Quantile) -> String {
    "x_Quantity\(quantile.rawValue.uppercased())"
  }

  private func rows(_ index: Int) -> [[(String, String)]] {
    let month = result.months[index]
    if month.isActual { return [] }
    let usage = month.costByMeter.map { meter, cost -> [(String, String)] in
      let mean = FocusRow.amount(cost.mean)
      let units = month.usage.first { $0.meter == meter }?.units
      return common(month) + FocusRow.service(meter.invoiceName, meter)
        + FocusRow.quantity(units.map { ReportTable.number($0.mean) } ?? "", meter)
        + FocusRow.costs(listed: mean, billed: mean) + [
          ("ChargeCategory", "Usage"), ("ChargeFrequency", "Usage-Based"),
          ("ChargeDescription", "Forecast: \(meter.invoiceName)"),
          ("x_Path", "months[\(index)].costByMeter.\(meter.id)"),
        ]
        + FocusForecast.quantiles.map { (FocusForecast.cost($0), FocusRow.amount(cost[$0])) }
        + FocusForecast.quantiles.map { quantile in
          (
            FocusForecast.units(quantile),
            units.map { ReportTable.number($0[quantile]) } ?? ""
          )
        }
    }
    guard month.besideUsage.magnitude >= 0.005 else { return usage }
    let rest = FocusRow.amount(month.besideUsage)
    return usage + [
      common(month) + FocusRow.service("Fees and terms", nil)
        + FocusRow.costs(listed: rest, billed: rest) + [
          ("ChargeCategory", "Purchase"), ("ChargeFrequency", "Recurring"),
          ("ChargeDescription", "Forecast: fees and terms"),
          ("x_Path", "months[\(index)].besideUsage"),
        ]
    ]
  }

  private func common(_ month: MonthResult) -> [(String, String)] {
    let source = result.provenance
    let (start, end) = (
      FocusRow.instant(month.month.firstDay), FocusRow.instant(month.month.advanced(by: 1).firstDay)
    )
    return [
      ("BillingAccountId", FocusRow.account), ("BillingCurrency", result.currency),
      ("BillingPeriodStart", start), ("BillingPeriodEnd", end), ("ChargePeriodStart", start),
      ("ChargePeriodEnd", end), ("x_RecordType", "Forecast"), ("x_ScenarioName", result.name),
      ("x_ScenarioSHA256", source.scenarioSHA256), ("x_Seed", "\(source.seed)"),
      ("x_Futures", "\(source.paths)"), ("x_KnownDays", "\(month.actualDays)"),
      ("x_PriceBook", source.priceBook),
    ]
  }
}
