import Testing

@testable import GenOpsScenario
@testable import GenOpsSimulation

/// A plan is a function of the scenario's bytes, its files and the overrides.
@Suite struct PlanDigestTests {
  private let text =
    TextScenario.shop + """
      growth: {events: 2% to 6% per month}
      options: [{sampled: {sample: {$pageview: 10%}}}]

      """

  @Test func aSecondPlanHasTheSameDigest() throws {
    #expect(
      try TextScenario.plan(text, paths: 4).digest == TextScenario.plan(text, paths: 4).digest)
  }

  /// Each change alters what is planned; the bytes alone would tell them apart too, so the plans are
  /// made to name the same bytes.
  @Test(arguments: [
    ("2% to 6%", "2% to 7%"), ("40%", "41%"), ("10%", "11%"),
  ])
  func anotherNumberHasAnother(from: String, to: String) throws {
    let other = text.replacing(from, with: to, maxReplacements: 1)
    try #require(other != text)
    var (a, b) = (
      try TextScenario.plan(text, paths: 4), try TextScenario.plan(other, paths: 4)
    )
    a.scenario.sha256 = ""
    b.scenario.sha256 = ""
    #expect(a.digest != b.digest)
  }

  @Test func howManyPathsAreWalkedIsNoPartOfThePlan() throws {
    #expect(
      try TextScenario.plan(text, paths: 4).digest == TextScenario.plan(text, paths: 9).digest)
  }
}
