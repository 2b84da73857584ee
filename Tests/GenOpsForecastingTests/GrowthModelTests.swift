import GenOpsTestSupport
import Foundation
import GenOpsUnits
import Testing

@testable import GenOpsForecasting
@testable import GenOpsNumerics

/// Runs over the registry: a new model is tested by its line there.
@Suite("Growth models: what every kind keeps")
struct GrowthModelContract {
  static let names = GrowthModels.registry.names
  let key = RandomSource(seed: 5).key("contract", purpose: "growth")

  func model(_ name: String) throws -> any GrowthModel {
    var findings = Findings()
    let kind = try #require(GrowthModels.registry[name])
    let model = GrowthModels.decode(mapping(kind.example), key: "events", &findings)
    #expect(findings.all.isEmpty)
    return try #require(model)
  }

  func path(_ model: any GrowthModel, days: Int, path: Int) -> [Double] {
    var generator = RandomGenerator(key, path: path)
    var out = [Double](repeating: .nan, count: days)
    out.withUnsafeMutableBufferPointer { model.path(into: $0, generator: &generator) }
    return out
  }

  @Test("its example decodes", arguments: names)
  func example(name: String) throws { _ = try model(name) }

  @Test("every path begins at 1 and stays finite and not negative", arguments: names)
  func range(name: String) throws {
    let model = try model(name)
    for index in 0..<200 {
      let path = path(model, days: 400, path: index)
      #expect(path[0] == 1)
      #expect(path.allSatisfy { $0.isFinite && $0 >= 0 })
    }
  }

  @Test("a longer horizon leaves the earlier days as they were", arguments: names)
  func prefix(name: String) throws {
    let model = try model(name)
    #expect(path(model, days: 90, path: 3) == Array(path(model, days: 400, path: 3)[..<90]))
  }

  @Test("a path is the same each time and differs from the next", arguments: names)
  func repeats(name: String) throws {
    let model = try model(name)
    #expect(path(model, days: 90, path: 3) == path(model, days: 90, path: 3))
    #expect(
      model.isDeterministic == (path(model, days: 90, path: 3) == path(model, days: 90, path: 4)))
  }

  @Test("no days and one day are possible horizons", arguments: names)
  func shortest(name: String) throws {
    #expect(path(try model(name), days: 0, path: 0) == [])
    #expect(path(try model(name), days: 1, path: 0) == [1])
  }

  @Test("numbers that are given decide all its uncertain parameters", arguments: names)
  func given(name: String) throws {
    let model = try model(name)
    let medians = model.uncertainParameters.map { _ in 0.5 }
    var generator = RandomGenerator(key)
    generator.give(medians)
    var out = [Double](repeating: .nan, count: 40)
    out.withUnsafeMutableBufferPointer { model.path(into: $0, generator: &generator) }
    #expect(generator.untaken == 0)
    // One fewer must leave nothing to be asked for beyond it: a parameter that is not listed would
    // take the number meant for the next.
    #expect(Set(model.parameters.map(\.name)).count == model.parameters.count)
    generator.give(medians + [0.5])
    out.withUnsafeMutableBufferPointer { model.path(into: $0, generator: &generator) }
    #expect(generator.untaken == 1)
  }

  /// The kinds whose expected path has no closed form. A new one is named here.
  static let withoutClosedForm: Set<String> = []

  @Test("it has a closed form, or is named as one that has none", arguments: names)
  func closedForm(name: String) throws {
    #expect((try model(name) is any ExpectedGrowth) != Self.withoutClosedForm.contains(name))
  }

  @Test(
    "the mean of 20,000 paths is its closed form on day 1, 30 and 365",
    arguments: names.filter { !withoutClosedForm.contains($0) })
  func expectation(name: String) throws {
    let model = try #require(try model(name) as? any ExpectedGrowth)
    let days = [1, 30, 365]
    let exact = try #require(model.expectation(days: 366))
    let medians = model.uncertainParameters.map { _ in 0.5 }
    var generator = RandomGenerator()
    var buffer = [Double](repeating: 0, count: 366)
    var sums = [[Double]](repeating: [0, 0], count: days.count)
    var n = 0.0
    while n < 20_000 {
      generator.seek(key, path: Int(n))
      generator.give(medians)
      buffer.withUnsafeMutableBufferPointer { model.path(into: $0, generator: &generator) }
      n += 1
      for (index, day) in days.enumerated() {
        let off = buffer[day] - exact[day]
        sums[index][0] += off
        sums[index][1] += off * off
      }
      // With its parameters fixed and nothing else random, one path is all.
      if n == 3, sums.allSatisfy({ $0[1] < 1e-20 }) { break }
    }
    for (index, day) in days.enumerated() {
      let mean = sums[index][0] / n
      let error = ((sums[index][1] / n - mean * mean) / n).squareRoot()
      #expect(
        abs(mean) <= 4 * error + 1e-10 * exact[day],
        "day \(day): \(mean + exact[day]), closed form \(exact[day])")
    }
  }

  @Test("an unknown key is a finding", arguments: names)
  func unknownKey(name: String) throws {
    var findings = Findings()
    let kind = try #require(GrowthModels.registry[name])
    _ = GrowthModels.decode(mapping(kind.example + "\ncolour: red"), key: "events", &findings)
    #expect(findings.all.map(\.code) == ["unknown-key"])
  }
}

