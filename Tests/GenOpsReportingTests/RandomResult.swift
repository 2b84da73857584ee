import GenOpsHistory
import GenOpsMetering
import GenOpsScenario
import GenOpsSimulation
import GenOpsTestSupport
import GenOpsUnits

/// A result nobody would wish for: any size of numbers, names and lists.
struct RandomResult {
  private var random: SeededGenerator
  private(set) var result: ScenarioResult

  init(seed: UInt64) {
    random = SeededGenerator(seed)
    result = Sample.result
    result = make()
  }

  private static let alphabets = [
    "abcdefghij klmnop qrst", "äöüß éñ çå", "日本語 漢字 かな", "🚀👩‍👩‍👧 🇩🇪❤️ x", "\u{1B}[31m\n\t|<&\"',`*_=",
    "e\u{301}a\u{308}\u{200B} \u{202E}abc", "한국어 메일",
  ].map { Array($0) }

  private mutating func int(_ range: ClosedRange<Int>) -> Int {
    Int.random(in: range, using: &random)
  }

  private mutating func text(_ longest: Int = 60) -> String {
    let letters = RandomResult.alphabets[int(0...(RandomResult.alphabets.count - 1))]
    return String((0..<int(1...longest)).map { _ in letters[int(0...(letters.count - 1))] })
  }

  /// From nothing over cents to hundreds of billions, of either sign.
  private mutating func amount() -> Double {
    switch int(0...9) {
    case 0: return 0
    case 1: return Double.random(in: -1e6...0, using: &random)
    case 2: return Double.random(in: 0...1e-4, using: &random)
    case 3: return Double.random(in: 0...200, using: &random)
    case 4: return Double.random(in: 0...9e11, using: &random)
    default: return Double.random(in: 0...1e5, using: &random)
    }
  }

  private mutating func spread() -> ForecastDistribution {
    let a = amount()
    let b = amount()
    return Sample.spread(min(a, b), (a + b) / 2, max(a, b))
  }

  private mutating func part() -> Double {
    [0, 1, 1e-5, 0.99999, Double.random(in: 0...1, using: &random)][int(0...4)]
  }

  private mutating func money() -> Money { Money(units: Int64(int(-5...9_000_000_000))) }

  private mutating func lost() -> LostData {
    if int(0...1) == 0 { return Sample.none(offered: abs(amount())) }
    let refused = abs(amount())
    return LostData(
      refused: refused, sampled: abs(amount()), critical: refused * part(), offered: refused * 3,
      byClass: [(text(), refused)])
  }

  private mutating func list<Item>(_ most: Int, _ item: (inout RandomResult) -> Item) -> [Item] {
    (0..<int(0...most)).map { _ in item(&self) }
  }

