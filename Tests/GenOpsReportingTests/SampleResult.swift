import GenOpsHistory
import GenOpsMetering
import GenOpsNumerics
import GenOpsPostHog
import GenOpsScenario
import GenOpsSimulation
import GenOpsUnits

/// The result the goldens show: a year of a growing product with four options.
enum Sample {
  static func spread(_ low: Double, _ mean: Double, _ high: Double) -> ForecastDistribution {
    let sd = (high - low) / 2.563
    return ForecastDistribution(
      mean: mean, sd: sd, standardError: sd / 100, p01: low - sd, p05: low - sd * 0.36, p10: low,
      p25: (low + mean) / 2, p50: mean - sd * 0.02, p75: (high + mean) / 2, p90: high,
      p95: high + sd * 0.36, p99: high + sd)
  }

  static func none(offered: Double) -> LostData {
    LostData(refused: 0, sampled: 0, critical: 0, offered: offered, byClass: [])
  }

  private static let figures: [(Double, Double, Double, [String])] = [
    (3890, 3983, 4080, ["days 1-14 are actual"]), (4230, 4380, 4540, []), (4190, 4378, 4570, []),
    (4670, 4933, 5200, ["mobile app launch"]), (4750, 5079, 5430, []),
    (5190, 5593, 6000, ["12 more servers"]), (5270, 5730, 6200, []), (5230, 5737, 6270, []),
    (5450, 6017, 6630, []), (6220, 6839, 7410, ["Black Friday"]), (5620, 6309, 6990, []),
    (5730, 6462, 7150, []),
  ]

  static let result: ScenarioResult = {
    let first = CalendarMonth(year: 2027, month: 2)
    let months = figures.enumerated().map { index, figure in
      let (low, mean, high, drivers) = figure
      let events = mean * 10_400
      return MonthResult(
        month: first.advanced(by: index), actualDays: index == 0 ? 14 : 0,
        cost: spread(low, mean, high),
        usage: [
          (.events, spread(events * 0.95, events, events * 1.05)),
          (.featureFlagRequests, spread(events * 0.19, events * 0.2, events * 0.21)),
        ],
        costByMeter: [
          (.events, spread(low * 0.35, mean * 0.35, high * 0.35)),
          (.featureFlagRequests, spread(low * 0.15, mean * 0.15, high * 0.15)),
        ],
        lost: none(offered: events), breachProbability: nil, drivers: drivers)
    }
    let quarters = (0..<4).map { index in
      let part = months[(index * 3)..<(index * 3 + 3)].map(\.cost)
      let start = first.advanced(by: index * 3)
      return PeriodResult(
        label: "Q\(index + 1) 2027", start: start.firstDay, end: start.advanced(by: 3).firstDay,
        cost: spread(
          part.reduce(0) { $0 + $1.p10 } * 1.01, part.reduce(0) { $0 + $1.mean },
          part.reduce(0) { $0 + $1.p90 } * 0.99))
    }
    let year = spread(60_790, 65_440, 70_120)
    let offered = 826_000_000.0
    var findings = Findings()
    findings.warning(
      "meter-from-bills", "no flag requests in usage.csv, taken from billing.json",
      help: "export the usage of feature flags too",
      at: SourceLocation(file: "posthog-budget.yaml", line: 4, column: 10))
    var result = ScenarioResult(
      name: "PostHog budget, fiscal year 2027", currency: "USD",
      provenance: Provenance(
        version: "1.0.0", scenarioSHA256: String(repeating: "0a", count: 32),
        priceBook: "posthog-2026-08", priceBookSHA256: String(repeating: "b1", count: 32),
        priceBookAgeDays: 170, seed: 42, paths: 10_000, mathFingerprint: "9f3c51d2a7e04b68",
        mode: "binned"),
      months: months, quarters: quarters,
      year: PeriodResult(
        label: "Year", start: first.firstDay, end: first.advanced(by: 12).firstDay, cost: year),
      yearLabel: "Year", costByMeter: meters,
      budgets: [
        BudgetResult(
          name: "year", limit: Money(units: 60_000), period: .year, refuses: false,
          breachProbability: 0.94,
          firstBreach: (day("2027-12-18"), day("2028-01-05"), day("2028-01-25")),
          expectedOvershoot: 5790, askFor: 68_600, askForWithOption: ("both", 54_200))
      ],
      attribution: attribution, options: options(year, offered), roi: roi, billCheck: billCheck,
      trackRecord: TrackRecord(
        months: 12, meanAbsolutePercentError: 4.1, coverage80: 0.79,
        simple: .init(flat: 6.2, sameMonth: 5.3)),
      expectations: [
        ExpectationResult(
          option: "both", expression: "breach.probability(year) <= 5%", value: "1 %", passed: true),
        ExpectationResult(
          option: "both", expression: "lost.critical == 0", value: "0", passed: true),
      ],
      findings: findings, fan: fan(months))
    result.drivers = drivers
    result.bridge = bridge(year)
    return result
  }()

