import GenOpsReporting
import GenOpsSimulation
import GenOpsUnits
import Testing

/// What every registered format must do.
@Suite struct ReportFormatContractTests {
  static let names = ReportFormats.all.names
  private let context = SampleContext(footer: Sample.footer)

  private func format(_ name: String) throws -> any ReportFormat.Type {
    try #require(ReportFormats.all[name])
  }

  @Test func `Names, files and summaries tell the formats apart`() {
    var names: Set<String> = []
    var files: Set<String> = []
    for entry in ReportFormats.all.entries {
      let format = entry.kind
      #expect(names.insert(entry.name).inserted)
      if let file = format.fileName { #expect(files.insert(file).inserted) }
      #expect(!entry.summary.isEmpty)
    }
  }

  @Test(arguments: names)
  func `It ends with a newline and is the same each time`(name: String) throws {
    let format = try format(name)
    let text = format.render(Sample.result, context)
    #expect(text.hasSuffix("\n") || text.hasSuffix("\r\n"))
    #expect(text == format.render(Sample.result, context))
  }

  @Test(arguments: names)
  func `It shows every option, finding and month`(name: String) throws {
    let text = try format(name).render(Sample.result, context)
    for option in Sample.result.options { #expect(text.contains(option.name)) }
    for finding in Sample.result.findings.all { #expect(text.contains(finding.message)) }
    for month in Sample.result.months.map(\.month) {
      #expect(text.contains(month.description) || text.contains(month.shortName), "\(month)")
    }
  }

  @Test(arguments: names)
  func `It shows every fault with what stops it`(name: String) throws {
    var result = Sample.result
    result.faults = [
      FaultResult(
        name: "spring bots", kind: "bot-storm", probability: 1,
        cost: Sample.spread(700, 1200, 1900),
        units: 9e6, duplicates: 0, notice: .init(probability: 0.9, days: (0, 2, 5)),
        options: [.init(option: "capped", cost: 3, othersLost: 40_000, stops: true)])
    ]
    let text = try format(name).render(result, context)
    #expect(text.contains("spring bots") && text.contains("capped"))
    #expect(text.contains("1,200") || text.contains("1200"))
  }

  @Test(arguments: names)
  func `It shows what is lost beside what is saved`(name: String) throws {
    let text = try format(name).render(Sample.result, context)
    #expect(text.contains("9.1 M") || text.contains("9100000"))
  }

  @Test(arguments: names)
  func `It takes any result, and lets no control character through`(name: String) throws {
    let format = try format(name)
    for seed in 0..<12 as Range<UInt64> {
      let text = format.render(RandomResult(seed: seed).result, context)
      let controls = text.unicodeScalars.filter {
        $0.value < 0x20 && !"\n\r\t".unicodeScalars.contains($0)
      }
      #expect(controls.isEmpty, "seed \(seed)")
    }
  }

  @Test(arguments: names)
  func `It takes a result with nothing in it`(name: String) throws {
    var result = Sample.result
    result.months = []
    result.quarters = []
    result.costByMeter = []
    result.budgets = []
    result.attribution = []
    result.options = []
    result.roi = nil
    result.billCheck = nil
    result.trackRecord = nil
    result.expectations = []
    result.faults = []
    result.findings = Findings()
    result.fan = Fan(days: [], actualDays: 0, budget: nil, options: [])
    #expect(try format(name).render(result, SampleContext()).contains("2027"))
  }
}
