import GenOpsPostHog
import GenOpsPostHogCompatibility
import GenOpsPostHogTesting
import GenOpsTestSupport
import Testing

@Suite("The façade's old name")
struct OldNameTests {
  @Test("PostHog.capture is GenOps.capture, with the same adapter, identity and flags")
  func sameCalls() async throws {
    let base = AdapterFixture()
    let adapter = try base.adapter()
    await GenOps.withAdapter(adapter) {
      PostHog.withIdentity(RequestIdentity(distinctID: "ann")) {
        _ = PostHog.capture("signed up", ["plan": "pro"])
      }
      #expect(await PostHog.isFeatureEnabled("beta", distinctID: "ann", default: true))
      PostHog.optOut()
    }
    #expect(adapter.isOptedOut)
    #expect(base.transport.all.map(\.event.name) == ["signed up"])
    #expect(base.transport.all.map(\.event.distinctID) == ["ann"])
  }
}
