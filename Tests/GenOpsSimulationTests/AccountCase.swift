import Foundation
import GenOpsHistory
import GenOpsMetering
import GenOpsTestSupport
import GenOpsUnits
import Testing

@testable import GenOpsScenario
@testable import GenOpsSimulation

/// A case of `Cases/account.cases`, which says what each of its lines means.
struct AccountCase: CustomTestStringConvertible, Sendable {
  var name: String
  var place: String
  var daily = ""
  var bills: [String] = []
  var last = "2026-11-30"
  var period = "2026-12 to 2027-11"
  var lines: [String] = []
  var months: [String: String] = [:]
  var year: String?
  var lost: Int64?
  var says: [String] = []
  var without: [String] = []
  var doubt: String?
  /// Lines of the file that are none of the known ones.
  var mistakes: [String] = []

  var testDescription: String { "\(place): \(name)" }

  /// What init writes and run makes of it.
  struct Outcome {
    var scenario: String
    var months: [String: String]
    var year: String
    var lost: Int64
    /// Why no headline rests on the run, `none` where one does.
    var doubt: String
    /// What init and run found, each as its code and its message.
    var findings: [String]

    /// Whether there is a finding of `words`: a code, and a part of its message where there is more.
    func says(_ words: String) -> Bool {
      let parts = words.split(separator: " ", maxSplits: 1).map(String.init)
      return findings.contains {
        $0.hasPrefix(parts[0] + " ") && (parts.count == 1 || $0.contains(parts[1]))
      }
    }
  }

  func outcome() async throws -> Outcome {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    func write(_ name: String, _ text: String) throws -> String {
      let url = folder.appending(path: name)
      try Data(text.utf8).write(to: url)
      return url.path
    }
    let usage = try write("usage.csv", export())
    let billing = try write(
      "billing.json",
      try (bills.isEmpty ? ["{}"] : bills).map { try answer($0).pretty }.joined(separator: "\n"))
    let (text, findings) = try ScenarioStarter.text(usage: [usage], billing: billing)
    let lines = text.split(separator: "\n").map(String.init)
    let scenario = try write(
      "s.yaml",
      lines.map { $0.hasPrefix("period:") ? "period: \(period)" : $0 }.joined(separator: "\n"))
    let run = try await ScenarioRun.run(
      path: scenario, overrides: .init(paths: 3), jobs: 1)
    let base = run.result.options[0]
    return Outcome(
      scenario: text,
      months: Dictionary(
        uniqueKeysWithValues: run.result.months.map {
          ($0.month.description, AccountCase.cents($0.cost))
        }),
      year: AccountCase.cents(run.result.year.cost), lost: Int64(base.lost.refused.rounded()),
      doubt: run.result.doubt?.sentence ?? "none",
      findings: (findings.all + run.result.findings.all).map { "\($0.code) \($0.message)" })
  }

  /// The amount to the cent; what differs from future to future has none.
  private static func cents(_ cost: ForecastDistribution) -> String {
    guard cost.p99 - cost.p01 < 1e-6 else { return "uncertain" }
    return Money(approximately: cost.mean)?.text(decimals: 2) ?? "none"
  }

  /// A usage export of 400 days.
  private func export() -> String {
    let end = CalendarDay(last) ?? CalendarDay(number: 0)
    let days = (0..<400).map { end.advanced(by: $0 - 399).description }
    let rows = daily.split(separator: ",").map { item -> String in
      let parts = item.split(separator: "=")
      let name = Meter(named: String(parts[0]))?.information.aliases.first ?? ""
      return ([name] + days.map { _ in String(parts.last ?? "") }).joined(separator: ",")
    }
    return (["Series," + days.joined(separator: ",")] + rows).joined(separator: "\n") + "\n"
  }

  /// The answer of a paying account, with the keys of the case over its own.
  private func answer(_ bill: String) throws -> JSONValue {
    let base = """
      {"has_active_subscription": true, "subscription_level": "paid",
       "billing_period": {"current_period_start": "2026-12-01T00:00:00Z",
         "current_period_end": "2027-01-01T00:00:00Z", "interval": "month"},
       "current_total_amount_usd": "0.00", "discount_percent": 0, "discount_amount_usd": null,
       "custom_limits_usd": {}, "usage_summary": {"events": {"usage": 0, "limit": null}},
       "products": []}
      """
    var members: [JSONValue.Member] = []
    for text in [base, bill] {
      guard case .object(let own) = JSONValue(try JSONParser.parse(Array(text.utf8), file: place))
      else { continue }
      members.removeAll { old in own.contains { $0.key == old.key } }
      members += own
    }
    return .object(members)
  }

  static let all: [AccountCase] = {
    var cases: [AccountCase] = []
    for line in TextCase.lines("account") {
      let parts = line.text.split(separator: " ", maxSplits: 1).map(String.init)
      let value = parts.count > 1 ? parts[1] : ""
      if parts[0] == "case" {
        cases.append(AccountCase(name: value, place: "account.cases:\(line.line)"))
      } else if !cases.isEmpty {
        cases[cases.count - 1].take(parts[0], value)
      }
    }
    return cases
  }()

  private mutating func take(_ word: String, _ value: String) {
    switch word {
    case "daily": daily = value
    case "bill": bills.append(value)
    case "until": last = value
    case "period": period = value
    case "line": lines.append(value)
    case "says": says.append(value)
    case "without": without.append(value)
    case "year": year = value
    case "doubt": doubt = value
    case "lost": lost = Int64(value)
    case "month":
      let parts = value.split(separator: " ").map(String.init)
      months[parts[0]] = parts.last
    default: mistakes.append("\(word) \(value)")
    }
  }
}