  private static let drivers = FigureDrivers(
    inputs: [
      FigureDriver(
        name: "growth.events.rate", origin: .given, low: 0.0224, mean: 0.0366, high: 0.0537,
        costLow: 60_900, costHigh: 70_300, share: 0.81, worth: 5_270,
        npv: (16_300, 7_700), breakEven: 0.0904),
      FigureDriver(
        name: "change.Black Friday.0", origin: .given, low: 1.88, mean: 2.18, high: 2.49,
        costLow: 65_010, costHigh: 65_880, share: 0.01, worth: 47, npv: (12_600, 11_800),
        breakEven: nil),
      FigureDriver(
        name: "value.better funnels", origin: .given, low: 1180, mean: 2355, high: 3810,
        costLow: 65_440, costHigh: 65_440, share: 0, worth: 0, npv: (-400, 28_900),
        breakEven: 1214),
    ], rest: 0.18)

  private static func bridge(_ year: ForecastDistribution) -> YearBridge {
    YearBridge(
      lastYear: (0..<12).map { Money(units: 3400 + Int64($0) * 60) },
      steps: [
        .init(kind: .prices, label: "prices and fees", amount: 0),
        .init(kind: .volume, label: "volume of Product analytics", amount: 9_840.4),
        .init(kind: .mix, label: "mix of the others", amount: -1_120.2),
        .init(kind: .unknown, label: "Feature flags, not known a year ago", amount: 9_500),
        .init(kind: .change, label: "Black Friday", amount: 810.5),
        .init(
          kind: .uncertainty, label: "uncertainty",
          amount: year.mean - (44_760 + 9_840.4 - 1_120.2 + 9_500 + 810.5)),
      ], volumeMeter: .events, expected: year.mean)
  }

  static func day(_ text: String) -> CalendarDay { CalendarDay(text) ?? CalendarDay(number: 0) }

  private static let meters = [
    MeterCost(label: "Product analytics", meter: .events, mean: 23_170),
    MeterCost(label: "Person profiles", meter: .identifiedEvents, mean: 22_920),
    MeterCost(label: "Feature flags", meter: .featureFlagRequests, mean: 9_500),
    MeterCost(label: "Session replay", meter: .sessionRecordings, mean: 3_940),
    MeterCost(label: "Boost add-on", meter: nil, mean: 3_000),
    MeterCost(label: "AI observability", meter: .llmEvents, mean: 2_910),
  ]

  private static let attribution = [
    AttributionResult(
      attribution: Attribution(team: "web", project: "shop"), cost: spread(37_000, 40_100, 43_000),
      proRata: 42_000),
    AttributionResult(
      attribution: Attribution(team: "mobile", project: "app"),
      cost: spread(20_500, 22_340, 24_000), proRata: 23_440),
  ]