@Suite("Growth models: closed forms")
struct GrowthModelTests {
  func paths(_ model: any GrowthModel, count: Int, days: [Int], seed: UInt64) -> [[Double]] {
    let key = RandomSource(seed: seed).key("closed form", purpose: "growth")
    var generator = RandomGenerator()
    var buffer = [Double](repeating: 0, count: (days.max() ?? 0) + 1)
    var out = [[Double]](repeating: [], count: days.count)
    for path in 0..<count {
      generator.seek(key, path: path)
      buffer.withUnsafeMutableBufferPointer { model.path(into: $0, generator: &generator) }
      for (index, day) in days.enumerated() { out[index].append(buffer[day]) }
    }
    return out
  }

  @Test(
    "geometric Brownian motion has the quantiles of the lognormal distribution",
    arguments: [1, 2, 3] as [UInt64])
  func brownianQuantiles(seed: UInt64) {
    let (drift, sigma) = (0.04, 0.3)
    let model = GeometricBrownianGrowth(
      driftPerMonth: .constant(drift), volatility: .constant(sigma))
    let days = [1, 30, 365]
    let n = 20_000
    let samples = paths(model, count: n, days: days, seed: seed)
    for (day, sample) in zip(days, samples) {
      let t = Double(day)
      let s = sigma * (t / 365.25).squareRoot()
      let m = log1p(drift) / 30.4375 * t - s * s / 2
      let sorted = sample.sorted()
      for (p, z) in [(0.05, -1.6448536269514722), (0.5, 0), (0.95, 1.6448536269514722)] {
        let exact = exp(m + s * z)
        // Standard error of a sample quantile: √(p(1−p)/n) / density.
        let density = exp(-z * z / 2) / (2 * Double.pi).squareRoot() / (s * exact)
        let error = (p * (1 - p) / Double(n)).squareRoot() / density
        let seen = sorted[Int(p * Double(n - 1))]
        #expect(abs(seen - exact) < 4 * error, "day \(day), p \(p): \(seen), distribution \(exact)")
      }
      // E[S_t] = exp(μ·t).
      let mean = sample.reduce(0, +) / Double(n)
      let expected = exp(log1p(drift) / 30.4375 * t)
      let error = expected * expm1(s * s).squareRoot() / Double(n).squareRoot()
      #expect(abs(mean - expected) < 4 * error)
    }
  }

  func single(_ text: String, days: Int) throws -> [Double] {
    var findings = Findings()
    let model = try #require(GrowthModels.decode(mapping(text), key: "events", &findings))
    var generator = RandomGenerator(RandomKey(bits: 1))
    var out = [Double](repeating: 0, count: days)
    out.withUnsafeMutableBufferPointer { model.path(into: $0, generator: &generator) }
    return out
  }

  @Test("compound growth is (1+r)^(d/30.4375)")
  func compound() throws {
    let path = try single("model: compound\nrate: 5% per month", days: 400)
    for day in [1, 30, 365] {
      #expect(abs(path[day] / pow(1.05, Double(day) / 30.4375) - 1) < 1e-12)
    }
  }

