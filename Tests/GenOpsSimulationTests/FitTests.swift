import Foundation
import GenOpsForecasting
import GenOpsNumerics
import GenOpsUnits
import Testing

@testable import GenOpsScenario
@testable import GenOpsSimulation

/// `fit: history` and numbers from files.
@Suite struct FitTests {
  /// A folder with a year and a half of logistic growth, two thirds of the way to its cap.
  private func withHistory(_ growth: String, _ body: (Result<Plan, FindingsError>) throws -> Void)
    throws
  {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    var lines = ["date,meter,units"]
    let start = try #require(CalendarDay("2025-07-01"))
    var state: UInt64 = 88_172_645_463_325_252
    for index in 0..<540 {
      // A logistic curve with a cap of 1.5 times today's level, and about 1 % of noise.
      let t = Double(index - 540) / 30.4375
      let level = 60_000 * 1.5 / (1 + 0.5 * exp(-0.25 * t))
      state ^= state << 13
      state ^= state >> 7
      state ^= state << 17
      let noise = 1 + 0.03 * (Double(state % 1000) / 1000 - 0.5)
      lines.append("\(start.advanced(by: index)),events,\(Int(level * noise))")
    }
    try Data(lines.joined(separator: "\n").utf8).write(
      to: folder.appendingPathComponent("usage.csv"))
    try Data("minutes,who\n3,a\n5,b\n9,c\nmany,d\n".utf8).write(
      to: folder.appendingPathComponent("bad.csv"))
    try Data("minutes,who\n30,a\n50,b\n90,c\n".utf8).write(
      to: folder.appendingPathComponent("good.csv"))
    let file = folder.appendingPathComponent("own.yaml")
    try Data(
      "scenario: own\nperiod: 2027-01 to 2027-06\nhistory: usage.csv\n\(growth)\n".utf8
    ).write(to: file)
    do throws(FindingsError) {
      let plan = try ScenarioRun.plan(path: file.path)
      try? body(.success(plan))
    } catch {
      try? body(.failure(error))
    }
  }

  private func codes(_ result: Result<Plan, FindingsError>) -> [String] {
    guard case .failure(let error) = result else { return [] }
    return error.findings.all.filter { $0.severity == .error }.map(\.code)
  }

  @Test func theHistoryDecidesTheParametersAndTheirCorrelation() throws {
    var parameters: [GrowthParameter] = []
    var note = ""
    var ranks = 0.0
    try withHistory("growth: {events: {model: logistic, fit: history}}") { result in
      let plan = try result.get()
      parameters = plan.growth[0].model.uncertainParameters
      note = plan.findings.all.first { $0.code == "fitted" }?.message ?? ""
      // What raises the cap lowers the rate: the draws follow.
      let sampler = plan.inputs.sampler
      let places = ["growth.events.cap", "growth.events.rate"].compactMap {
        plan.inputs.names.firstIndex(of: $0)
      }
      for path in 0..<400 {
        let uniforms = sampler.uniforms(path: path)
        ranks += (uniforms[places[0]] - 0.5) * (uniforms[places[1]] - 0.5) * 12 / 400
      }
    }
    #expect(parameters.map(\.name) == ["cap", "rate"])
    let cap = try #require(parameters.first).distribution
    #expect(cap.quantile(0.01) < 1.5 && cap.quantile(0.99) > 1.5)
    #expect(abs(cap.mean - 1.5) < 0.1)
    #expect(note.hasPrefix("logistic fitted to 540 days of events, with 90 % intervals: cap 1."))
    #expect(ranks < -0.5)
  }

  @Test func whatIsGivenIsTakenAsKnownBefore() throws {
    var parameters: [GrowthParameter] = []
    try withHistory("growth: {events: {model: logistic, fit: history, cap: x1.5}}") { result in
      parameters = try result.get().growth[0].model.parameters
    }
    #expect(parameters.first { $0.name == "cap" }?.distribution == .constant(1.5))
    let rate = try #require(parameters.first { $0.name == "rate" }).distribution
    #expect(abs(rate.mean - (exp(0.25) - 1)) < 0.02)
  }

  @Test(arguments: [
    ("events: {model: steps, fit: history}", ["not-fittable"]),
    ("events: {model: logistik, fit: history}", ["unknown-kind"]),
    ("events: {model: logistic, fit: historie}", ["unknown-kind"]),
    ("events: {fit: history}", ["missing-key"]),
    ("events: {model: logistic, fit: history, half_way: 6 months}", ["missing-key"]),
    ("recordings: {model: logistic, fit: history}", ["no-history"]),
    ("events: {model: logistic, fit: history, chagne: x3}", ["unknown-key"]),
  ])
  func aFitThatCannotBeIsAFinding(growth: String, expected: [String]) throws {
    var found: [String] = ["not run"]
    try withHistory("growth: {\(growth)}") { found = codes($0) }
    #expect(found == expected)
  }

  @Test func numbersComeFromAColumnOfAFile() throws {
    var inputs: [UncertainInput] = []
    try withHistory(
      "variables: {m: {dist: empirical, file: good.csv, column: minutes, unit: '% per month'}}\n"
        + "growth: {events: m / 10}"
    ) { inputs = try $0.get().scenario.variables.inputs }
    #expect(
      inputs.map(\.distribution) == [.distribution(EmpiricalDistribution(values: [30, 50, 90]))])
  }

  @Test func aNumberThatCannotBeReadIsFoundInItsFile() throws {
    var finding: Finding?
    try withHistory("variables: {m: {dist: empirical, file: bad.csv, column: minutes}}") {
      if case .failure(let error) = $0 { finding = error.findings.all.first }
    }
    #expect(finding?.location?.line == 5)
    #expect(finding?.location?.file.hasSuffix("bad.csv") ?? false)
    var found: [String] = []
    try withHistory("variables: {m: {dist: empirical, file: bad.csv, column: minuets}}") {
      found = codes($0)
    }
    #expect(found == ["unknown-column"])
    try withHistory("variables: {m: {dist: empirical, file: bad.csv}}") { found = codes($0) }
    #expect(found == ["missing-key"])
  }
}
