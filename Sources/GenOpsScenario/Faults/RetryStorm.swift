import GenOpsHistory
package import GenOpsNumerics
package import GenOpsUnits

/// Answers are lost and clients send their events again. A client that keeps the uuid makes a
/// duplicate, which PostHog counts once; one that sends none (PostHog's Python library 3.7) makes a
/// new event each time.
///
///     copies a day = events of the day · part of the day · part that fails · resends
///     billed       = copies · part without uuid
package struct RetryStorm: TrafficFault {
  package static let name = "retry-storm"
  package static let summary = "clients send their events again: duplicates, billed without a uuid"
  package static let example = """
    fault: retry-storm
    from: 2027-03-05 to 2027-03-20
    lasts: 2 to 12 hours
    fails: 20% to 60%
    resends: 3 to 9 per event
    without_uuid: 5% to 15%
    """

  package static let manual = KindManual(
    "copies a day = events · part of the day · fails · resends; billed = copies · without_uuid",
    [
      "fails": "the part of events whose answer is lost, %",
      "resends": "copies, a number per event",
      "without_uuid": "the part of copies without a uuid, %",
    ],
    source: "PostHog counts two events of one day, name, person and uuid once (usage_report.py); "
      + "its Python library 3.7 sends no uuid")

  package static let source = FaultSource.events

  /// The part of events whose answer is lost.
  package var fails: UncertainValue
  /// Copies of each of them.
  package var resends: UncertainValue
  /// The part of copies that carry no uuid.
  package var withoutUUID: UncertainValue

  package static func read(_ keys: inout MappingReader, _ findings: inout Findings) -> RetryStorm? {
    let fails = keys.required("fails", example: "fails: 20% to 60%", &findings).flatMap {
      Quantity.share($0, "the part that fails", example: "fails: 20% to 60%", &findings)
    }
    let resends = keys.required("resends", example: "resends: 3 per event", &findings).flatMap {
      PeopleText.rate(
        $0, "the number of copies", per: "event", example: "resends: 3 per event", &findings)
    }
    let without = keys.required("without_uuid", example: "without_uuid: 10%", &findings).flatMap {
      Quantity.share($0, "the part without a uuid", example: "without_uuid: 10%", &findings)
    }
    guard let fails, let resends, let without else { return nil }
    return RetryStorm(fails: fails, resends: resends, withoutUUID: without)
  }

  package var inputs: [UncertainInput] {
    [
      UncertainInput("fails", fails), UncertainInput("resends", resends),
      UncertainInput("without_uuid", withoutUUID),
    ]
  }

  package func units(_ base: Double, part: Double, output: Int, _ values: [Double]) -> FaultUnits {
    let copies = base * part * min(1, max(0, values[0])) * max(0, values[1])
    let new = min(1, max(0, values[2]))
    return FaultUnits(billed: copies * new, duplicates: copies * (1 - new))
  }
}
