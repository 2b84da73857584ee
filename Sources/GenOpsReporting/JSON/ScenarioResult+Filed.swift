package import GenOpsSimulation
import GenOpsUnits

extension ScenarioResult {
  /// The result as it is after it was written to `result.json` and read again: with amounts of six decimals.
  ///
  /// Reports are made of it, so that those made later from the file are the same. Numbers beyond 10^9 may take
  /// a second round until writing and reading moves none of them.
  package var filed: ScenarioResult {
    var result = self
    var text = JSONReport.value(result).description
    for _ in 0..<4 {
      guard let node = try? JSONParser.parse(Array(text.utf8), file: "result.json"),
        let read = try? ResultReader.read(node)
      else { return result }
      result = read
      let again = JSONReport.value(result).description
      if again == text { break }
      text = again
    }
    return result
  }
}
