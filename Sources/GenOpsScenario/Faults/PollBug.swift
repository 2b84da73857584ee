import GenOpsHistory
package import GenOpsNumerics
package import GenOpsUnits

/// A release in which every server polls flag definitions more often than it should: a client per
/// request, an interval in the wrong unit.
///
///     added a day = polls of the day · part of the day · (times − 1)
package struct PollBug: TrafficFault {
  package static let name = "poll-bug"
  package static let summary = "servers poll flag definitions many times too often"
  package static let example = """
    fault: poll-bug
    from: 2027-03-05 to 2027-03-20
    lasts: 3 to 14 days
    times: x10
    """

  package static let manual = KindManual(
    "added a day = polls · part of the day · (times - 1)",
    ["times": "how often instead of once, such as x10"])

  package static let source = FaultSource.polls

  package var times: UncertainValue

  package static func read(_ keys: inout MappingReader, _ findings: inout Findings) -> PollBug? {
    let node = keys.required("times", example: "times: x10", &findings)
    return DatedText.factor(node, key: "times", example: "x10", &findings).map(PollBug.init)
  }

  package var inputs: [UncertainInput] { [UncertainInput("times", times)] }

  package func units(_ base: Double, part: Double, output: Int, _ values: [Double]) -> FaultUnits {
    FaultUnits(billed: base * part * max(0, values[0] - 1))
  }
}
