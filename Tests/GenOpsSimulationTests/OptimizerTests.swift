import GenOpsTestSupport
import GenOpsUnits
import Testing

@testable import GenOpsScenario
@testable import GenOpsSimulation

/// Problems whose best policy can be worked out by hand.
struct `The best policy` {
  /// 709.28 in all, of which recordings are 310. To stay within 500 they may cost 100.72, which is 32.4 %.
  @Test(arguments: [400, 0])
  func `loses as little as a condition on the cost allows`(exhaustiveLimit: Int) async throws {
    let text =
      PolicyScenario.shop + """
        optimize:
          variables:
            - scale.session_recordings: [90%, 75%, 50%, 40%, 32%, 25%, 10%, 0%]
          objective: lost data
          subject_to: [cost <= 500 USD]

        """
    let result = try await PolicyScenario.optimizer(text, exhaustiveLimit: exhaustiveLimit).run()
    #expect(PolicyScenario.chosen(result) == ["scale.session_recordings": "32%"])
    #expect(abs(result.best.summary.cost.mean - 498.48) < 0.02)
    #expect(abs(result.best.summary.lost.total - 21_080) < 1)
    #expect(result.patch == "- optimized: {scale: {session_recordings: 32%}}")
    // 25 % loses 2,170 recordings more, and costs 21.70 less.
    let advantage = try #require(result.advantage)
    #expect(abs(advantage.lost - 2170) < 2)
    #expect(abs(advantage.mean + 21.70) < 0.02)
  }

  /// A lost event is worth 0.001: more than it costs, and less than a recording does. Polls are not data. So each
  /// variable is decided by itself.
  @Test(arguments: [400, 0])
  func `decides each of several independent places by itself`(exhaustiveLimit: Int) async throws {
    let text =
      PolicyScenario.shop + """
        value: {lost_event: 0.001 USD}
        optimize:
          variables:
            - sample.$pageview: [50%, 25%, 10%]
            - scale.session_recordings: [50%, 25%, 10%]
            - flag_polling: [60 s, 120 s, 300 s]
            - sample.$autocapture: [50%, 25%]
          objective: cost and lost data
          subject_to: []

        """
    let result = try await PolicyScenario.optimizer(text, exhaustiveLimit: exhaustiveLimit).run()
    #expect(
      PolicyScenario.chosen(result) == [
        "scale.session_recordings": "10%", "flag_polling": "300 s",
      ])
    // Events 310, recordings 31, polls 8.928, and 27,900 recordings lost.
    #expect(abs(result.best.objective - 377.828) < 0.05)
    // Put back alone, recordings cost 279 more and lose 27,900 less; polls cost 80.352 more.
    let recordings = try #require(result.putBack.first { $0.variable == 1 })
    #expect(
      abs(recordings.policy.summary.cost.mean - result.best.summary.cost.mean - 279) < 0.02)
    #expect(recordings.policy.summary.lost.total == 0)
    let polls = try #require(result.putBack.first { $0.variable == 2 })
    #expect(abs(polls.policy.summary.cost.mean - result.best.summary.cost.mean - 80.352) < 0.02)
  }

  /// PostHog's limit is the cheapest by far, and drops signups with the rest; sampling keeps them.
  @Test(arguments: [400, 0])
  func `is not the cheapest where a condition forbids that`(exhaustiveLimit: Int) async throws {
    let text =
      PolicyScenario.shop + """
        optimize:
          variables:
            - posthog_limit.product_analytics: [20 USD per month]
            - sample.all: [50%, 10%]
          objective: cost
          subject_to: [lost.critical == 0]

        """
    let result = try await PolicyScenario.optimizer(text, exhaustiveLimit: exhaustiveLimit).run()
    #expect(PolicyScenario.chosen(result) == ["sample.all": "10%"])
    #expect(result.best.isFeasible)
    // 20 % of the events are signups, which sampling keeps: 62, and a tenth of the other 248. Users are drawn.
    #expect(abs(result.best.summary.cost.mean - 486.08) < 5)
    let free = try await PolicyScenario.optimizer(
      text, exhaustiveLimit: exhaustiveLimit, conditions: ["lost.share <= 100%"]
    ).run()
    #expect(free.best.choices[0] == 1)
    #expect(free.best.summary.lost.critical > 0)
  }

  @Test func `comes closest where no policy meets the conditions, and says so`() async throws {
    let text =
      PolicyScenario.shop + """
        optimize:
          variables: [{flag_polling: [60 s, 300 s]}]
          subject_to: [cost <= 600 USD]

        """
    let result = try await PolicyScenario.optimizer(text).run()
    #expect(PolicyScenario.chosen(result) == ["flag_polling": "300 s"])
    #expect(!result.best.isFeasible)
    #expect(result.best.checks.map(\.passed) == [false])
  }

  @Test func `is to change nothing where nothing is better`() async throws {
    let text =
      PolicyScenario.shop
      + "optimize: {variables: [{scale.session_recordings: [50%]}], objective: lost data}\n"
    let result = try await PolicyScenario.optimizer(text).run()
    #expect(result.best.changes == 0)
    #expect(result.putBack.isEmpty)
  }

  @Test func `is the same for any number of threads`() async throws {
    let text =
      PolicyScenario.shop.replacing("noise: none", with: "noise: poisson")
      + "optimize: {variables: [{sample.all: [50%]}, {flag_polling: [60 s]}], objective: cost}\n"
    let one = try await PolicyScenario.optimizer(text, paths: 200).run()
    let two = try await PolicyScenario.optimizer(text, paths: 200, jobs: 2).run()
    #expect(one.best.summary.cost == two.best.summary.cost)
    #expect(one.advantage == two.advantage)
    #expect(one.front.map(\.choices) == two.front.map(\.choices))
  }
}

