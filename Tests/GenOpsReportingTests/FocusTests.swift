import GenOpsSimulation
import GenOpsUnits
import Testing

@testable import GenOpsReporting

/// The datasets of FOCUS 1.4; `Tests/System/focus` has them linted by focus-data-toolkit.
@Suite struct FocusTests {
  private let datasets: [ReportDataset] = {
    var result = Sample.result
    result.actuals = Sample.actuals
    return RunReport(result, ReportFooter()).report.datasets
  }()

  private func dataset(_ path: String) throws -> ReportDataset {
    try #require(datasets.first { $0.path == path })
  }

  private func column(_ name: String, of dataset: ReportDataset) throws -> [String] {
    let index = try #require(dataset.columns.firstIndex(of: name))
    return dataset.rows.map { $0[index] }
  }

  @Test func `Every dataset has its columns once, and as many fields in each row`() {
    #expect(
      datasets.map(\.path) == [
        "actuals/cost-and-usage.csv", "actuals/billing-period.csv", "actuals/invoice-detail.csv",
        "forecast/forecast.csv",
      ])
    for dataset in datasets {
      #expect(Set(dataset.columns).count == dataset.columns.count)
      #expect(dataset.rows.allSatisfy { $0.count == dataset.columns.count })
      #expect(!dataset.rows.isEmpty)
    }
  }

  @Test func `Charges, invoice lines and periods of the result sum to the nano-unit`() throws {
    let charges = try dataset("actuals/cost-and-usage.csv")
    let details = try dataset("actuals/invoice-detail.csv")
    for period in Sample.actuals {
      for dataset in [charges, details] {
        let starts = try column("BillingPeriodStart", of: dataset)
        let costs = try column("BilledCost", of: dataset)
        let sum = try zip(starts, costs).filter { $0.0 == "\(period.start)T00:00:00Z" }
          .reduce(Money.zero) { $0 + (try Money(parsing: $1.1)) }
        #expect(sum == period.total)
      }
    }
    #expect(try column("InvoiceDetailId", of: charges) == column("InvoiceDetailId", of: details))
    #expect(Set(try column("InvoiceDetailId", of: details)).count == details.rows.count)
  }

  @Test func `Each window begins before it ends, and a charge lies within its period`() throws {
    for dataset in datasets where dataset.columns.contains("ChargePeriodStart") {
      let (from, to) = (
        try column("ChargePeriodStart", of: dataset), try column("ChargePeriodEnd", of: dataset)
      )
      let (start, end) = (
        try column("BillingPeriodStart", of: dataset), try column("BillingPeriodEnd", of: dataset)
      )
      for row in dataset.rows.indices {
        #expect(from[row] < to[row] && start[row] < end[row])
        #expect(start[row] <= from[row] && to[row] <= end[row])
      }
    }
    let periods = try dataset("actuals/billing-period.csv")
    #expect(try column("BillingPeriodStatus", of: periods) == ["Closed", "Open"])
  }

  @Test func `A forecast is marked in every row and sums to the expected cost of its month`() throws
  {
    let forecast = try dataset("forecast/forecast.csv")
    #expect(Set(try column("x_RecordType", of: forecast)) == ["Forecast"])
    #expect(try column("ChargeDescription", of: forecast).allSatisfy { $0.hasPrefix("Forecast: ") })
    let starts = try column("BillingPeriodStart", of: forecast)
    let costs = try column("BilledCost", of: forecast)
    for month in Sample.result.months where !month.isActual {
      let rows = starts.indices.filter { starts[$0] == "\(month.month.firstDay)T00:00:00Z" }
      let sum = rows.reduce(0.0) { $0 + (Double(costs[$1]) ?? .nan) }
      #expect((sum - month.cost.mean).magnitude < 0.01)
    }
    let (low, high) = (try column("x_CostP10", of: forecast), try column("x_CostP90", of: forecast))
    for (a, b) in zip(low, high) where !a.isEmpty {
      #expect(try #require(Double(a)) <= (try #require(Double(b))))
    }
  }

  @Test func `No field is run by a spreadsheet`() throws {
    let text = try dataset("actuals/cost-and-usage.csv").csv
    #expect(!text.contains(",=Back"))
    #expect(text.hasSuffix("\r\n"))
  }

  @Test func `The archive holds all of them`() throws {
    var report = Report(title: "a", json: .null, version: "1")
    report.datasets = datasets
    let files = try #require(ZIPReader(FocusFormat.bytes(report, TextStyle()))).entries
    #expect(files.map(\.name) == datasets.map(\.path))
    #expect(files.map(\.text) == datasets.map(\.csv))
  }
}
