import GenOpsGovernance
import GenOpsNumerics
package import GenOpsUnits

/// Keeps a part of the users for the named events; critical events are kept whole.
package struct SampleLever: Lever {
  package static let name = "sample"
  package static let summary = "keep this part of the users for these events or classes of events"
  package static let example = "{$pageview: 10%}"

  /// By event name as written, 0…1; "all" is every event that is not named.
  package var shares: [(event: String, share: Double)]

  package static func read(_ node: Node, _ context: LeverContext, _ findings: inout Findings)
    -> SampleLever?
  {
    guard let entries = node.mapping else {
      findings.error(
        "wrong-type", "sample takes events with percentages", help: "write: sample: \(example)",
        at: node.location)
      return nil
    }
    return SampleLever(
      shares: entries.compactMap { entry in
        Quantity.share(
          entry.value, "the kept part of \(entry.key)", example: "\(entry.key): 10%", &findings
        ).map { (entry.key, $0.mean) }
      })
  }

  package var eventNames: [String] { shares.map(\.event) }
  package var losesData: Bool { true }

  package func apply(to plan: inout OptionPlan, _ inputs: [DrawID]) {
    for (event, share) in shares {
      if event == "all" { plan.governance.sampling.standard = share }
      for index in plan.usageClasses.indices {
        let one = plan.usageClasses[index]
        // The name of a class is all of its events; that of an event is this event alone.
        guard one.eventClass == event || one.eventName == event else { continue }
        if one.eventClass != event { plan.usageClasses[index].sampledAs = event }
        plan.governance.sampling.byClass[event] = share
      }
    }
  }

  package func unmatched(in plan: OptionPlan) -> [String] {
    shares.map(\.event).filter { event in
      event != "all"
        && !plan.usageClasses.contains { $0.eventName == event || $0.eventClass == event }
    }
  }

  package func sideEffect(_ outcome: LeverOutcome) -> String? {
    let parts = shares.map { "\(Int64(rounding: $0.share * 100)) % of \($0.event)" }
    // Horvitz–Thompson: with equal users the variance of a total grows by 1/share.
    let least = shares.map(\.share).min() ?? 1
    let wider = least > 0 ? ((1 / least).squareRoot() * 10).rounded() / 10 : 0
    return parts.joined(separator: ", ") + (wider > 1 ? ", standard errors x\(wider)" : "")
  }
}
