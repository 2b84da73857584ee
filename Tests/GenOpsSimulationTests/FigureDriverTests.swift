import Foundation
import GenOpsUnits
import Testing

@testable import GenOpsScenario
@testable import GenOpsSimulation

struct `What drives a figure` {
  /// Exceptions at one price each, the level alone uncertain: the cost is that level, and knowing it leaves nothing.
  @Test func `is the only input where there is one`() async throws {
    let path = NSTemporaryDirectory() + "genops-drive-\(UUID().uuidString).json"
    defer { try? FileManager.default.removeItem(atPath: path) }
    try Data(
      """
      {"id": "flat", "title": "One price", "currency": "USD", "source": "this test",
       "retrieved": "2027-01-01",
       "rates": [{"meter": "exceptions", "product": "error_tracking", "model": "per-unit",
                  "price": "0.001"}],
       "add_ons": []}
      """.utf8
    ).write(to: URL(fileURLWithPath: path))
    let run = try await TextScenario.run(
      """
      period: 2027-01
      prices: \(path)
      traffic: [app: {exceptions: 90k to 110k per day, noise: none}]
      value:
        discount_rate: 0% per year
        benefits:
          - tools: {amount: 3100 USD per month}
      """, paths: 1000)
    let drivers = run.result.drivers
    #expect(drivers.inputs.count == 1)
    let one = try #require(drivers.inputs.first)
    // Lognormal, 90 % of it between 90,000 and 110,000 a day, of which 31 days are paid.
    let (mu, sigma) = (
      (log(90_000.0) + log(110_000.0)) / 2, log(110.0 / 90) / 2 / 1.6448536269514722
    )
    let (low, high) = (exp(mu - 1.2815515655 * sigma), exp(mu + 1.2815515655 * sigma))
    #expect(abs(one.low - low) < 0.01 && abs(one.high - high) < 0.01)
    #expect(abs(one.costLow - 0.031 * low) < 0.5 && abs(one.costHigh - 0.031 * high) < 0.5)
    #expect(one.share > 0.995 && drivers.rest < 0.005)
    let range = run.result.year.cost.p90 - run.result.year.cost.p10
    #expect(abs(one.worth / range - 1) < 0.1)
    // The value is 3,100 less the cost, so that it breaks even at 100,000 a day.
    #expect(abs(try #require(one.breakEven) - 100_000) < 200)
    let npv = try #require(one.npv)
    #expect(abs(npv.low - (3100 - one.costLow)) < 1e-6)
    #expect(abs(npv.high - (3100 - one.costHigh)) < 1e-6)
  }

  @Test func `has nothing in it that does not vary`() async throws {
    let run = try await TextScenario.run(
      """
      period: 2027-01
      traffic: [app: {exceptions: 200k per day, noise: none}]
      """, paths: 100)
    #expect(run.result.drivers.inputs.isEmpty && run.result.drivers.rest == 0)
  }
}
