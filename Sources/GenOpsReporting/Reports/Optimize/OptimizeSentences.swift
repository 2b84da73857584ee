import GenOpsScenario
import GenOpsSimulation
import GenOpsUnits

/// What was found, in sentences.
struct OptimizeSentences {
  let result: OptimizeResult

  init(_ result: OptimizeResult) { self.result = result }

  /// At most two.
  var all: [String] {
    if let doubt = result.doubt {
      return [doubt.sentence, "With what it shows, \(lowered(answer))"]
    }
    return [answer] + (advantage.map { [$0] } ?? [])
  }

  private func money(_ amount: Double) -> String { NumberText.money(amount) }
  private var best: PolicyEvaluation { result.best }

  private func lowered(_ text: String) -> String { text.prefix(1).lowercased() + text.dropFirst() }

  // MARK: The answer

  private var answer: String {
    guard best.isFeasible else { return closest }
    if best.changes == 0 {
      return "Of \(policies) none betters \"as is\", which costs "
        + "\(money(best.summary.cost.mean)) \(result.currency)\(over)\(lost)."
    }
    return "The best of \(policies) costs \(money(best.summary.cost.mean)) instead of "
      + "\(money(result.asIs.summary.cost.mean)) \(result.currency)\(worth)\(over)\(lost): "
      + "\(result.label(best))."
  }

  /// Of what a scenario asks and no policy does.
  private var closest: String {
    let missed = best.checks.filter { !$0.passed }.map { "\($0.expression) (it is \($0.value))" }
    return "None of \(policies) meets all conditions. Closest comes \(result.label(best)) at "
      + "\(money(best.summary.cost.mean)) \(result.currency), which misses "
      + "\(missed.joined(separator: " and "))."
  }

  private var policies: String {
    let count = groupedDigits(String(result.search.tried))
    return result.search.isExhaustive ? "\(count) policies" : "\(count) policies tried"
  }

  private var worth: String {
    guard result.objective.measure == .npv else { return "" }
    return " and is worth \(money(best.objective)) instead of \(money(result.asIs.objective))"
  }

  /// `, is over budget in 2 of 100 futures instead of 99`.
  private var over: String {
    guard let now = best.summary.breachProbability else { return "" }
    let refuses = best.summary.budgets.contains(where: \.refuses)
    let verb = refuses ? "refuses events" : "is over budget"
    if result.provenance.paths == 1 { return now > 0 ? ", \(verb)" : ", never \(verb)" }
    let was = result.asIs.summary.breachProbability.map { before in
      best.changes == 0 || before == now || refuses
        ? "" : " instead of \(NumberText.futures(before))"
    }
    return ", \(verb) \(NumberText.inFutures(now))\(was ?? "")"
  }

  private var lost: String {
    guard let part = best.summary.lost.sentencePart else { return ", and no data is lost" }
    return "; \(part)"
  }

  // MARK: Beside the next

  /// What the policy is better by than the next best.
  var advantage: String? {
    guard best.isFeasible, let runnerUp = result.runnerUp, let advantage = result.advantage else {
      return nil
    }
    let name = result.shortLabel(runnerUp, mark: "the same")
    if result.objective.measure == .lostData, advantage.lost != 0 {
      let lost = NumberText.count(advantage.lost)
      return "It loses \(lost) items less than the runner-up (\(name)), "
        + difference(advantage, "and costs", "less", "more") + "."
    }
    return difference(advantage, "It betters the runner-up (\(name)) by", "", "less") + "."
  }

  private func difference(
    _ advantage: PolicyAdvantage, _ start: String, _ gain: String, _ loss: String
  ) -> String {
    let sign = advantage.mean < 0 ? -1.0 : 1.0
    let ends = [sign * advantage.low, sign * advantage.high].sorted()
    let word = advantage.mean < 0 ? loss : gain
    let amount = "\(money(sign * advantage.mean)) \(result.currency)"
    let interval =
      money(ends[0]) == money(ends[1])
      ? "" : " (95 % sure: \(money(ends[0])) to \(money(ends[1])))"
    let often =
      result.provenance.paths == 1 ? "" : ", \(NumberText.inFutures(advantage.chance))"
    return "\(start) \(amount)" + (word.isEmpty ? "" : " \(word)") + interval
      + (advantage.mean < 0 ? "" : often)
  }