struct `An optimization` {
  /// Nobody knows which part of the flag requests are polls, so what longer polling saves is assumed.
  @Test func `takes no policy for its assumed saving, and says what would be`() async throws {
    let text = """
      period: 2027-03
      traffic: [{web: {feature_flag_requests: 1M per day, events: 100k per day, identified: 50%}}]
      mix: {$pageview: 40%}
      optimize:
        variables: [{anonymous: [[$pageview]]}]
        objective: cost
        subject_to: []

      """
    let result = try await PolicyScenario.optimizer(text, paths: 60).run()
    #expect(result.best.changes == 0)
    let assumed = try #require(result.assumedBest)
    #expect(!assumed.assumptions.isEmpty)
    #expect(assumed.shownSaving == 0)
    #expect(assumed.summary.saves.mean > 0)
    let given = text.replacing("[[$pageview]]", with: "[{events: [$pageview], new_people: 40%}]")
    let shown = try await PolicyScenario.optimizer(given, paths: 60).run()
    #expect(shown.best.changes == 1)
    #expect(shown.assumedBest == nil)
  }

  /// Over in every future from a known day on: 709.28 a month of 31 days is 22.88 a day, so 228.80 after ten
  /// days and 251.68 after eleven.
  @Test func `knows the day of a certain breach, and the least that prevents it`() async throws {
    let text =
      PolicyScenario.shop + """
        budget: 250 USD per month
        optimize:
          variables:
            - sample.all: [50%]
            - scale.session_recordings: [50%, 0%]
            - flag_polling: [300 s]
          objective: cost
          subject_to: [breach.probability(month) <= 5%]

        """
    let result = try await PolicyScenario.optimizer(text).run()
    let clock = try #require(result.clock)
    #expect(clock.asIs.day(at: 0.5) == 10)
    #expect(clock.asIs.probability(by: 9) == 0)
    #expect(clock.asIs.probability(by: 10) == 1)
    #expect(clock.asIs.hazard(0..<10) == 0)
    #expect(clock.asIs.hazard(10..<11) == 1)
    #expect(clock.asIs.hazard(11..<31) == nil)
    // Events of which 80 % are halved cost 186, polls 8.93: only with no recordings is that below 250.
    #expect(result.least?.choices == [1, 2, 1])
    #expect(clock.policy.day(at: 0.1) == nil)
    let roomier = try await PolicyScenario.optimizer(
      text.replacing("budget: 250", with: "budget: 450")
    ).run()
    #expect(roomier.least?.choices == [0, 2, 0])
  }

  @Test func `decides the usual where the scenario does not say`() throws {
    let optimizer = try PolicyScenario.optimizer(
      PolicyScenario.shop + """
        budget: 600 USD per month
        options:
          - slow: {flag_polling: 120 s}
          - half: {scale: {session_recordings: 50%}, usage: x2}
          - keep: {sample: {$pageview: 100%}}

        """)
    let places = optimizer.variables.map { variable in
      "\(variable.place): \(variable.choices.map(\.text).joined(separator: ", "))"
    }
    #expect(
      places == [
        "flag_polling: as is, 120 s, 60 s, 300 s",
        "scale.session_recordings: as is, 50%, 25%, 10%",
        "sample.$pageview: as is, 50%, 25%, 10%", "sample.$autocapture: as is, 50%, 25%, 10%",
      ])
    #expect(
      optimizer.conditions.map(\.expression.text) == [
        "lost.critical == 0", "breach.probability(month) <= 5%",
      ])
    #expect(optimizer.objective == PolicyObjective(.lostData))
  }

  @Test(
    arguments: [
      ("variables: [{flag_poling: [60 s]}]", "unknown-kind", "did you mean 'flag_polling'"),
      ("variables: [{flag_polling: 60 s}]", "not-a-variable", "- flag_polling: [as is, 300 s]"),
      ("variables: [{flag_polling: [as is]}]", "not-a-variable", "- flag_polling: [as is, 300 s]"),
      ("variables: [{flag_polling: [60]}]", "missing-unit", "60 s"),
      ("variables: [{anonymous.events: [[$pageview]]}]", "not-a-variable", "- anonymous: [as is,"),
      ("variables: [{sample.all: [50%, 50%]}]", "duplicate-key", "keep one"),
      (
        "variables: [{sample: [{$pageview: 5%}]}, {sample.all: [50%]}]", "duplicate-key", "keep one"
      ),
      ("variables: [{sample.nothing: [50%]}]", "unknown-share", "nothing"),
      ("objective: cheapest", "unknown-objective", "known: cost"),
      ("objective: cost.p99.9", "unknown-objective", "cost.p90"),
      ("objective: cost and lost data", "missing-key", "lost_event: 0.001 USD"),
      ("objective: npv", "missing-key", "lost_event: 0.001 USD"),
      ("subject_to: [lost.critical = 0]", "not-a-condition", "lost.critical == 0"),
      ("subject_to: [breach.probability <= 5%]", "missing-key", "budget: 5000 USD per month"),
      ("goal: cost", "unknown-key", "known: objective, subject_to, variables"),
    ])
  func `says what is wrong with what it is asked`(text: String, code: String, help: String) {
    let findings = PolicyScenario.findings(PolicyScenario.shop + "optimize: {\(text)}\n")
    let found = findings.first { $0.code == code }
    #expect(found != nil, "\(findings)")
    #expect(
      found?.help?.contains(help) == true || found?.message.contains(help) == true, "\(findings)")
    #expect(found?.location != nil)
  }
}
