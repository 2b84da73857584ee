import GenOpsSimulation
import GenOpsUnits

/// The file of `--decisions`: a JSON line for every decision, in order.
enum DecisionFile {
  static func write(_ decisions: [RecordedDecision], to path: String, replaces: Bool)
    throws(FindingsError)
  {
    let file = OutputFiles.File(
      path, RecordedDecision.text(decisions), over: .holding(RecordedDecision.mark))
    try OutputFiles([file], replaces: replaces, elsewhere: "with --decisions FILE").write()
  }
}
