import GenOpsMetering
import GenOpsUnits

@testable import GenOpsSimulation

/// A quarter of three months: one that has ended, one under way, one ahead.
enum SampleTrack {
  static let first = CalendarMonth(year: 2026, month: 11)

  private static func money(_ units: Int64) -> Money { Money(units: units) }

  static func said(_ month: Int, _ low: Int64, _ mean: Int64, _ high: Int64) -> ForecastStatement {
    ForecastStatement(
      said: Timestamp(startOf: first.firstDay), name: "Web shop", scenario: "abc", version: "1.0.0",
      asOf: first.firstDay, month: first.advanced(by: month), currency: "USD", prices: "p",
      cost: .init(p10: money(low), p50: money(mean), mean: money(mean), p90: money(high)),
      usage: [])
  }

  /// Said 4,066; volume +203, mix +82, one-offs -41, price 0: it landed at 4,310.
  static let november = TrackResult.Month(
    month: first, state: .actual, knownDays: 30, unknown: [], budget: money(4225),
    forecast: said(0, 3900, 4066, 4400), actual: money(4310), landing: money(4310), low: nil,
    high: nil,
    split: MissSplit(
      volume: money(203), mix: money(82), oneOffs: money(-41), price: .zero, spread: .zero,
      meter: .events, factor: 1.05),
    oneOffs: [
      OneOff(meter: .events, day: first.firstDay.advanced(by: 23), units: -900_000, name: "a sale"),
      OneOff(meter: .events, day: first.firstDay.advanced(by: 24), units: -700_000, name: "a sale"),
      OneOff(
        meter: .identifiedEvents, day: first.firstDay.advanced(by: 24), units: -9, name: "a sale"),
      OneOff(meter: .llmEvents, day: first.firstDay.advanced(by: 3), units: 41_000, name: nil),
    ])

  static let december = TrackResult.Month(
    month: first.advanced(by: 1), state: .underWay, knownDays: 12, unknown: [], budget: money(4225),
    forecast: said(1, 3950, 4100, 4300), actual: money(1650), landing: money(4190),
    low: money(4120), high: money(4260), split: nil, oneOffs: [])

  static let january = TrackResult.Month(
    month: first.advanced(by: 2), state: .ahead, knownDays: 0, unknown: [], budget: money(4225),
    forecast: said(2, 4000, 4200, 4500), actual: nil, landing: money(4250), low: money(4050),
    high: money(4480), split: nil, oneOffs: [])

  static let result: TrackResult = {
    var findings = Findings()
    findings.note(
      "budget-by-month",
      "the budget is for a quarter: each month is held against an equal part of it",
      help: "nothing to do")
    return TrackResult(
      name: "Web shop", currency: "USD",
      provenance: Provenance(
        version: "1.0.0", scenarioSHA256: String(repeating: "0a", count: 32),
        priceBook: "posthog-2026-08", priceBookSHA256: String(repeating: "b1", count: 32),
        priceBookAgeDays: 70, seed: 1, paths: 10_000, mathFingerprint: "9f3c51d2a7e04b68",
        mode: "binned"),
      lastKnownDay: first.advanced(by: 1).firstDay.advanced(by: 11),
      budget: .init(name: "quarter", limit: money(12_675), period: .quarter),
      months: [november, december, january],
      total: .init(
        label: "Total", budget: money(12_675), forecast: money(12_366), actual: money(5960),
        landing: money(12_750), low: money(12_500), high: money(13_020)),
      score: ForecastScore([said(0, 3900, 4066, 4400)], actual: [first: money(4310)]),
      findings: findings)
  }()

  static let next = [
    "in budget.yaml: history: [usage.csv, december.csv]", "genops run budget.yaml",
  ]
}
