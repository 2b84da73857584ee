import GenOpsTestSupport
import GenOpsUnits
import Testing

@testable import GenOpsHistory

/// A file cut or flipped anywhere is read or refused with a finding: never fatal, nothing silent.
struct `Damaged files` {
  @Test func `of a history or a bill are read or refused`() throws {
    let usage = try ScenarioFolder.bytes("billing/usage.csv")
    let bill = try ScenarioFolder.bytes("billing/billing.json")
    let pages = Array(try ScenarioFolder.bytes("data/wikipedia_page_views.csv").prefix(3000))
    // Two short rows keep the damage dense.
    let short = Array(
      "Product,Project,Project ID,2027-02-01,2027-02-02\nEvents,\"Web, shop\",1,100,2e2\n".utf8)
    var damage = Damage(seed: 7)
    for _ in 0..<300 {
      _ = UsageHistory.read(damage.applied(to: short), name: "usage.csv")
      _ = UsageHistory.read(damage.applied(to: pages), name: "pages.csv")
    }
    for _ in 0..<6 {
      let cut = damage.applied(to: usage)
      let history = UsageHistory.read(cut, name: "usage.csv")
      #expect(!history.series.isEmpty || !history.findings.all.isEmpty)
    }
    for _ in 0..<60 {
      let statement = BillingStatement.read(damage.applied(to: bill), name: "billing.json")
      #expect(statement.current != nil || !statement.findings.all.isEmpty)
    }
  }
}
