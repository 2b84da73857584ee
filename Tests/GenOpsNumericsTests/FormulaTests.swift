import GenOpsTestSupport
import Foundation
import GenOpsUnits
import Testing

@testable import GenOpsNumerics
import GenOpsForecasting

/// Variables, formulas and their units.
@Suite struct FormulaTests {
  private func table(_ text: String) -> (VariableTable, [Finding]) {
    var findings = Findings()
    let table = VariableTable.read(mapping(text), &findings)
    return (table, findings.all)
  }

  private func measure(_ text: String, _ variables: String) -> (Measure?, [Finding]) {
    let (table, notes) = table(variables)
    var findings = Findings(notes)
    guard let tokens = try? NotationTokens(text) else { return (nil, findings.all) }
    let location = SourceLocation(file: "test.yaml", line: 1, column: 1)
    return (
      Measure.parsed(tokens, table, mayRange: false, at: location, &findings), findings.all
    )
  }

  @Test(arguments: ["(", "-", "-("])
  func nestingIsAFindingBeforeItIsACrash(open: String) throws {
    func text(_ deep: Int) -> String {
      let close = open.hasSuffix("(") ? ")" : ""
      return String(repeating: open, count: deep) + "1" + String(repeating: close, count: deep)
    }
    #expect(measure(text(20), "mau: 1").0 != nil)
    let (found, findings) = measure(text(100_000), "mau: 1")
    #expect(found == nil)
    #expect(findings.map(\.code) == ["not-a-formula"])
    #expect(findings[0].help?.contains("variables:") == true)
  }

  @Test(
    "figures follow the rules of arithmetic and of units",
    arguments: [
      ("2 + 3 * 4", "14"), ("(2 + 3) * 4", "20"), ("10 - 4 - 3", "3"), ("24 / 4 / 2", "3"),
      ("-2 * 3", "-6"), ("2 * -3", "-6"), ("40k * 1.5", "60000"), ("1e3 + 1_000", "2000"),
      ("40% * mau", "20000"), ("2 * 5%", "10%"), ("5% / 2", "2.5%"), ("10% / 5%", "2"),
      ("1 + 5%", "1.05"), ("50% * 10%", "5%"), ("x2 * mau", "100000"), ("x2 * x3", "x6"),
      ("hours * 60 USD per hour", "6000 USD per month"),
      ("people * 40 per user per month", "2000000 per month"),
      ("mau * 3 per month", "150000 per month"), ("(mau + 10k) per day", "60000 per day"),
      ("2 * pace", "8% per month"), ("pace + 1% per month", "5% per month"),
      ("2 * more", "+30%"), ("mau * (1 + share)", "75000"), ("100 USD + 20 USD", "120 USD"),
      ("people / people", "1"),
    ])
  func figures(text: String, expected: String) throws {
    let (found, findings) = measure(
      text,
      """
      mau: 50k
      people: 50k users
      hours: 100 hours per month
      pace: 4% per month
      share: 50%
      more: +15%
      """)
    #expect(findings == [])
    #expect(try #require(found).figures == expected)
  }

  @Test(
    "what is wrong is said",
    arguments: [
      ("mua * 2", "unknown-variable", "did you mean 'mau'?"),
      ("(mau + 2", "not-a-formula", "add: )"),
      ("mau * ", "not-a-formula", "write a formula"),
      ("mau / 0", "division-by-zero", ""),
      ("100 USD + 3 hours", "unit-mismatch", "write both in one unit"),
      ("100 USD * 3 EUR", "unit-mismatch", "only one of the two"),
      ("mau * (2 to 3)", "not-a-formula", "add: )"),
      ("mau to 60k", "interval-in-formula", "give it one"),
      ("mau per", "not-a-formula", "write: per month"),
    ])
  func wrong(text: String, code: String, help: String) throws {
    let (found, findings) = measure(text, "mau: 40k to 60k")
    #expect(found == nil)
    #expect(findings.map(\.code) == [code])
    #expect(findings[0].help?.hasPrefix(help) ?? help.isEmpty, "\(findings[0].help ?? "")")
  }

  @Test func variablesMayStandInAnyOrder() throws {
    let (table, findings) = table(
      """
      events: mau * rate
      mau: 40k to 60k
      rate: 30 per user per month
      """)
    #expect(findings == [])
    #expect(table.inputs.map(\.name) == ["mau"])
    let events = try #require(try table.measure("events"))
    #expect(events.value.isDerived)
    #expect(events.per == ["user", "month"])
    #expect(abs(events.value.quantile(0.05) / (30 * 40_000) - 1) < 0.01)
    #expect(abs(events.value.quantile(0.95) / (30 * 60_000) - 1) < 0.01)
  }

