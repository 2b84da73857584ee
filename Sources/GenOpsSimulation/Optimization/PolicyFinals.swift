import GenOpsScenario
import GenOpsUnits

/// The best policies of a search on fresh futures, and what comes of it.
struct PolicyFinals {
  let round: PolicyJudge.Round
  /// Those that were played, by their places in ``round``.
  private let places: [[Int]: Int]
  /// Of those that were played, the best first; each comes to something else.
  private let ranking: [PolicyEvaluation]
  let front: [PolicyEvaluation]
  let least: PolicyEvaluation?
  let assumedBest: PolicyEvaluation?

  /// The most policies that are played for the best place, and the most of the front.
  private static let most = 8
  /// How often the next ones are tried where none of those meets the conditions on fresh futures.
  private static let rounds = 3

  var asIs: PolicyEvaluation { round.evaluations[0] }
  var best: PolicyEvaluation { ranking.first ?? asIs }
  var runnerUp: PolicyEvaluation? {
    ranking.dropFirst().first { $0.isFeasible == best.isFeasible }
  }

  static func play(
    _ search: PolicySearch, _ judge: PolicyJudge, safeAt: Double,
    onProgress: @escaping @Sendable (Double) -> Void
  ) async throws(FindingsError) -> PolicyFinals {
    let candidates = distinct(search.ranked)
    let front = front(of: search.tried)
    let safe = safest(search.tried, safeAt)
    let assumed = search.tried.min { $0.assumedStanding < $1.assumedStanding }
    var round: PolicyJudge.Round?
    for number in 1...rounds {
      let shown = Array(candidates.prefix(number * most))
      let finalists: [PolicyEvaluation] = shown + front + safe + (assumed.map { [$0] } ?? [])
      var played: [[Int]] = []
      for policy in finalists where policy.changes > 0 && !played.contains(policy.choices) {
        played.append(policy.choices)
      }
      let result = try await judge.round(played, onProgress: onProgress)
      round = result
      // What met the conditions on the futures of the search may miss them on fresh ones.
      let isDone =
        result.evaluations.contains(where: \.isFeasible)
        || shown.count == candidates.count || candidates.first?.isFeasible != true
      if isDone { break }
    }
    // At least one round was played.
    let last: PolicyJudge.Round
    if let round { last = round } else { last = try await judge.round([]) }
    return PolicyFinals(last, front.map(\.choices), safeAt)
  }

  private init(_ round: PolicyJudge.Round, _ front: [[Int]], _ safeAt: Double) {
    self.round = round
    let all = round.evaluations
    places = Dictionary(all.enumerated().map { ($1.choices, $0) }) { first, _ in first }
    let ranked = PolicyFinals.distinct(all.sorted { $0.standing < $1.standing })
    ranking = ranked
    self.front = PolicyFinals.front(
      of: all.filter { front.contains($0.choices) || $0.changes == 0 })
    least = PolicyFinals.safest(all, safeAt).first
    let assumed = all.min { $0.assumedStanding < $1.assumedStanding }
    assumedBest = assumed.flatMap { one in
      one.assumptions.isEmpty || one.choices == ranked.first?.choices ? nil : one
    }
  }

  /// Of those that come to the same the first, which changes least.
  private static func distinct(_ ranked: [PolicyEvaluation]) -> [PolicyEvaluation] {
    var kept: [PolicyEvaluation] = []
    for policy in ranked {
      if let last = kept.last, last.standing.equals(policy.standing) { continue }
      kept.append(policy)
    }
    return kept
  }

  /// Those of which no other costs as little and loses as little, and that lose nothing critical that "as is"
  /// does not. Of many, some that are spread over it.
  static func front(of all: [PolicyEvaluation]) -> [PolicyEvaluation] {
    let critical = all.filter { $0.changes == 0 }.map(\.summary.lost.critical).first ?? 0
    let order = all.filter { $0.summary.lost.critical <= critical }.sorted {
      ($0.shownCost, $0.summary.lost.total, $0.changes)
        < ($1.shownCost, $1.summary.lost.total, $1.changes)
    }
    var kept: [PolicyEvaluation] = []
    for policy in order {
      if let last = kept.last, policy.summary.lost.total >= last.summary.lost.total { continue }
      kept.append(policy)
    }
    guard kept.count > most else { return kept.reversed() }
    // Places from 0 to the last, in order.
    let spread = (0..<most).map { kept[$0 * (kept.count - 1) / (most - 1)] }
    return spread.reversed()
  }

  /// Those under which the first budget is passed in at most a part `safeAt` of futures, and that lose nothing
  /// critical that "as is" does not: what loses least first, then what changes least.
  private static func safest(_ all: [PolicyEvaluation], _ safeAt: Double) -> [PolicyEvaluation] {
    let critical = all.filter { $0.changes == 0 }.map(\.summary.lost.critical).first ?? 0
    let safe = all.filter { policy in
      guard let budget = policy.summary.budgets.first else { return false }
      return policy.assumptions.isEmpty && budget.breachProbability <= safeAt
        && policy.summary.lost.critical <= critical
    }
    let order = safe.sorted { a, b in
      let (one, other) = (a.summary.lost.total, b.summary.lost.total)
      return (one, a.changes, a.summary.cost.mean) < (other, b.changes, b.summary.cost.mean)
    }
    return Array(order.prefix(3))
  }

  // MARK: Beside each other

  func advantage(
    of one: PolicyEvaluation, over other: PolicyEvaluation, _ objective: PolicyObjective
  ) -> PolicyAdvantage {
    round.builder.advantage(
      objective, of: (places[one.choices] ?? 0, one.summary.lost.total),
      over: (places[other.choices] ?? 0, other.summary.lost.total))
  }

  var clock: BreachClock? { round.builder.breachClock(places[best.choices] ?? 0) }

  /// The best with each variable that it changes put back, on the same fresh futures.
  func putBack(_ judge: PolicyJudge, onProgress: @escaping @Sendable (Double) -> Void)
    async throws(FindingsError) -> [(variable: Int, policy: PolicyEvaluation)]
  {
    let changed = best.choices.indices.filter { best.choices[$0] > 0 }
    let policies = changed.map { variable in
      var choices = best.choices
      choices[variable] = 0
      return choices
    }
    let new = policies.filter { places[$0] == nil }
    let played =
      new.isEmpty ? [] : try await judge.round(new, onProgress: onProgress).evaluations
    return zip(changed, policies).compactMap { variable, choices in
      (round.evaluations + played).first { $0.choices == choices }.map { (variable, $0) }
    }
  }
}