  private mutating func make() -> ScenarioResult {
    let count = int(1...36)
    let first = CalendarMonth(year: int(2020...2035), month: int(1...12))
    var value = result
    value.name = text(150)
    value.provenance.paths = [1, 7, 10_000, 1_000_000][int(0...3)]
    value.provenance.priceBook = text(80)
    value.months = (0..<count).map { index in
      let month = first.advanced(by: index)
      return MonthResult(
        month: month, actualDays: int(0...month.dayCount), cost: spread(),
        usage: [(.events, spread())], costByMeter: [(.events, spread())], lost: lost(),
        breachProbability: int(0...1) == 0 ? nil : part(), drivers: list(5) { $0.text() })
    }
    value.quarters = stride(from: 0, to: count, by: 3).map { index in
      PeriodResult(
        label: "Q\(index / 3 % 4 + 1) \(first.advanced(by: index).year)",
        start: first.advanced(by: index).firstDay, end: first.advanced(by: index + 3).firstDay,
        cost: spread())
    }
    value.yearLabel = count == 12 ? "Year" : "Total"
    value.year = PeriodResult(
      label: value.yearLabel, start: first.firstDay, end: first.advanced(by: count).firstDay,
      cost: spread())
    value.costByMeter = list(12) { random in
      let meter = Meter.allCases[random.int(0...(Meter.count - 1))]
      return random.int(0...2) == 0
        ? MeterCost(label: random.text(), meter: nil, mean: random.amount())
        : MeterCost(label: meter.invoiceName, meter: meter, mean: random.amount())
    }
    value.options = options()
    value.budgets = list(6) { random in
      let chance = random.part()
      let day = first.firstDay.advanced(by: random.int(0...300))
      let best = value.options.last
      return BudgetResult(
        name: random.text(), limit: random.money(),
        period: BudgetPeriod.allCases[random.int(0...4)], refuses: random.int(0...1) == 0,
        breachProbability: chance,
        firstBreach: chance > 0 ? (day, day.advanced(by: 3), day.advanced(by: 30)) : nil,
        expectedOvershoot: random.amount(), askFor: random.amount(),
        askForWithOption: random.int(0...1) == 0 ? nil : best.map { ($0.name, random.amount()) })
    }
    if int(0...1) == 0 { value.roi = nil }
    if int(0...1) == 0 { value.trackRecord = nil }
    if int(0...1) == 0 { value.billCheck = nil } else { value.billCheck?.billed = money() }
    value.expectations = list(9) { random in
      ExpectationResult(
        option: random.text(), expression: random.text(), value: random.text(),
        passed: random.int(0...1) == 0)
    }
    var findings = Findings()
    for _ in 0..<int(0...30) {
      findings.add(
        Finding(
          [.error, .warning, .note][int(0...2)], "some-code", text(200),
          help: int(0...1) == 0 ? nil : text(),
          at: int(0...1) == 0
            ? nil
            : GenOpsUnits.SourceLocation(
              file: text(90), line: int(1...99_999), column: int(1...300))))
    }
    value.findings = findings
    value.register = list(8) { random in
      let names = ["growth.events.rate", "fault.\(random.text()).from", random.text()]
      return RegisteredNumber(
        name: names[random.int(0...2)],
        origin: FigureDriver.Origin.allCases[random.int(0...2)], low: Double(random.int(0...999)),
        mean: Double(random.int(1000...1999)), high: Double(random.int(2000...2999)),
        worth: abs(random.amount()), source: random.text(),
        owner: random.int(0...1) == 0 ? nil : random.text(),
        review: random.int(0...1) == 0 ? nil : first.firstDay)
    }
    value.actuals = list(4) { random in
      let start = first.advanced(by: random.int(-12...3)).firstDay
      return ActualPeriod(
        start: start, end: start.advanced(by: 31), knownTo: start.advanced(by: random.int(1...31)),
        lines: random.list(4) {
          .init(
            label: $0.text(), meter: $0.int(0...1) == 0 ? nil : .events, project: $0.text(),
            units: Int64($0.int(0...999_999)), listed: $0.money(),
            billed: $0.int(0...1) == 0 ? nil : $0.money())
        }, unknown: [.exceptions])
    }
    value.faults = faults()
    if int(0...2) == 0 { value.fan.budget = nil }
    value.fan.days = Array(value.fan.days.prefix(int(0...60)))
    value.fan.actualDays = int(0...365)
    return value
  }

  private mutating func faults() -> [FaultResult] {
    list(int(0...1) == 0 ? 2 : 15) { random in
      let chance = random.part()
      return FaultResult(
        name: random.text(), kind: "bot-storm", probability: random.part(), cost: random.spread(),
        units: abs(random.amount()), duplicates: abs(random.amount()),
        notice: random.int(0...2) == 0
          ? nil : .init(probability: chance, days: chance > 0 ? (0, 3, 40) : nil),
        options: random.list(5) {
          .init(
            option: $0.text(), cost: $0.amount(), othersLost: $0.amount(),
            stops: $0.int(0...1) == 0)
        })
    }
  }

  private mutating func options() -> [OptionResult] {
    let most = int(0...1) == 0 ? 3 : 20
    return list(most) { random in
      OptionResult(
        name: random.text(), cost: random.spread(), saves: random.spread(),
        breachProbability: random.int(0...1) == 0 ? nil : random.part(), lost: random.lost(),
        sideEffects: random.list(3) { $0.text() },
        npv: random.int(0...1) == 0 ? nil : random.spread(), askFor: random.amount())
    }
  }
}