  @Test func circlesAndWrongNamesAreFindings() {
    #expect(
      table("a: b + 1\nb: c\nc: a * 2\nd: 5").1.map(\.message)
        == ["variables use each other in a circle: a → b → c → a"])
    #expect(table("my-name: 5").1.map(\.code) == ["variable-name"])
    #expect(table("per: 5").1.map(\.code) == ["variable-name"])
    // What uses a broken one adds nothing.
    #expect(table("a: 5 to 2\nb: a * 2").1.map(\.code) == ["reversed-range"])
    #expect(table("a: nobody * 2").1.map(\.code) == ["unknown-variable"])
  }

  @Test func aDistributionCarriesTheUnitOfItsAmounts() throws {
    let (table, findings) = table(
      "pace: {dist: normal, mean: 4% per month, sd: 1}\nwide: {dist: uniform, low: 2 USD, high: 5 h}"
    )
    #expect(findings.map(\.code) == ["unit-mismatch"])
    let pace = try #require(try table.measure("pace"))
    #expect(pace.units == ["%"] && pace.per == ["month"])
    #expect(table.inputs == [UncertainInput("pace", .normal(mean: 4, sd: 1))])
  }

  @Test func aVariableUsedTwiceIsOneDraw() throws {
    let (table, _) = table("a: 1 to 3\nzero: a - a\none: a / a\nfour: (a + a) * 2 / a")
    var generator = RandomGenerator()
    for value in [0.5, 1.7, 9] {
      generator.variables = [value]
      #expect(try table.measure("zero")?.value.value(&generator) == 0)
      #expect(try table.measure("one")?.value.value(&generator) == 1)
      #expect(try table.measure("four")?.value.value(&generator) == 4)
    }
  }

  @Test func ratesAndParametersTakeFormulas() throws {
    let (table, _) = table("pace: 2% to 6% per month\nyearly: 24% per year\ncap: x2 to x4")
    func read(_ text: String, _ kind: RateText.Kind) -> (UncertainValue?, [String]) {
      var findings = Findings()
      let value = RateText.read(
        scalar(text).scoped(table), key: "rate", as: kind, &findings)
      return (value, findings.all.map(\.code))
    }
    var generator = RandomGenerator()
    generator.variables = [4, 3]
    #expect(read("pace", .compound).0?.value(&generator) == 0.04)
    #expect(read("pace / 2", .proportional).0?.value(&generator) == 0.02)
    let monthly = try #require(read("yearly", .compound).0)
    #expect(abs(monthly.mean - (pow(1.24, 1.0 / 12) - 1)) < 1e-12)
    #expect(read("cap", .compound).1 == ["rate-period"])
    #expect(read("pcae", .compound).1 == ["unknown-variable"])
    var findings = Findings()
    let cap = ParameterText.read(
      scalar("1.5 * cap").scoped(table), key: "cap", as: .factor, example: "x2", &findings)
    #expect(findings.all == [])
    #expect(cap?.value(&generator) == 4.5)
  }

  @Test func givingAParameterLeavesTheDaysAsTheyWere() {
    let model = CompoundGrowth(
      ratePerMonth: .normal(mean: 0.04, sd: 0.01), volatility: Volatility(perYear: .constant(0.2)))
    let key = RandomKey(bits: 7)
    func path(_ given: [Double]) -> [Double] {
      var generator = RandomGenerator(key, path: 3)
      generator.give(given)
      var days = [Double](repeating: 0, count: 40)
      days.withUnsafeMutableBufferPointer { model.path(into: $0, generator: &generator) }
      return days
    }
    var first = RandomGenerator(key, path: 3)
    let uniform = first.uniform()
    #expect(path([]) == path([uniform]))
  }
}

/// What is used several times is worked out once.
@Suite struct SharedFormulaTests {
  private func table(_ lines: [String]) throws -> (VariableTable, Findings) {
    var findings = Findings()
    let place = SourceLocation(file: "t.yaml", line: 1, column: 1)
    let entries = lines.map { line in
      let parts = line.split(separator: ":", maxSplits: 1).map(String.init)
      return Node.Entry(
        key: parts[0], keyLocation: place,
        value: Node(.scalar(text: parts[1], quoted: false), at: place))
    }
    return (VariableTable.read(Node(.mapping(entries), at: place), &findings), findings)
  }

  private func formula(_ name: String, _ table: VariableTable) throws -> Formula {
    guard case .derived(let value)? = try table.measure(name)?.value else {
      throw NumericalError.invalidArgument("formula")
    }
    return value.formula
  }

  @Test func `Three hundred doublings are three hundred steps`() throws {
    let lines = ["v0: 1 to 2"] + (1...300).map { "v\($0): v\($0 - 1) + v\($0 - 1)" }
    let (table, findings) = try table(lines)
    #expect(findings.all.isEmpty)
    let last = try formula("v300", table)
    #expect(last.stepCount == 301)
    #expect(last.value([1.5]) == 1.5 * 0x1p300)
  }

  @Test func `Too many operations and too many variables are findings`() throws {
    let sums = (1...300).map { number in
      "v\(number): "
        + (0..<20).map { "v\(number - 1) * \(number * 20 + $0)" }.joined(separator: " + ")
    }
    #expect(try table(["v0: 1 to 2"] + sums).1.all.map(\.code) == ["too-large"])
    let many = (0...1000).map { "v\($0): \($0)" }
    let (table, findings) = try table(many)
    #expect(findings.all.map(\.code) == ["too-large"])
    #expect(throws: FormulaFailure.self) { try table.measure("v1") }
  }

  @Test func `Shared steps give what a tree gives`() throws {
    let (table, findings) = try table([
      "a: 1 to 2", "b: 3 to 4", "c: a * b + a", "d: c / (a - b) - c * c",
      "e: (d + c) / d - (a + b)",
    ])
    #expect(findings.all.isEmpty)
    func tree(_ a: Double, _ b: Double) -> Double {
      let c = a * b + a
      let d = c / (a - b) - c * c
      return (d + c) / d - (a + b)
    }
    let shared = try formula("e", table)
    for (a, b) in [(1.0, 3.0), (1.5, 3.25), (2, 2), (0, 0)] {
      #expect(shared.value([a, b]) == (tree(a, b).isFinite ? tree(a, b) : shared.value([a, b])))
    }
  }
}
