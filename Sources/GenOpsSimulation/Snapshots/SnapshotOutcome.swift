package import GenOpsUnits

/// What looking at one snapshot found out.
package struct SnapshotOutcome: Sendable {
  package enum State: String, Sendable, Hashable {
    /// Everything is as it was, within the tolerance.
    case passed
    case changed
    /// A scenario without snapshot.
    case missing
    /// A snapshot without scenario.
    case unused
    /// The scenario or the snapshot cannot be used; the findings say why.
    case broken
    /// The file was written, was as it should be, or was taken away.
    case written, unchanged, removed
  }

  /// Why a figure is another one.
  package enum Reason: String, Sendable, Hashable, CaseIterable {
    case price
    case volume
    case policy
    /// The program computes otherwise.
    case model
  }

  /// Something that was changed, and what that does to the cost of the whole period "as is".
  package struct Cause: Sendable, Hashable {
    package var reason: Reason
    /// `posthog-2026-08 events tier 3 (2,000,001 - 15,000,000): 0.0000343 -> 0.0000353`.
    package var text: String
    package var place: SourceLocation?
    /// In currency units; nil where it cannot be told apart.
    package var effect: Double?

    package init(
      reason: Reason, text: String, place: SourceLocation? = nil, effect: Double? = nil
    ) {
      self.reason = reason
      self.text = text
      self.place = place
      self.effect = effect
    }
  }

  /// A figure or quote that moved beyond the tolerance.
  package struct Change: Sendable, Hashable {
    package var name: String
    package var unit: Snapshot.Figure.Unit
    package var isQuote: Bool
    /// Nil where it is new.
    package var old: Double?
    /// Nil where it is gone.
    package var new: Double?
    /// The largest part first.
    package var reasons: [Reason]

    package init(
      name: String, unit: Snapshot.Figure.Unit, isQuote: Bool, old: Double?, new: Double?,
      reasons: [Reason]
    ) {
      self.name = name
      self.unit = unit
      self.isQuote = isQuote
      self.old = old
      self.new = new
      self.reasons = reasons
    }
  }

  package var scenario: String
  /// The snapshot's file.
  package var file: String
  package var state: State
  package var currency = ""
  package var causes: [Cause] = []
  package var changes: [Change] = []
  package var findings = Findings()

  package init(scenario: String, file: String, state: State) {
    self.scenario = scenario
    self.file = file
    self.state = state
  }

  /// Whether this fails a check.
  package var isFailure: Bool {
    switch state {
    case .changed, .missing, .unused: true
    default: false
    }
  }

  /// The mean cost of the whole period, where it moved.
  package var total: Change? { changes.first { $0.name == "cost.mean" } }
}
