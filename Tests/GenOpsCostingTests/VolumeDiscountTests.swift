import GenOpsCosting
import GenOpsMetering
import GenOpsUnits
import Testing

/// The integration guide's plan takes 5, 15, 25 and 35 percent off from 1, 5, 10 and 50 million events. That is
/// a price book of one's own, in two readings: off everything, or off what lies above each bound.
@Suite("Discounts by volume as a price book")
struct VolumeDiscountTests {
  private func calculator(_ model: String) throws -> CostCalculator {
    var findings = Findings()
    let book = try PriceBook(
      json: Array(
        """
        {"id": "b", "currency": "USD", "source": "an offer", "retrieved": "2027-01-04", "rates": [
          {"meter": "events", "model": "\(model)", "tiers": [
            {"up_to": 999999, "price": "0.01"}, {"up_to": 4999999, "price": "0.0095"},
            {"up_to": 9999999, "price": "0.0085"}, {"up_to": 49999999, "price": "0.0075"},
            {"price": "0.0065"}]}], "add_ons": [], "terms": {}}
        """.utf8), file: "book.json", &findings)
    #expect(!findings.hasErrors)
    return CostCalculator(book: book)
  }

  @Test(
    "Off the whole volume: a cliff at each bound, as the guide has it",
    arguments: [
      (999_999, "9999.99"), (1_000_000, "9500.00"), (4_999_999, "47499.9905"),
      (5_000_000, "42500.00"), (10_000_000, "75000.00"), (50_000_000, "325000.00"),
    ] as [(Int64, String)])
  func whole(_ units: Int64, _ cost: String) throws {
    #expect(try calculator("volume").cost(of: units, on: .events).description == cost)
  }

  @Test(
    "Off what lies above each bound: never cheaper for more",
    arguments: [
      (999_999, "9999.99"), (1_000_000, "9999.9995"), (5_000_000, "47999.9985"),
      (50_000_000, "390499.9965"),
    ] as [(Int64, String)])
  func above(_ units: Int64, _ cost: String) throws {
    #expect(try calculator("graduated").cost(of: units, on: .events).description == cost)
  }
}
