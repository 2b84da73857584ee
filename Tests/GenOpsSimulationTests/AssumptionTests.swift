import Foundation
import GenOpsHistory
import GenOpsMetering
import GenOpsNumerics
import GenOpsUnits
import Testing

@testable import GenOpsScenario
@testable import GenOpsSimulation

struct `A saving` {
  private static let shop = """
    period: 2027-01 to 2027-03
    traffic:
      - shop: {events: 20M per month, identified: 100%, noise: none}
    mix: {$pageview: 50%}

    """

  /// An event of somebody who has a profile stays identified: what a lever saves is what new people
  /// make of it, and nobody knows that from usage.
  @Test func `of sending events anonymous begins at zero until it is said who is new`()
    async throws
  {
    let options = """
      options:
        - assumed: {anonymous: [$pageview]}
        - nobody:  {anonymous: {events: [$pageview], new_people: 0%}}
        - half:    {anonymous: {events: [$pageview], new_people: 50%}}
        - all:     {anonymous: {events: [$pageview], new_people: 100%}}

      """
    let run = try await TextScenario.run(`A saving`.shop + options, paths: 400)
    let options_ = run.result.options
    #expect(options_.map(\.assumptions.isEmpty) == [true, false, true, true, true])
    let saves = options_.map(\.saves.mean)
    #expect(saves[2] == 0 && saves[4] > saves[3] && saves[3] > 0)
    #expect(options_[1].shownSaving == 0)
    #expect(options_[1].saves.p05 < saves[4] / 10 && options_[1].saves.p95 > saves[4] * 0.9)
    // Half of the page views keep their profile: identified events fall by a quarter, to the unit.
    let anonymised = run.plan.options.map { option in
      option.usageClasses.filter(\.wasIdentified).count
    }
    #expect(anonymised == [0, 1, 1, 1, 1])
    // The register says what the range is worth: nine tenths of what all of them would save.
    let register = run.result.assumptions
    #expect(register.map(\.label) == ["people without a profile yet 0-100 %"])
    #expect(register.map(\.option) == ["assumed"])
    #expect(abs((register.first?.worth ?? 0) / (0.9 * saves[4]) - 1) < 0.1, "\(register)")
    let warnings = run.result.findings.all.filter { $0.code == "assumption" }
    #expect(warnings.count == 1 && warnings[0].help?.contains("new_people") ?? false)
  }

  /// 15M identified events cost what 20M do less the last five million.
  @Test func `of half of the page views is that of a quarter of the profiles`() async throws {
    let text =
      `A saving`.shop.replacing("20M per month", with: "1M per day") + """
        options: [half: {anonymous: {events: [$pageview], new_people: 50%}}]

        """
    let result = try await TextScenario.run(text, paths: 1).result
    // 31M, 28M and 31M identified; without a quarter 23.25M, 21M and 23.25M.
    func profiles(_ millions: Double) -> Double {
      let tiers = [(1.0, 0.0), (2, 198), (15, 69.7), (50, 36)]
      return zip(tiers, [0] + tiers.map(\.0)).reduce(0) { sum, tier in
        sum + max(0, min(millions, tier.0.0) - tier.1) * tier.0.1
      }
    }
    let saving = [31.0, 28, 31].reduce(0) { $0 + profiles($1) - profiles($1 * 0.75) }
    #expect(abs(result.options[1].saves.mean - saving) < 0.01)
  }

  @Test func `of sampling views whose share nobody gave begins at zero`() async throws {
    let text =
      `A saving`.shop.replacing("mix: {$pageview: 50%}\n", with: "")
      + "options: [less: {sample: {$pageview: 10%}}]\n"
    let option = try await TextScenario.run(text, paths: 400).result.options[1]
    #expect(option.assumptions == ["$pageview share 0-60 %"])
    #expect(abs(option.shownSaving) < 0.01 && option.saves.p95 > 0)
  }

