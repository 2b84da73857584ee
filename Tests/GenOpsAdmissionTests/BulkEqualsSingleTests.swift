import GenOpsGovernance
import GenOpsMetering
import GenOpsUnits
import Testing

@testable import GenOpsAdmission

@Suite("n single decisions and one decision on n")
struct BulkEqualsSingleTests {
  @Test("end in the identical state, to the nano-unit, for 1500 random accounts")
  func identicalState() throws {
    var (refusals, drops, breaches, alerts) = (0, 0, 0, 0)
    for seed in 0..<1500 as Range<UInt64> {
      let random = RandomCase(seed: seed)
      var bulk = try random.core()
      var single = try random.core()
      random.runInBulk(&bulk)
      random.runSingly(&single)
      let (a, b) = (bulk.snapshot(), single.snapshot())
      #expect(a == b, "seed \(seed)")
      if a != b { return }
      refusals += a.usageClasses.contains { $0.refused > $0.dropped } ? 1 : 0
      drops += a.usageClasses.contains { $0.dropped > 0 } ? 1 : 0
      breaches += a.budgets.contains { $0.window.breach != nil } ? 1 : 0
      alerts += a.alerts.count
    }
    // The cases must reach what they are meant to test.
    #expect(refusals > 300 && drops > 75 && breaches > 150 && alerts > 750)
  }

  @Test("return to the same start after a reset")
  func reset() throws {
    for seed in 0..<300 as Range<UInt64> {
      let random = RandomCase(seed: seed)
      var core = try random.core()
      let before = core.snapshot()
      random.runInBulk(&core)
      let first = core.snapshot()
      core.reset()
      #expect(core.snapshot() == before, "seed \(seed)")
      random.runInBulk(&core)
      #expect(core.snapshot() == first, "seed \(seed)")
    }
  }
}