  /// The runner-up in full.
  var runnerUp: String? {
    guard let runnerUp = result.runnerUp, let advantage = result.advantage else { return nil }
    let loss = runnerUp.summary.lost.sentencePart ?? "nothing is lost"
    return
      "\(result.label(runnerUp)): \(money(runnerUp.summary.cost.mean)) \(result.currency); \(loss). "
      + "\(self.advantage ?? "") 8 of 10 futures lie between \(money(advantage.p10)) and "
      + "\(money(advantage.p90))."
  }

  /// What would be better by what is assumed.
  var assumed: String? {
    guard let policy = result.assumedBest else { return nil }
    return "\(result.label(policy)) would cost ~\(money(policy.summary.cost.mean)) if this held: "
      + policy.assumptions.joined(separator: "; ")
  }

  // MARK: The breach clock

  /// When the budget is passed, and the least that makes it safe.
  var clock: [String] {
    guard let clock = result.clock else { return [] }
    let name = "the budget of \(NumberText.money(clock.limit))\(clock.period.suffix)"
    let verb = clock.refuses ? "refuses something" : "is passed"
    var texts = ["As is, \(name) \(hand(clock, clock.asIs, verb: "is passed"))."]
    if best.changes > 0 {
      texts.append("With the policy it \(hand(clock, clock.policy, verb: verb)).")
    }
    return texts + [least]
  }

  private func hand(_ clock: BreachClock, _ hand: BreachClock.Hand, verb: String) -> String {
    let last = hand.breaches.count - 1
    let all = last < 0 ? 0 : hand.probability(by: last)
    guard all > 0 else { return "\(verb) in no future" }
    let days = [(0.1, "1 of 10 futures"), (0.5, "half of them"), (0.9, "9 of 10")]
      .compactMap { part, words in
        hand.day(at: part).map { "by \(day(clock, $0)) in \(words)" }
      }
    if hand.paths == 1 { return "\(verb) on \(day(clock, hand.day(at: 1) ?? last))" }
    return "\(verb) \(NumberText.inFutures(all))" + (days.isEmpty ? "" : ": ")
      + days.joined(separator: ", ")
  }

  private func day(_ clock: BreachClock, _ day: Int) -> String {
    DateText.day(clock.start.advanced(by: day), year: result.months.count > 12)
  }

  /// By month in which it may be passed, how likely that is where it was not before.
  var hazards: String? {
    guard let clock = result.clock else { return nil }
    func text(_ hand: BreachClock.Hand) -> String {
      let months = result.months.enumerated().compactMap { index, month -> String? in
        guard let hazard = hand.hazard(clock.days(of: month)), hazard > 0 else { return nil }
        return "\(DateText.row(month, isFirst: index == 0)) \(NumberText.percent(hazard))"
      }
      return months.isEmpty ? "in no month" : months.joined(separator: ", ")
    }
    guard clock.asIs.breaches.contains(where: { $0 > 0 }) else { return nil }
    return "Passed in a month, where it was not before: \(text(clock.asIs))"
      + (best.changes > 0 ? "; with the policy \(text(clock.policy))." : ".")
  }

  /// The least that keeps the budget.
  var least: String {
    let safe = "over in at most \(NumberText.percent(result.safeAt)) of futures"
    guard let policy = result.least else {
      return "Nothing that was tried makes it safe (\(safe))."
    }
    if policy.changes == 0 { return "It is safe as it is (\(safe))." }
    let over = policy.summary.budgets.first?.breachProbability ?? 0
    let lost = policy.summary.lost.sentencePart ?? "nothing is lost"
    return "The least that makes it safe is \(result.label(policy)): over "
      + "\(NumberText.inFutures(over)), at \(money(policy.summary.cost.mean)) \(result.currency); \(lost)."
  }

  // MARK: The search

  var search: String {
    let search = result.search
    let all = search.combinations < 1e15 ? NumberText.count(search.combinations) : "countless"
    let how =
      search.isExhaustive
      ? "All \(all) policies were tried"
      : "Of \(all) policies \(groupedDigits(String(search.tried))) were tried, one and two changes at a time "
        + "from eight starts,"
    return
      "Objective: \(result.objective.text)\(result.isUsual.variables ? "; the usual variables" : "")"
      + "\(result.isUsual.conditions ? "; the usual conditions" : "")"
      + ". \(how) on \(NumberText.counted(search.paths, "future")) (seed \(search.seed)); the best of them, "
      + "and all that is shown, on \(NumberText.counted(result.provenance.paths, "fresh one")) (seed "
      + "\(result.provenance.seed)). What a lever does not produce at the source counts as lost."
  }
}
