import GenOpsIngestion
import GenOpsUnits

/// The value of `--columns`: what a table calls the parts of an event.
enum ColumnNames {
  /// Reads `event=action,distinct_id=user`; nil gives no names.
  static func parse(_ text: String?) throws(FindingsError) -> [EventPart: String] {
    var names: [EventPart: String] = [:]
    var findings = Findings()
    for item in (text ?? "").split(separator: ",") {
      let sides = item.split(separator: "=", maxSplits: 1).map {
        $0.trimmingPrefix { $0 == " " }
      }
      guard sides.count == 2, let part = EventPart(rawValue: String(sides[0])) else {
        let known = EventPart.allCases.map(\.rawValue)
        let near = sides.first.flatMap { nearestName(to: String($0), among: known) }
        findings.error(
          "event-columns", "'\(item)' does not say which column holds which part of an event",
          help: near.map {
            "did you mean '\($0)=\(sides.count == 2 ? String(sides[1]) : "TITLE")'?"
          }
            ?? "known: \(known.map { "\($0)=TITLE" }.joined(separator: ","))")
        continue
      }
      names[part] = String(sides[1])
    }
    try findings.throwIfErrors()
    return names
  }
}
