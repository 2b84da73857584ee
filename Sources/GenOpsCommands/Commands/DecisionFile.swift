import Foundation
import GenOpsSimulation
import GenOpsUnits

/// The file of `--decisions`: a JSON line for every decision, in order.
enum DecisionFile {
  /// Whole or not at all.
  static func write(_ decisions: [RecordedDecision], to path: String) throws(FindingsError) {
    do {
      try Data(RecordedDecision.text(decisions).utf8).write(
        to: URL(fileURLWithPath: path), options: .atomic)
    } catch {
      throw WriteFailure.finding(
        error, writing: path, help: "choose another place with --decisions FILE")
    }
  }
}
