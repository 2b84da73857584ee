import GenOpsCosting
import GenOpsMetering
import GenOpsSimulation
import GenOpsTestSupport
import GenOpsUnits
import Testing

@Suite struct `Why a month missed its forecast` {
  @Test(arguments: MissCase.all)
  func `is split as it was by hand`(_ item: MissCase) throws {
    #expect(item.mistakes == [])
    let split = try item.split()
    let got: [String: Money] = [
      "volume": split.volume, "mix": split.mix, "one-offs": split.oneOffs, "price": split.price,
      "spread": split.spread,
    ]
    for (part, amount) in item.parts { #expect(got[part] == amount, "\(part)") }
    if let factor = item.factor { #expect(abs(split.factor - factor) < 1e-12) }
    // No part is left out: a case names all four.
    #expect(item.parts.keys.count { $0 != "spread" } == 4)
  }

  @Test func `has cases`() { #expect(MissCase.all.count >= 20) }

  /// Prices of several tiers for three meters; the last price goes on for ever.
  private func calculator(_ random: inout SeededGenerator) throws -> CostCalculator {
    let rates = ["events", "session_recordings", "llm_events"].map { meter -> String in
      var bound: Int64 = 0
      let tiers = (0..<random.below(4)).map { _ -> String in
        bound += 1 + Int64(random.below(900))
        return #"{"up_to": \#(bound), "price": "0.00\#(100 + random.below(900))"}"#
      }
      let all = tiers + [#"{"price": "0.00\#(100 + random.below(900))"}"#]
      return
        #"{"meter": "\#(meter)", "model": "graduated", "tiers": [\#(all.joined(separator: ","))]}"#
    }
    let terms = random.below(2) == 0 ? "{}" : #"{"discount": "\#(random.below(30)).7%"}"#
    let text = """
      {"id": "random", "currency": "USD", "source": "a test", "retrieved": "2026-01-01",
       "terms": \(terms), "rates": [\(rates.joined(separator: ","))]}
      """
    var findings = Findings()
    return CostCalculator(
      book: try PriceBook(json: Array(text.utf8), file: "random", &findings))
  }

  @Test(arguments: 0..<300)
  func `has parts that sum to the miss, to the nano-unit`(_ seed: Int) throws {
    var random = SeededGenerator(seed)
    let (then, now) = (try calculator(&random), try calculator(&random))
    func totals() -> MeterTotals {
      var totals = MeterTotals()
      for meter in [Meter.events, .sessionRecordings, .llmEvents] where random.below(5) > 0 {
        totals[meter] = Int64(random.below(5000))
      }
      return totals
    }
    let (expected, usual, actual) = (totals(), totals(), totals())
    let forecast = Money(nanos: Int64(random.below(50_000_000_000)))
    func bill(_ calculator: CostCalculator, _ totals: MeterTotals) -> Money {
      (try? calculator.bill(for: totals).total) ?? Money(nanos: .min)
    }
    let split = MissSplit(
      forecast: forecast, expected: expected, usual: usual, actual: actual,
      .init(then: { bill(then, $0) }, now: { bill(now, $0) }))
    #expect(
      split.volume.nanos + split.mix.nanos + split.oneOffs.nanos + split.price.nanos
        == bill(now, actual).nanos - forecast.nanos)
    #expect(split.price.nanos == bill(now, actual).nanos - bill(then, actual).nanos)
    // What was used exactly as it was expected leaves nothing but the spread and the price.
    let same = MissSplit(
      forecast: forecast, expected: expected, usual: expected, actual: expected,
      .init(then: { bill(then, $0) }, now: { bill(now, $0) }))
    #expect(same.mix == .zero && same.oneOffs == .zero && same.volume == same.spread)
  }
}
