import GenOpsHistory
package import GenOpsNumerics
package import GenOpsUnits

/// Devices whose clock is wrong: their events are of another day, so that they are billed in
/// another period, or in none once that is closed, and are missing where they are looked for.
///
///     moved a day = events of the day · part of the day · part of the devices
package struct ClockSkew: TrafficFault {
  package static let name = "clock-skew"
  package static let summary = "events dated days off: billed in another period, or in none"
  package static let example = """
    fault: clock-skew
    from: 2027-03-05 to 2027-03-20
    lasts: 2 to 4 weeks
    part: 2% to 10%
    off: -40 to -20 days
    """

  package static let manual = KindManual(
    "moved a day = events · part of the day · part; they are billed in the period of their timestamp",
    [
      "part": "the part of events with a wrong clock, %",
      "off": "by how many days, negative in the past, such as -40 to -20 days",
    ])

  package static let source = FaultSource.events
  package static let moves = true

  package var part: UncertainValue
  /// Days; negative is in the past.
  package var off: UncertainValue

  package static func read(_ keys: inout MappingReader, _ findings: inout Findings) -> ClockSkew? {
    let part = keys.required("part", example: "part: 2% to 10%", &findings).flatMap {
      Quantity.share($0, "the part of events", example: "part: 2% to 10%", &findings)
    }
    let off = keys.required("off", example: "off: -40 to -20 days", &findings).flatMap {
      FaultText.days($0, "by how much the clocks are off", example: "off: -40 days", &findings)
    }
    guard let part, let off else { return nil }
    return ClockSkew(part: part, off: off)
  }

  package var inputs: [UncertainInput] {
    [UncertainInput("part", part), UncertainInput("off", off)]
  }

  package func units(_ base: Double, part: Double, output: Int, _ values: [Double]) -> FaultUnits {
    FaultUnits(billed: base * part * min(1, max(0, values[0])))
  }

  package func shift(_ values: [Double]) -> Int {
    Int(min(3_650, max(-3_650, values[1])).rounded())
  }
}
