import GenOpsCosting
import GenOpsMetering
import GenOpsSimulation
import GenOpsTestSupport
import GenOpsUnits
import Testing

/// A case of `Cases/miss.cases`, which says what each of its lines means.
struct MissCase: CustomTestStringConvertible, Sendable {
  var name: String
  var place: String
  var prices: [String: [(meter: String, tiers: String)]] = [:]
  var terms: [String: String] = [:]
  var forecast = Money.zero
  var usage: [String: MeterTotals] = [:]
  var volume: Meter?
  var parts: [String: Money] = [:]
  var factor: Double?
  /// Lines of the file that are none of the known ones.
  var mistakes: [String] = []

  var testDescription: String { "\(place): \(name)" }

  static let parts = ["volume", "mix", "one-offs", "price", "spread"]

  func split() throws -> MissSplit {
    let then = try calculator("then")
    let now = try calculator(prices["now"] == nil && terms["now"] == nil ? "then" : "now")
    func bill(_ calculator: CostCalculator) -> (MeterTotals) -> Money {
      { totals in
        guard let bill = try? calculator.bill(for: totals) else {
          Issue.record("no bill for \(totals)")
          return .zero
        }
        return bill.total
      }
    }
    let actual = usage["actual"] ?? MeterTotals()
    return MissSplit(
      forecast: forecast, expected: usage["expected"] ?? MeterTotals(),
      usual: usage["usual"] ?? actual, actual: actual, volume: volume,
      .init(then: bill(then), now: bill(now)))
  }

  private func calculator(_ side: String) throws -> CostCalculator {
    let rates = (prices[side] ?? prices["then"] ?? []).map { rate in
      let tiers = rate.tiers.split(separator: ",").map { tier in
        let parts = tier.split(separator: " ")
        return parts.count == 3
          ? #"{"up_to": \#(parts[2]), "price": "\#(parts[0])"}"# : #"{"price": "\#(parts[0])"}"#
      }
      return
        #"{"meter": "\#(rate.meter)", "model": "graduated", "tiers": [\#(tiers.joined(separator: ","))]}"#
    }
    let text = """
      {"id": "\(side)", "currency": "USD", "source": "a test", "retrieved": "2026-01-01",
       "terms": \(terms[side] ?? "{}"), "rates": [\(rates.joined(separator: ","))]}
      """
    var findings = Findings()
    return CostCalculator(
      book: try PriceBook(json: Array(text.utf8), file: place, &findings))
  }

  static let all: [MissCase] = {
    var cases: [MissCase] = []
    for line in TextCase.lines("miss") {
      let parts = line.text.split(separator: " ", maxSplits: 1).map(String.init)
      let value = parts.count > 1 ? parts[1] : ""
      if parts[0] == "case" {
        cases.append(MissCase(name: value, place: "miss.cases:\(line.line)"))
      } else if !cases.isEmpty {
        cases[cases.count - 1].take(parts[0], value)
      }
    }
    return cases
  }()

  private mutating func take(_ word: String, _ value: String) {
    let words = value.split(separator: " ", maxSplits: 1).map(String.init)
    switch word {
    case "then" where words.count == 2, "now" where words.count == 2:
      prices[word, default: []].append((words[0], words[1]))
    case "terms" where words.count == 2: terms[words[0]] = words[1]
    case "expected", "usual", "actual":
      var totals = MeterTotals()
      for entry in value.split(separator: " ") {
        let pair = entry.split(separator: "=").map(String.init)
        guard pair.count == 2, let meter = Meter(named: pair[0]), let units = Int64(pair[1]) else {
          mistakes.append("\(word) \(value)")
          continue
        }
        totals[meter] = units
      }
      usage[word] = totals
    case "by":
      volume = Meter(named: value)
      if volume == nil { mistakes.append("by \(value)") }
    case "factor": factor = Double(value)
    case "forecast",
      _ where MissCase.parts.contains(word):
      guard let amount = try? Money(parsing: value) else {
        mistakes.append("\(word) \(value)")
        return
      }
      if word == "forecast" { forecast = amount } else { parts[word] = amount }
    default: mistakes.append("\(word) \(value)")
    }
  }
}
