import GenOpsForecasting
import GenOpsHistory
import GenOpsMetering
import GenOpsNumerics
import GenOpsUnits

/// What an event stream is made of, as far as somebody asks.
extension StreamPlanner {
  /// The names of recorded events that are told apart where all are asked for; the others are "other".
  private static let mostNames = 50

  /// The parts that options must tell apart: the given mix, and assumptions for what is missing.
  mutating func mixParts(_ given: [EventShare]) -> [(event: String, share: DrawID)] {
    guard needs.tellsEventsApart else { return [] }
    var parts = given.map { ($0.event, planned.draws.draw("mix.\($0.event)", $0.share)) }
    if needs.namesEvents, parts.isEmpty {
      for (name, share) in history.commonNames(StreamPlanner.mostNames) {
        parts.append((name, planned.draws.draw("mix.\(name)", .constant(share))))
      }
    }
    let classes = EventClassifier.standard
    for name in needs.eventNames where !parts.contains(where: { $0.0 == name }) {
      // Some event of the class is there.
      if parts.contains(where: { classes.name(of: classes.classify($0.0)) == name }) { continue }
      // A class name stands for its usual event.
      let known = name == "page_view" ? "$pageview" : name == "click" ? "$autocapture" : name
      if parts.contains(where: { $0.0 == known }) { continue }
      if let share = history.eventShare({ $0 == known }) {
        parts.append((known, planned.draws.draw("mix.\(known)", .constant(share))))
      } else if let assumption = Assumption.eventShare(known, at: scenario.location) {
        parts.append((known, planned.draws.draw(assumption, &findings)))
      } else {
        let known = given.map(\.event) + classes.rules.map(\.name) + ["$pageview", "$autocapture"]
        findings.error(
          "unknown-share", "the share of '\(name)' in the events is not known",
          help: nearestName(to: name, among: known).map { "did you mean '\($0)'?" }
            ?? "add: mix: {\(name): 5%}", at: scenario.location)
      }
    }
    let hasCritical = parts.contains { classes.isCritical(classes.classify($0.0)) }
    guard needs.losesData, !hasCritical else { return parts }
    let critical = Assumption.criticalEvents
    if let share = history.eventShare({ classes.isCritical(classes.classify($0)) }) {
      parts.append((critical, planned.draws.draw("mix.\(critical)", .constant(share))))
    } else if let assumption = Assumption.eventShare(critical, at: scenario.location) {
      parts.append((critical, planned.draws.draw(assumption, &findings)))
    }
    return parts
  }
}
