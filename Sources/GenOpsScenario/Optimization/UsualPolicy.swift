import GenOpsCosting
import GenOpsGovernance
import GenOpsMetering
import GenOpsNumerics
package import GenOpsUnits

/// What is decided where the scenario does not say: what its own options do, and what usually costs most and
/// can be had with less.
package struct UsualPolicy {
  private let plan: Plan
  private var scenario: Scenario { plan.scenario }

  /// `plan` is that of the scenario as it is written.
  package init(_ plan: Plan) { self.plan = plan }

  /// Questions of what would be, and not of what to do.
  private static let questions: Set<String> = [UsageLever.name, PricesLever.name]
  /// No question by itself: it comes with what it is the cost of.
  private static let cost = ChangeCostLever.name
  /// The most kinds of events that are sampled apart.
  private static let mostEvents = 2
  /// Seconds between two polls of flag definitions.
  private static let intervals: [(seconds: Double, text: String)] = [(60, "60 s"), (300, "300 s")]
  private static let parts = ["50%", "25%", "10%"]

  /// The variables, those of the scenario's options first.
  package var variables: [DecisionVariable] {
    var values: [(place: String, path: [String], values: [Node])] = []
    var costs: [String: [(option: String, cost: Node)]] = [:]
    func add(_ path: [String], _ node: Node, _ cost: (option: String, cost: Node)? = nil) {
      let meaning = DecisionVariable.meaning(node, path)
      if let cost { costs["\(path) \(meaning)", default: []].append(cost) }
      let place = path.map { $0.contains(".") ? "\"\($0)\"" : $0 }.joined(separator: ".")
      if let index = values.firstIndex(where: { $0.path == path }) {
        let known = values[index].values.map { DecisionVariable.meaning($0, path) }
        if !known.contains(meaning) { values[index].values.append(node) }
      } else {
        values.append((place, path, [node]))
      }
    }
    for option in scenario.options {
      let cost = option.written?[UsualPolicy.cost].map { (option.name, $0) }
      for lever in option.written?.mapping ?? []
      where !UsualPolicy.questions.contains(lever.key) && lever.key != UsualPolicy.cost {
        let isByPart = lever.key == SampleLever.name || lever.key == ScaleLever.name
        if isByPart, let parts = lever.value.mapping {
          for part in parts { add([lever.key, part.key], part.value, cost) }
        } else {
          add([lever.key], lever.value, cost)
        }
      }
    }
    for text in intervals { add([FlagPollingLever.name], node(text)) }
    for event in sampledEvents {
      for part in UsualPolicy.parts { add([SampleLever.name, event], node(part)) }
    }
    if plan.options[0].uses(.sessionRecordings) {
      for part in UsualPolicy.parts {
        add([ScaleLever.name, Meter.sessionRecordings.id], node(part))
      }
    }
    if sendsProfiledViews, !values.contains(where: { $0.path[0] == AnonymousLever.name }) {
      add([AnonymousLever.name], Node(.sequence([node("$pageview")]), at: scenario.location))
    }
    return values.map {
      var variable = DecisionVariable(
        place: $0.place, path: $0.path, values: $0.values, at: scenario.location)
      for index in variable.choices.indices {
        let meaning = DecisionVariable.meaning(variable.choices[index].value, $0.path)
        variable.choices[index].costs = costs["\($0.path) \(meaning)"] ?? []
      }
      return variable
    }.filter { $0.choices.count > 1 }
  }

  /// Nothing critical is lost, and each budget is kept in 95 of 100 futures.
  package func conditions(_ findings: inout Findings) -> [OptimizeRequest.Condition] {
    let texts =
      ["lost.critical == 0"]
      + plan.options[0].governance.budgets.map { "breach.probability(\($0.name)) <= 5%" }
    return texts.compactMap { text in
      Expectation.read(
        text, currency: scenario.book.currency, at: scenario.location, &findings
      ).map { .init($0, at: scenario.location) }
    }
  }

  private func node(_ text: String) -> Node {
    Node(.scalar(text: text, quoted: false), at: scenario.location)
  }

  /// Longer ones than that of the scenario's servers, where it has some.
  private var intervals: [String] {
    let pollers = [scenario.pollers] + scenario.traffic.map(\.pollers)
    guard let now = pollers.compactMap({ $0?.interval }).min() else { return [] }
    return UsualPolicy.intervals.filter { $0.seconds > now }.map(\.text)
  }

  private var mix: [EventShare] { scenario.mix + scenario.traffic.flatMap(\.mix) }

  /// The largest kinds of events that are not critical. Of events that are not told apart, all.
  private var sampledEvents: [String] {
    guard plan.options[0].uses(.events) else { return [] }
    if mix.isEmpty { return ["all"] }
    let classes = EventClassifier.standard
    var shares: [(event: String, share: Double)] = []
    for part in mix where !classes.isCritical(classes.classify(part.event)) {
      if let index = shares.firstIndex(where: { $0.event == part.event }) {
        shares[index].share += part.share.mean
      } else {
        shares.append((part.event, part.share.mean))
      }
    }
    let order = shares.enumerated().sorted {
      ($1.element.share, $0.offset) < ($0.element.share, $1.offset)
    }
    return order.prefix(UsualPolicy.mostEvents).map(\.element.event)
  }

  private var sendsProfiledViews: Bool {
    mix.contains { $0.event == "$pageview" }
      && plan.streams.contains { stream in
        stream.identifiedShare.map { plan.draws[$0].distribution.mean > 0 } ?? false
      }
  }
}