  private static func options(_ year: ForecastDistribution, _ offered: Double) -> [OptionResult] {
    func option(
      _ name: String, _ mean: Double, _ saves: Double, _ breach: Double, _ lost: LostData,
      _ sides: [String], npv: Double?, ask: Double
    ) -> OptionResult {
      OptionResult(
        name: name, cost: spread(mean * 0.93, mean, mean * 1.07),
        saves: spread(saves * 0.9, saves, saves * 1.1), breachProbability: breach, lost: lost,
        sideEffects: sides, npv: npv.map { spread($0 - 30_000, $0, $0 + 31_000) }, askFor: ask)
    }
    var asIs = option(
      "as is", 65_440, 0, 0.94, none(offered: offered), [], npv: 12_200, ask: 68_600)
    asIs.cost = year
    let dark = LostData(
      refused: 372_000_000, sampled: 0, critical: 9_100_000, offered: offered,
      byClass: [("page_view", 250_000_000), ("click", 112_900_000), ("conversion", 9_100_000)])
    var slow = option(
      "slow polling", 58_800, 6640, 0.37, none(offered: offered),
      ["flags up to 5 min late", "costs 2,000 to change"], npv: 16_500, ask: 61_700)
    slow.decision = DecisionReturn(
      cost: spread(2000, 2000, 2000), net: spread(3970, 4640, 5300), probabilityOfLoss: 0,
      paybackMonths: spread(3.9, 4.4, 4.9), paybackProbability: 1, npv: spread(3700, 4300, 4930),
      roi: spread(185, 215, 246), discountRatePerYear: 0.1)
    return [
      asIs,
      option(
        "PostHog limit", 49_340, 16_100, 0, dark, ["dark for days each month"], npv: nil,
        ask: 50_100),
      slow,
      option(
        "anonymous views", 58_120, 7320, 0.27, none(offered: offered),
        ["no profile on 207 M views"], npv: 19_000, ask: 60_900),
      option(
        "both", 51_480, 13_960, 0.0134, none(offered: offered), ["both of these"], npv: 25_400,
        ask: 54_200),
    ]
  }

  private static let roi = ReturnOnInvestment(
    npv: spread(-18_000, 12_200, 43_000), roi: spread(-18, 12, 43),
    benefitCostRatio: spread(0.82, 1.12, 1.43), irr: nil,
    paybackMonths: spread(3, 6, 10), simplePaybackMonths: spread(3, 5, 9), paybackProbability: 0.71,
    probabilityOfLoss: 0.29,
    discountRatePerYear: 0.1,
    lines: [
      ("replaced tools", "cash", 40_000), ("analyst hours", "soft", 41_100),
      ("better funnels", "revenue", 28_500), ("PostHog", "cost", -62_700),
      ("data engineer", "cost", -34_700),
    ],
    sensitivity: [
      ("better funnels", -6_000, 31_000), ("events growth", 8_000, 16_000),
      ("analyst hours", 9_000, 15_400),
    ])

  private static let billCheck: BillCheck = {
    let months = (0..<6).map { index in
      BillCheck.Month(
        month: CalendarMonth(year: 2026, month: 8).advanced(by: index),
        modelled: Money(units: 3985 + Int64(index == 5 ? 1 : 0)), billed: Money(units: 3979))
    }
    return BillCheck(
      months: months, modelled: Money(units: 23_911), billed: Money(units: 23_874), passes: true,
      leftOut: [.surveyResponses])
  }()

  /// The months spread evenly over their days; the band grows with the square root of time.
  private static func fan(_ months: [MonthResult]) -> Fan {
    var days: [Fan.Day] = []
    var total = 0.0
    for month in months {
      for day in 0..<month.month.dayCount {
        total += month.cost.mean / Double(month.month.dayCount)
        let ahead = max(0, Double(days.count + 1 - 14))
        let half = 4660 * (ahead / 351).squareRoot() * (ahead / 351).squareRoot()
        days.append(
          Fan.Day(
            day: month.month.firstDay.advanced(by: day), p10: total - half,
            p50: total - half * 0.02,
            p90: total + half, mean: total))
      }
    }
    return Fan(
      days: days, actualDays: 14, budget: Money(units: 60_000),
      options: [("both", days.map { $0.mean * 51_480 / 65_440 })])
  }

}
