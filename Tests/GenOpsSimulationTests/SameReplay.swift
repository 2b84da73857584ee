import GenOpsIngestion
import GenOpsMetering
import GenOpsUnits
import Testing

@testable import GenOpsSimulation

/// Two replays that must have come to the same in everything.
func expectSame(_ passed: EventReplay, _ held: EventReplay) {
  #expect(passed.read == held.read)
  #expect(passed.malformed.map(\.reason) == held.malformed.map(\.reason))
  #expect(passed.malformed.map(\.count) == held.malformed.map(\.count))
  #expect(passed.duplicates == held.duplicates)
  #expect(passed.usageClasses.map(\.usageClass) == held.usageClasses.map(\.usageClass))
  #expect(passed.usageClasses.map(\.tally) == held.usageClasses.map(\.tally))
  #expect(passed.meters.map(\.total) == held.meters.map(\.total))
  #expect(passed.days.map(\.day) == held.days.map(\.day))
  #expect(passed.days.map(\.usage) == held.days.map(\.usage))
  #expect(passed.days.map(\.events) == held.days.map(\.events))
  #expect(passed.beginsWithin == held.beginsWithin)
  #expect(passed.endsWithin == held.endsWithin)
  #expect(passed.names == held.names)
  #expect(passed.alerts == held.alerts)
  #expect(passed.findings.all == held.findings.all)
}