  @Test func `that rests on an assumption is neither recommended nor asked for`() async throws {
    let text =
      `A saving`.shop + """
        budget: 9000 USD per year
        options:
          - assumed: {anonymous: [$pageview]}

        """
    let result = try await TextScenario.run(text, paths: 100).result
    #expect(result.options[1].saves.mean > 0)
    #expect(result.budgets[0].askForWithOption == nil)
    let given = try await TextScenario.run(
      text.replacing("[$pageview]", with: "{events: [$pageview], new_people: 90%}"), paths: 100
    ).result
    #expect(given.budgets[0].askForWithOption?.option == "assumed")
  }

  // MARK: Polls

  /// A history of 26 weeks: events follow the week, flag requests in part.
  private func history(polls: Double, weekend: Double, noise: Double = 0.02) throws -> String {
    let start = try #require(CalendarDay("2026-07-06"))
    let days = (0..<182).map { start.advanced(by: $0) }
    func people(_ index: Int) -> Double {
      let wave = sin(Double(index) * 12.9898) * 43_758.5453
      let scatter = 1 + noise * 2 * (wave - wave.rounded(.down) - 0.5)
      return (index % 7 < 5 ? 1.0 : weekend) * scatter
    }
    let rows = [
      ("Events", { 100_000 * people($0) }),
      ("Identified events", { 40_000 * people($0) }),
      ("Feature flag requests", { 500_000 * (polls + (1 - polls) * people($0 + 7)) }),
    ]
    let head = "Usage type," + days.map(\.description).joined(separator: ",")
    return
      ([head]
      + rows.map { name, units in
        "\(name)," + days.indices.map { "\(Int(units($0)))" }.joined(separator: ",")
      }).joined(separator: "\n")
  }

  private func options(_ csv: String) async throws -> (OptionResult, [Finding]) {
    let path = NSTemporaryDirectory() + "genops-\(UUID().uuidString).csv"
    defer { try? FileManager.default.removeItem(atPath: path) }
    try Data(csv.utf8).write(to: URL(filePath: path))
    let text = """
      period: 2027-01 to 2027-03
      history: \(path)
      options: [slow: {flag_polling: 300 s}]

      """
    let result = try await TextScenario.run(text, paths: 200).result
    return (result.options[1], result.findings.all)
  }

  @Test(arguments: [(0.8, 0.4), (0.3, 0.5), (1, 0.6)])
  func `of slow polling is read from the week where people have one`(
    polls: Double, weekend: Double
  ) async throws {
    let (option, findings) = try await options(history(polls: polls, weekend: weekend))
    #expect(option.assumptions.isEmpty, "\(findings)")
    let note = try #require(findings.first { $0.code == "inferred" }?.message)
    let range = try #require(note.firstMatch(of: /make (\d+)-(\d+) %/))
    let (low, high) = (Double(range.1) ?? 0, Double(range.2) ?? 0)
    // `polls` is the part of a weekday's requests; of all of them it is more.
    let share = polls / (polls + (1 - polls) * (5 + 2 * weekend) / 7)
    #expect(low / 100 - 0.02 <= share && share <= high / 100 + 0.02, "\(note), \(share)")
    #expect(high - low < 20)
  }

  /// Days that have passed are polls and calls together, not each of them whole.
  @Test func `of slow polling does not count the days that have passed twice`() async throws {
    let csv = try history(polls: 0.5, weekend: 0.6)
    let path = NSTemporaryDirectory() + "genops-\(UUID().uuidString).csv"
    defer { try? FileManager.default.removeItem(atPath: path) }
    try Data(csv.utf8).write(to: URL(filePath: path))
    let text = "period: 2026-12 to 2026-12\nhistory: \(path)\n"
    let flags = { (run: ScenarioRun) in
      run.result.months[0].usage.first { $0.meter == .featureFlagRequests }?.units
    }
    let whole = flags(try await TextScenario.run(text, paths: 8))
    let split = flags(
      try await TextScenario.run(text + "options: [slow: {flag_polling: 300 s}]\n", paths: 8))
    #expect(whole == split && whole?.mean ?? 0 > 1e6)
  }

  @Test func `of slow polling is assumed from zero on where no week shows it`() async throws {
    let (option, findings) = try await options(history(polls: 0.5, weekend: 1, noise: 0.05))
    #expect(option.assumptions == ["polls' share of flag requests 0-95 %"], "\(findings)")
    #expect(abs(option.shownSaving) < 0.01)
  }
}
