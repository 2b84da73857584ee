import Foundation
import GenOpsCosting
import GenOpsMetering
import GenOpsScenario
import GenOpsSimulation
import GenOpsUnits
import Testing

@testable import GenOpsReporting

/// The workbook of a run: its formulas stand beside what the calculator says.
struct `The workbook of a run` {
  private static let shop = """
    scenario: shop
    period: 2027-03 to 2027-06
    add_ons: [boost]
    traffic:
      - shop:
          users: 40k to 60k
          events: 60 per user per month
          identified: 50%
          mix: {$pageview: 40%}
          session_recordings: 0.5 per user per month
          growth: 5% to 20% per month
    options:
      - fewer views: {sample: {$pageview: 50%}}
    value:
      discount_rate: 8% per year
      benefits:
        - tools: {amount: 900 USD per month}
        - start: {amount: 2000 USD per month, from: 2027-05, ramp: 2 months}
      costs:
        - set-up: {amount: 3000 USD}

    """

  private static func run(_ text: String, paths: Int = 40) async throws -> ScenarioRun {
    let bytes = Data(text.utf8)
    let node = try YAMLReader.parse(bytes, file: "test.yaml")
    let (scenario, findings) = ScenarioReader.read(
      node, bytes: bytes, file: "test.yaml", overrides: .init(paths: paths))
    let plan = try Planner.plan(try #require(scenario), ScenarioFiles(), findings)
    return try await ScenarioRun.run(plan, jobs: 1)
  }

  private static func sheets(_ run: ScenarioRun) -> [String: ReportSheet] {
    let report = RunReport(run.result, ReportFooter(), plan: run.plan).report
    return Dictionary(uniqueKeysWithValues: report.workbook.map { ($0.name, $0) })
  }

  /// The numbers of the row that begins with these words, and the formulas behind them.
  private static func row(_ title: String, _ sheet: ReportSheet?) throws -> (
    values: [Double], formulas: [String?]
  ) {
    let cells = try #require(
      sheet?.rows.first {
        guard let first = $0.first, case .text(title) = first.content else { return false }
        return true
      }, "there is no row \(title)")
    var (values, formulas) = ([Double](), [String?]())
    for cell in cells {
      switch cell.content {
      case .number(let value):
        values.append(value)
        formulas.append(nil)
      case .formula(let formula, let value):
        values.append(value)
        formulas.append(formula)
      default: break
      }
    }
    return (values, formulas)
  }

  @Test func `prices the expected usage as a bill does, and names the gap`() async throws {
    let run = try await Self.run(Self.shop)
    let sheets = Self.sheets(run)
    let months = sheets["Months"]
    let calculator = CostCalculator(book: .standard, addOns: ["boost"])
    let price = try Self.row("Price of the expected usage", months)
    let expected = try Self.row("Expected cost over all futures", months)
    let gap = try Self.row("Gap: expected cost less the price of the expected usage", months)
    #expect(price.values.count == 5 && price.formulas.allSatisfy { $0?.hasPrefix("SUM(") == true })
    for (index, month) in run.result.months.enumerated() {
      var totals = MeterTotals()
      for (meter, units) in month.usage { totals[meter] = Int64(units.mean.rounded()) }
      let bill = try calculator.bill(
        for: totals, period: BillingPeriod(containing: month.month.firstDay))
      #expect(abs(price.values[index] - bill.total.approximate) < 1e-6, "\(month.month)")
      // The report is that of result.json, whose amounts have six decimals.
      #expect(abs(expected.values[index] - month.cost.mean) < 1e-6)
      #expect(abs(gap.values[index] - (month.cost.mean - bill.total.approximate)) < 1e-5)
      #expect(gap.formulas[index] != nil && expected.formulas[index] == nil)
    }
    #expect(abs(expected.values[4] - run.result.year.cost.mean) < 1e-4)
    // Growth is not known, and the last tiers are cheaper: the mean of the prices is not the price of the mean.
    #expect(abs(gap.values[4]) > 0.01)
    for meter in ["Product analytics", "Person profiles", "Session replay"] {
      let line = try Self.row(meter, months)
      #expect(line.formulas.dropLast().allSatisfy { $0?.contains("Usage!") == true }, "\(meter)")
    }
    let boost = try Self.row("Boost", months)
    #expect(boost.values == [250, 250, 250, 250, 1000])
  }

  @Test func `is the cash flow of the value case, month by month`() async throws {
    let run = try await Self.run(Self.shop)
    let roi = try #require(run.result.roi)
    let value = Self.sheets(run)["Value"]
    #expect(try Self.row("tools", value).values.suffix(5) == [0, 900, 900, 900, 900])
    #expect(try Self.row("start", value).values.suffix(5) == [0, 0, 0, 1000, 2000])
    #expect(try Self.row("set-up", value).values.suffix(5) == [3000, 0, 0, 0, 0])
    let bill = try Self.row("PostHog", value)
    #expect(bill.formulas.suffix(4).allSatisfy { $0?.hasPrefix("Months!") == true })
    let npv = try Self.row("Net present value", value)
    // Of the means, then low, mean and high over all futures: the value is linear in the flows.
    #expect(npv.values.count == 4 && abs(npv.values[0] - roi.npv.mean) < 1e-6)
    #expect(npv.formulas[0]?.contains("NPV(") == true)
  }

  @Test func `holds values and says why where a formula would be wrong`() async throws {
    let sheets = Self.sheets(try await Self.run(Self.shop + "billing_day: 15\n"))
    let months = try #require(sheets["Months"])
    #expect(try Self.row("Product analytics", months).formulas.dropLast().allSatisfy { $0 == nil })
    let text = XLSXFormat.text(months)
    #expect(text.contains("the billing period does not begin with the month"))
    #expect(!text.contains("Gap"))
  }

  @Test func `says where each input comes from`() async throws {
    let run = try await Self.run(Self.shop)
    let inputs = XLSXFormat.text(try #require(Self.sheets(run)["Inputs"]))
    #expect(inputs.contains("traffic.shop.users") && inputs.contains("growth.shop.rate"))
    #expect(inputs.contains("given") && inputs.contains("per month"))
  }

  @Test func `is small, and the same each time`() async throws {
    let run = try await Self.run(Self.shop)
    let report = RunReport(run.result, ReportFooter(), plan: run.plan).report
    let bytes = XLSXFormat.bytes(report, TextStyle())
    #expect(bytes == XLSXFormat.bytes(report, TextStyle()) && bytes.count < 100_000)
    let names = report.workbook.map(\.name)
    #expect(
      names.starts(with: [
        "Summary", "Inputs", "Prices", "Usage", "Months", "Options", "Value",
      ]))
    #expect(names.last == "Provenance")
  }
}

extension XLSXFormat {
  /// All texts of a sheet.
  static func text(_ sheet: ReportSheet) -> String {
    sheet.rows.joined().map { cell in
      if case .text(let text) = cell.content { return text + "\n" }
      return ""
    }.joined()
  }
}
