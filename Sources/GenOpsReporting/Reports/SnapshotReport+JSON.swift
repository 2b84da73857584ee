import GenOpsSimulation
package import GenOpsUnits

extension SnapshotReport {
  /// The check for programs.
  package var json: JSONValue {
    [
      "schemaVersion": 1,
      "snapshots": .array(
        outcomes.map { outcome in
          [
            "scenario": .string(outcome.scenario), "file": .string(outcome.file),
            "state": .string(outcome.state.rawValue), "currency": .string(outcome.currency),
            "causes": .array(outcome.causes.map(json)),
            "changes": .array(outcome.changes.map(json)),
            "findings": .array(outcome.findings.all.map(\.json)),
          ]
        }),
    ]
  }

  private func json(_ cause: SnapshotOutcome.Cause) -> JSONValue {
    [
      "reason": .string(cause.reason.rawValue), "text": .string(cause.text),
      "place": .optional(cause.place?.description),
      "effect": cause.effect.map(JSONValue.amount) ?? .null,
    ]
  }

  private func json(_ change: SnapshotOutcome.Change) -> JSONValue {
    func value(_ number: Double?) -> JSONValue {
      guard let number else { return .null }
      return change.unit == .money ? .amount(number) : .quantity(number)
    }
    return [
      "name": .string(change.name), "unit": .string(change.unit.rawValue),
      "quote": .bool(change.isQuote), "old": value(change.old), "new": value(change.new),
      "reasons": .strings(change.reasons.map(\.rawValue)),
    ]
  }
}
