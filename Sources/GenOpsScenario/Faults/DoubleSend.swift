import GenOpsHistory
package import GenOpsNumerics
package import GenOpsUnits

/// A failover in which both ways deliver: every batch arrives twice. In the same project the uuid
/// tells the copy; in another project of the account (the other region's) it counts again.
///
///     copies a day = events of the day · part of the day · part sent twice
///     billed       = copies · part that goes to another project
package struct DoubleSend: TrafficFault {
  package static let name = "double-send"
  package static let summary = "a failover delivers twice: billed again in another project"
  package static let example = """
    fault: double-send
    from: 2027-03-05 to 2027-03-20
    lasts: 1 to 5 days
    twice: 50% to 90%
    other_project: 20% to 60%
    """

  package static let manual = KindManual(
    "copies a day = events · part of the day · twice; billed = copies · other_project",
    [
      "twice": "the part of events that is sent twice, %",
      "other_project": "the part of copies that goes to another project of the account, %",
    ], source: "PostHog tells copies by their uuid within one project (usage_report.py)")

  package static let source = FaultSource.events

  package var twice: UncertainValue
  package var otherProject: UncertainValue

  package static func read(_ keys: inout MappingReader, _ findings: inout Findings) -> DoubleSend? {
    let twice = keys.required("twice", example: "twice: 50% to 100%", &findings).flatMap {
      Quantity.share($0, "the part sent twice", example: "twice: 50% to 100%", &findings)
    }
    let other = keys.required("other_project", example: "other_project: 40%", &findings).flatMap {
      Quantity.share(
        $0, "the part that goes to another project", example: "other_project: 40%", &findings)
    }
    guard let twice, let other else { return nil }
    return DoubleSend(twice: twice, otherProject: other)
  }

  package var inputs: [UncertainInput] {
    [UncertainInput("twice", twice), UncertainInput("other_project", otherProject)]
  }

  package func units(_ base: Double, part: Double, output: Int, _ values: [Double]) -> FaultUnits {
    let copies = base * part * min(1, max(0, values[0]))
    let other = min(1, max(0, values[1]))
    return FaultUnits(billed: copies * other, duplicates: copies * (1 - other))
  }
}