  @Test(
    "twelve months from 125.50 cost what the guide's growth table says",
    arguments: [("5%", 1997.60), ("10%", 2683.73), ("20%", 4967.35), ("35%", 12780.99)])
  func guideTable(rate: String, total: Double) throws {
    let path = try single("model: compound\nrate: \(rate) per month", days: 366)
    // The rate of the model's own month, of 30.4375 days.
    let month = pow(path[365], 30.4375 / 365)
    let sum = (0..<12).reduce(0) { $0 + 125.50 * pow(month, Double($1)) }
    #expect(abs(sum - total) < 0.005)
  }

  @Test("three years at 30 % cost what the guide's plan says")
  func guidePlan() throws {
    let path = try single("model: compound\nrate: 30% per year", days: 1462)
    // Four years have 1,461 days.
    let year = path[1461].squareRoot().squareRoot()
    for (number, cost) in [36036.00, 46846.80, 60900.84].enumerated() {
      #expect(abs(36036 * pow(year, Double(number)) - cost) < 0.005)
    }
  }

  @Test("linear growth adds the same every month and stops at nothing")
  func linear() throws {
    let up = try single("model: linear\nchange: 12% per year", days: 400)
    #expect(abs(up[365] - (1 + 0.12 * 365 / 365.25)) < 1e-12)
    let down = try single("model: linear\nchange: -10% per month", days: 400)
    #expect(down[399] == 0)
  }

  @Test("logistic growth passes half its cap when it says")
  func logistic() throws {
    let path = try single("model: logistic\ncap: x4\nhalf_way: 6 months", days: 2000)
    let halfWay = try #require(path.firstIndex { $0 >= 2 })
    #expect(abs(Double(halfWay) - 6 * 30.4375) <= 1)
    #expect(abs(path[1999] - 4) < 0.001)
    let slow = try single("model: logistic\ncap: x1000000\nrate: 10% per month", days: 31)
    #expect(abs(slow[30] - pow(1.1, 30 / 30.4375)) < 1e-4)
  }

  @Test("wobble has mean 1 and the volatility it says")
  func volatility() {
    let model = CompoundGrowth(
      ratePerMonth: .constant(0), volatility: Volatility(perYear: .constant(0.2)))
    let sample = paths(model, count: 20_000, days: [365], seed: 9)[0]
    let mean = sample.reduce(0, +) / 20_000
    #expect(abs(mean - 1) < 4 * 0.2 / 20_000.0.squareRoot() * 1.02)
    let logs = sample.map { log($0) }
    let center = logs.reduce(0, +) / 20_000
    let sd = (logs.reduce(0) { $0 + pow($1 - center, 2) } / 20_000).squareRoot()
    #expect(abs(sd - 0.2 * (365 / 365.25).squareRoot()) < 4 * 0.2 / 40_000.0.squareRoot())
  }

  @Test("a rate alone means compound growth")
  func bareRate() {
    var findings = Findings()
    let model = GrowthModels.decode(scalar("2% to 6% per month"), key: "events", &findings)
    #expect(model is CompoundGrowth)
    #expect(GrowthModels.decode(mapping("model: logistik"), key: "events", &findings) == nil)
    #expect(findings.all.map(\.help) == ["did you mean 'logistic'?"])
    #expect(GrowthModels.decode(mapping("rate: 3%"), key: "events", &findings) == nil)
    #expect(findings.all.last?.message == "the growth of 'events' needs 'model'")
  }

  @Test(
    "a growth that makes no sense is refused with what would be right",
    arguments: [
      ("model: logistic\ncap: 3\nrate: 10% per month", "cap: x3"),
      ("model: logistic\ncap: x3", "add: rate: 10% to 20% per month"),
      (
        "model: logistic\ncap: x2\nhalf_way: 3 months",
        "give 'rate', or a cap that is surely above x2"
      ),
      ("model: logistic\ncap: x3\nhalf_way: 3", "half_way: 3 months"),
      ("model: geometric-brownian\ndrift: 2% per month", "add: volatility: 25% per year"),
    ])
  func refused(text: String, help: String) {
    var findings = Findings()
    #expect(GrowthModels.decode(mapping(text), key: "events", &findings) == nil)
    #expect(findings.all.map(\.help) == [help])
  }
}
