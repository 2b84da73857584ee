import Foundation
import GenOpsCommands
import GenOpsTestSupport
import GenOpsUnits
import Testing

@testable import GenOpsReporting
@testable import GenOpsScenario
@testable import GenOpsSimulation

@Suite struct `The report of an optimization` {
  /// A shop whose budget breaks in autumn, with two sampling rates, recordings and polls to decide.
  private static let shop = """
    scenario: Web shop
    period: 2027-01 to 2027-06
    traffic:
      - web:
          users: 40k to 60k
          events: 60 per user per month
          identified: 50%
          mix: {$pageview: 40%, $autocapture: 25%, signup_completed: 2%}
          session_recordings: 0.5 per user per month
          flag_servers: 10
          growth: 5% to 20% per month
    budget: 900 USD per month
    value:
      discount_rate: 10% per year
      lost_event: 0.00008 USD
      benefits: [tools: {amount: 3500 USD per month, kind: cash}]
    optimize:
      variables:
        - flag_polling: [60 s, 300 s]
        - sample.$autocapture: [50%, 20%]
        - scale.session_recordings: [50%, 20%]
        - anonymous: [{events: [$pageview], new_people: 60%}]
      objective: cost and lost data
      subject_to: [lost.critical == 0, breach.probability(month) <= 20%]

    """

  private func result(_ text: String, paths: Int = 100) async throws -> OptimizeResult {
    let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).yaml")
    try Data(text.utf8).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    return try await Optimizer(.init(path: file.path, overrides: .init(paths: paths))).run()
  }

  private func text(_ result: OptimizeResult, width: Int = 100) -> String {
    TextFormat.render(
      OptimizeReport(result, next: ["genops run shop.yaml"]).report,
      TextStyle(color: false, width: width))
  }

  @Test func `looks as the user was promised, in every format`() async throws {
    let result = try await result(Self.shop)
    let shown = text(result)
    expectGolden(shown, "optimize.txt")
    let lines = shown.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.count <= 41)
    #expect(lines.allSatisfy { $0.count <= 100 || $0.contains("- optimized:") })
    let report = OptimizeReport(result, next: ["genops run shop.yaml"]).report
    expectGolden(MarkdownFormat.render(report, TextStyle()), "optimize.md")
    expectGolden(CSVFormat.render(report, TextStyle()), "optimize.csv")
    let page = HTMLFormat.render(report, TextStyle())
    #expect(page.contains("In how many of 100 futures the budget has been passed"))
    #expect(page.contains("Cost of each policy of the front"))
    let check = SchemaCheck(root: OptimizeSchema.document)
    #expect(check.problems(report.json) == [])
    #expect(check.problems(["schemaVersion": "1.0"]) != [])
  }

  @Test func `says each of its answers`() async throws {
    let result = try await result(Self.shop, paths: 20)
    var none = result
    none.best = none.asIs
    none.best.standing.violation = 0
    none.runnerUp = nil
    none.clock = nil
    none.putBack = []
    #expect(text(none).contains("none betters \"as is\""))
    let check = SchemaCheck(root: OptimizeSchema.document)
    #expect(check.problems(OptimizeReport(none).report.json) == [])
    var missed = result
    missed.best.standing.violation = 1
    missed.best.checks[1].passed = false
    #expect(text(missed).contains("meets all conditions. Closest comes"))
    var assumed = result
    assumed.assumedBest = result.runnerUp
    assumed.assumedBest?.assumptions = ["a share 0-100 %"]
    let words = text(assumed).split(whereSeparator: \.isWhitespace).joined(separator: " ")
    #expect(words.contains("if this held: a share 0-100 %"), "\(words)")
    var unsafe = result
    unsafe.least = nil
    #expect(text(unsafe).contains("Nothing that was tried makes it safe"))
    unsafe.least = result.asIs
    #expect(text(unsafe).contains("It is safe as it is"))
    var young = result
    young.doubt = .shortHistory(.init(product: nil, days: 10))
    #expect(text(young).contains("10 days of history do not tell a year."))
  }
}
