import GenOpsCosting
import GenOpsForecasting
import GenOpsNumerics
import GenOpsScenario
import GenOpsSimulation
import GenOpsUnits

/// What `forecast` and `backtest` are asked alike, as it was written.
package struct SeriesRequestText: Sendable {
  package var paths: [String]
  package var horizon: Int?
  package var season: Int?
  /// `80,95`: the parts in percent that intervals are to hold.
  package var level: String
  /// Names of kinds; `auto` is the standard one, or of a backtest all.
  package var models: [String]
  package var jobs: Int
  package var seed: UInt64
  /// A price book, where the cost is asked for.
  package var prices: String?
  /// The add-ons that the usage is billed with.
  package var addOns: [String]
  package var byProject: Bool
  /// `us,12-24`: dates of the year; nil looks for the usual ones.
  package var holidays: String?
  /// `5000` or `web=5000`: levels that values saturate at.
  package var caps: [String]

  package init(
    paths: [String], horizon: Int? = nil, season: Int? = nil, level: String = "80,95",
    models: [String] = [], jobs: Int = 1, seed: UInt64 = 1, prices: String? = nil,
    addOns: [String] = [], byProject: Bool = false, holidays: String? = nil, caps: [String] = []
  ) {
    self.paths = paths
    self.horizon = horizon
    self.season = season
    self.level = level
    self.models = models
    self.jobs = jobs
    self.seed = seed
    self.prices = prices
    self.addOns = addOns
    self.byProject = byProject
    self.holidays = holidays
    self.caps = caps
  }

  /// The task; everything that is wrong with it is told at once.
  func task(_ findings: inout Findings) -> SeriesTask {
    SeriesTask(
      horizon: horizon, season: season, intervals: intervals(&findings),
      model: kinds(&findings).first ?? SeriesModels.standard, seed: seed, jobs: jobs,
      holidays: holidays.map { HolidayChoice($0, &findings) } ?? .usual,
      caps: levels(&findings))
  }

  /// The caps by the name of their series; that for all others has the empty name.
  private func levels(_ findings: inout Findings) -> [String: Double] {
    var levels: [String: Double] = [:]
    for text in caps {
      // The name of a series may hold an equals sign, its level does not.
      let scalars = text.unicodeScalars
      let equals = scalars.lastIndex(of: "=")
      let name = equals.map { String(scalars[..<$0]) } ?? ""
      let level = equals.map { String(scalars[scalars.index(after: $0)...]) } ?? text
      guard let value = NumberText.value(level), value.isFinite, value > 0, levels[name] == nil
      else {
        findings.error(
          "cap-level",
          levels[name] == nil
            ? "'\(level)' is not a level above 0"
            : "there are two caps \(name.isEmpty ? "for all series" : "of '\(name)'")",
          help: "write --cap 5000 for all series, or --cap web=5000 for one")
        continue
      }
      levels[name] = value
    }
    return levels
  }

  /// The kinds that are named; none where `auto` or nothing is.
  func kinds(_ findings: inout Findings) -> [SeriesModelKind] {
    var kinds: [SeriesModelKind] = []
    for name in models where name != "auto" || SeriesModels.registry["auto"] != nil {
      if let kind = SeriesModels.registry.find(name, at: nil, &findings) { kinds.append(kind) }
    }
    return kinds
  }

  /// The calculator of the book; nil where none is asked for.
  func pricing(_ findings: inout Findings) -> SeriesPricing? {
    guard let prices else {
      if !addOns.isEmpty {
        findings.error(
          "add-ons-without-prices", "add-ons change a cost, and none is asked for",
          help: "add: --prices posthog-2026-08")
      }
      return nil
    }
    guard let book = PriceBookFile.find(prices, at: nil, &findings) else { return nil }
    let calculator = CostCalculator(book: book, addOns: Set(addOns))
    findings.merge(calculator.findings)
    return SeriesPricing(calculator)
  }

  private func intervals(_ findings: inout Findings) -> [Double] {
    var parts: [Double] = []
    for word in level.split(separator: ",") {
      let text = word.filter { $0 != " " && $0 != "%" }
      guard let percent = Double(text), percent >= 1, percent <= 99.8 else {
        findings.error(
          "interval-level", "'\(word)' is not a level of an interval",
          help: "write parts in percent from 1 to 99.8: --level 80,95")
        continue
      }
      let part = (percent * 10).rounded() / 1000
      if !parts.contains(part) { parts.append(part) }
    }
    if parts.isEmpty, !findings.hasErrors {
      findings.error(
        "interval-level", "there is no level of an interval", help: "write --level 80,95")
    }
    return parts.sorted()
  }
}
