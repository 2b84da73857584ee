import GenOpsGovernance
import GenOpsMetering
import GenOpsUnits
import Testing

@testable import GenOpsPostHog

@Suite("Sessions")
struct SessionTests {
  let base = AdapterTests()

  @Test("A session counts what is captured in it, in child tasks too, and no more after its end")
  func counts() async throws {
    let adapter = try base.adapter()
    let session = await adapter.withSession(
      "onboarding", attribution: Attribution(customer: "acme")
    ) {
      session in
      #expect(adapter.costSummary().activeSessions == 1)
      adapter.capture(base.event(1, identified: true))
      await withTaskGroup { group in
        for number in 2..<12 { group.addTask { _ = adapter.capture(base.event(number)) } }
      }
      adapter.capture(base.event(1, identified: true))
      adapter.record(.flagRequest, count: 3)
      return session
    }
    adapter.capture(base.event(50), session: session)
    let totals = session.summary
    #expect(totals.eventsCaptured == 11 && totals.identifiedEvents == 1 && totals.duplicates == 1)
    #expect(totals.flagsEvaluated == 3 && totals.cost.nanos == 11 * 50_000 && totals.end != nil)
    #expect(session.attribution.customer == "acme" && session.attribution.team == "growth")
    #expect(adapter.costSummary().activeSessions == 0)
    #expect(base.transport.all.first?.stamp.owner.attribution.customer == "acme")
  }

  @Test("A session ends when its body throws")
  func throwing() throws {
    struct Failed: Error {}
    let adapter = try base.adapter()
    var escaped: AnalyticsSession?
    #expect(throws: Failed.self) {
      try adapter.withSession("broken") { session in
        escaped = session
        adapter.capture(base.event(1))
        throw Failed()
      }
    }
    #expect(escaped?.isClosed == true && escaped?.summary.eventsCaptured == 1)
    #expect(adapter.costSummary().activeSessions == 0)
    #expect(AnalyticsSession.current == nil)
  }

  @Test("Strict mode refuses what names a closed session")
  func closed() throws {
    let adapter = try base.adapter(GovernancePlan(mode: .strict))
    let session = adapter.withSession("done") { $0 }
    #expect(adapter.capture(base.event(1), session: session) == .refused(Refusal(.attribution)))
    #expect(adapter.capture(base.event(1)).wasSent)
  }

  @Test("The sessions' costs add up to the account's")
  func addUp() throws {
    let adapter = try base.adapter(used: 999_990)
    var sum: Int64 = 0
    for part in 0..<5 {
      sum += adapter.withSession("part \(part)") { session in
        for number in 0..<10 { adapter.capture(base.event(part * 10 + number)) }
        return session.summary.cost.nanos
      }
    }
    #expect(sum == 40 * 50_000)
    #expect(adapter.costSummary().dailyCosts.nanos == sum)
  }
}
