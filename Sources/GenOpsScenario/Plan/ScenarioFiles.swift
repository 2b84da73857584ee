package import GenOpsHistory
package import GenOpsMetering

/// What the files that a scenario names hold: read once, before it is planned.
///
/// Recorded events become daily numbers by going through the adapter, which the scenario does not
/// know: whoever reads the files does both, and the planner takes what came of it.
package struct ScenarioFiles: Sendable {
  /// One file under `history:`. Files of events are parts of one recording, and the first of them has
  /// what all of them hold.
  package struct History: Sendable {
    package var file: UsageFile
    /// How many events have each name; empty for daily numbers.
    package var names: [String: Int]
    /// The events with their properties, in the order of time; empty unless they are walked.
    package var events: [UsageEvent]
    /// Whether it holds events, and no daily numbers.
    package var holdsEvents: Bool

    package init(
      file: UsageFile, names: [String: Int] = [:], events: [UsageEvent] = [],
      holdsEvents: Bool = false
    ) {
      self.file = file
      self.names = names
      self.events = events
      self.holdsEvents = holdsEvents
    }
  }

  /// In the order of ``Scenario/historyFiles``.
  package var histories: [History]
  /// In the order of ``Scenario/billFiles``.
  package var bills: [BillingStatement]

  package init(histories: [History] = [], bills: [BillingStatement] = []) {
    self.histories = histories
    self.bills = bills
  }
}
