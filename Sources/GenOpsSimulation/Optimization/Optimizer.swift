import GenOpsCosting
import GenOpsForecasting
import GenOpsGovernance
package import GenOpsScenario
package import GenOpsUnits

/// Finds the best policy for a scenario: tries many on a few futures, and the best of them on fresh ones.
package struct Optimizer: Sendable {
  /// What is asked for besides what the scenario says.
  package struct Request: Sendable {
    package var path: String
    package var overrides: ScenarioReader.Overrides
    package var jobs: Int
    /// In place of the scenario's.
    package var objective: String?
    /// In place of the scenario's; empty leaves those.
    package var conditions: [String]
    /// Up to how many combinations all are tried.
    package var exhaustiveLimit: Int
    /// The most policies that are tried otherwise.
    package var most: Int

    package init(
      path: String, overrides: ScenarioReader.Overrides = .init(), jobs: Int = 1,
      objective: String? = nil, conditions: [String] = [], exhaustiveLimit: Int = 400,
      most: Int = 2000
    ) {
      self.path = path
      self.overrides = overrides
      self.jobs = jobs
      self.objective = objective
      self.conditions = conditions
      self.exhaustiveLimit = exhaustiveLimit
      self.most = most
    }
  }

  let request: Request
  /// That of the scenario as it is written.
  let written: Plan
  let variables: [DecisionVariable]
  let objective: PolicyObjective
  let conditions: [OptimizeRequest.Condition]
  private let isUsual: (variables: Bool, conditions: Bool)
  /// With every choice as an option by itself.
  private let scenario: Scenario
  private let files: ScenarioFiles
  /// That of ``scenario``, on the futures on which policies are tried.
  let tried: Plan

  /// Futures on which policies are tried. Differences between policies on the same futures need few.
  static let searchPaths = 200
  /// Between the seed of the futures on which policies are tried and that of fresh ones.
  static let freshSeed: UInt64 = 1_000_003
  /// What a budget is safe at where no condition says it.
  static let safeAt = 0.05

  /// Reads the scenario, and finds everything that is wrong with what is asked.
  package init(_ request: Request) throws(FindingsError) {
    self.request = request
    var overrides = request.overrides
    overrides.grain = .binned
    let (read, found) = ScenarioReader.read(path: request.path, overrides: overrides)
    guard let read else { throw FindingsError(findings: found) }
    files = ScenarioFiles.load(read)
    written = try Planner.plan(read, files, found)
    let asked = read.optimize
    var findings = Findings()
    let usual = UsualPolicy(written)
    let own = asked?.variables
    variables = own ?? usual.variables
    var objective = asked?.objective
    if let text = request.objective {
      objective = PolicyObjective.read(text, at: nil, &findings)
    }
    self.objective = objective ?? .usual(read)
    self.objective.check(
      written.scenario, at: request.objective == nil ? asked?.location : nil, &findings)
    var stated = asked?.conditions
    if !request.conditions.isEmpty {
      let currency = read.book.currency
      stated = request.conditions.compactMap { text in
        Expectation.read(text, currency: currency, at: nil, &findings).map { .init($0) }
      }
    }
    conditions = stated ?? usual.conditions(&findings)
    isUsual = (own == nil, stated == nil)
    for condition in conditions {
      condition.expression.check(
        written.options[0], isAsIs: false, written.scenario, written.period,
        at: condition.location, &findings)
    }
    if variables.isEmpty {
      findings.error(
        "no-variables", "there is nothing to decide",
        help: "add: optimize: {variables: [flag_polling: [as is, 60 s, 300 s]]}",
        at: asked?.location ?? read.location)
    }
    try findings.throwIfErrors()
    var scenario = read
    scenario.expectations = []
    scenario.options = try PolicyOptions.single(variables, read)
    self.scenario = scenario
    scenario.paths = min(Optimizer.searchPaths, scenario.paths)
    tried = try Planner.plan(scenario, files, Findings())
  }

  func judge(_ plan: Plan) -> PolicyJudge {
    PolicyJudge(
      plan: plan, variables: variables, objective: objective,
      conditions: conditions.map(\.expression), jobs: request.jobs)
  }

  /// The judge on futures that no policy was tried on.
  private func freshJudge() throws(FindingsError) -> PolicyJudge {
    var scenario = scenario
    scenario.seed &+= Optimizer.freshSeed
    return judge(try Planner.plan(scenario, files, Findings()))
  }

  /// The search on the futures of the scenario's seed, done.
  func search(onProgress: @escaping @Sendable (Double) -> Void = { _ in })
    async throws(FindingsError) -> PolicySearch
  {
    let judge = judge(tried)
    var search = PolicySearch(
      levels: variables.map(\.choices.count), exhaustiveLimit: request.exhaustiveLimit,
      most: request.most, onProgress: onProgress
    ) { policies throws(FindingsError) in try await judge.judge(policies) }
    try await search.run()
    return search
  }

  /// Finds the best policy.
  package func run(onProgress: @escaping @Sendable (Double) -> Void = { _ in })
    async throws(FindingsError) -> OptimizeResult
  {
    let search = try await search { onProgress(0.6 * $0) }
    let judge = try freshJudge()
    let finals = try await PolicyFinals.play(
      search, judge, safeAt: safeAt
    ) { onProgress(0.6 + 0.3 * $0) }
    let putBack = try await finals.putBack(judge) { onProgress(0.9 + 0.1 * $0) }
    let base = finals.round.result
    var findings = written.findings
    for finding in judge.plan.findings.all where finding.code == "assumption" {
      findings.add(finding)
    }
    return OptimizeResult(
      name: base.name, currency: base.currency, provenance: base.provenance,
      months: base.months.map(\.month), yearLabel: base.yearLabel,
      search: .init(
        combinations: search.combinations, tried: search.tried.count,
        isExhaustive: search.isExhaustive, paths: tried.scenario.paths,
        seed: scenario.seed),
      variables: variables, objective: objective, conditions: conditions.map(\.expression),
      isUsual: isUsual, asIs: finals.asIs, best: finals.best, runnerUp: finals.runnerUp,
      advantage: finals.runnerUp.map { finals.advantage(of: finals.best, over: $0, objective) },
      gain: finals.advantage(of: finals.best, over: finals.asIs, objective),
      front: finals.front, putBack: putBack, least: finals.least, safeAt: safeAt,
      clock: finals.clock, assumedBest: finals.assumedBest, doubt: base.doubt, findings: findings)
  }

  /// The bound of a condition on how often the first budget is passed, else the usual one.
  private var safeAt: Double {
    let first = written.options[0].governance.budgets.first
    let own = conditions.map(\.expression).first { condition in
      condition.metric.id == .breachProbability
        && [.less, .lessOrEqual].contains(condition.comparison)
        && (condition.argument == nil || condition.argument == first?.name
          || condition.argument == first?.period.rawValue)
    }
    return own?.bound ?? Optimizer.safeAt
  }
}
