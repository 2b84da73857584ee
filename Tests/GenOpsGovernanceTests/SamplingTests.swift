import GenOpsMetering
import GenOpsUnits
import Testing

@testable import GenOpsGovernance

@Suite("Sampling by distinct id")
struct SamplingTests {
  private let ids = (0..<50_000).map { "user-\($0)" }

  @Test("Rates nest: who survives a low rate survives every higher one")
  func nests() {
    let rates = [0, 0.01, 0.1, 0.2, 0.5, 0.99, 1]
    for id in ids.prefix(5000) {
      let kept = rates.map { SamplingHash.survives(distinctID: id, rate: $0) }
      #expect(kept.firstIndex(of: true).map { kept[$0...].allSatisfy(\.self) } ?? false)
      #expect(!kept[0] && kept[6])
    }
  }

  @Test("The kept share is the rate within four standard errors", arguments: [0.01, 0.1, 0.5, 0.9])
  func share(rate: Double) {
    for prefix in ["", "a", "01932a4c-0000-7000-8000-"] {
      let kept = ids.count { SamplingHash.survives(distinctID: prefix + $0, rate: rate) }
      let error = (rate * (1 - rate) / Double(ids.count)).squareRoot()
      #expect(abs(Double(kept) / Double(ids.count) - rate) < 4 * error)
    }
  }

  @Test("Places are spread evenly: chi-square over 100 cells")
  func even() {
    var cells = [Double](repeating: 0, count: 100)
    for id in ids { cells[Int(SamplingHash.place(of: id) * 100)] += 1 }
    let expected = Double(ids.count) / 100
    let chiSquare = cells.reduce(0) { $0 + ($1 - expected) * ($1 - expected) / expected }
    // 99 degrees of freedom: the 99.99 % point is 161.
    #expect(chiSquare < 161)
  }

  @Test("Places are the same for ever: kept users must not change with a release")
  func stable() {
    // Computed apart, in Python.
    #expect(SamplingHash.place(of: "user_12345") == 0.6551879340042489)
    #expect(SamplingHash.place(of: "") == 0.9576734252420561)
  }

  @Test(
    "The guide's rates in high traffic, by the names of events",
    arguments: [
      ("conversion", 1), ("signup", 1), ("purchase", 1), ("page_view", 0.1), ("click", 0.2),
      ("feature_use", 0.8), ("error", 1), ("report_opened", 0.5),
    ])
  func guide(event: String, rate: Double) {
    let classifier = EventClassifier.standard
    let eventClass = classifier.classify(event)
    #expect(
      TrafficSampling().rates.rate(
        ofClass: classifier.name(of: eventClass), isCritical: classifier.isCritical(eventClass))
        == rate)
    #expect(TrafficSampling().highPerMinute == 1000)
  }

  @Test("Critical classes are kept whole and weights are inverse rates")
  func rates() {
    let rates = SamplingRates(byClass: ["click": 0.2, "purchase": 0.1], standard: 0.5)
    #expect(rates.rate(ofClass: "click", isCritical: false) == 0.2)
    #expect(rates.rate(ofClass: "purchase", isCritical: true) == 1)
    #expect(rates.rate(ofClass: "search", isCritical: false) == 0.5)
    #expect(SamplingHash.weight(rate: 0.2) == 5)
    #expect(SamplingHash.weight(rate: 0) == 0)
  }
}
