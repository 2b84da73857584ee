import GenOpsPostHogTesting
import GenOpsTestSupport
import Testing

import GenOpsPostHog

@Suite("Who a request is from")
struct RequestIdentityTests {
  let base = AdapterFixture()

  @Test("Captures in a request belong to its person and session, in child tasks too")
  func request() async throws {
    let adapter = try base.adapter()
    let path = "/cart"
    let identity = RequestIdentity(
      distinctID: "ann", sessionID: "s-1", properties: ["path": path, "plan": "free"])
    await GenOps.withIdentity(identity) {
      await Task { _ = adapter.capture("viewed", properties: ["plan": "paid"]) }.value
      adapter.capture("other's", distinctID: "bob", properties: ["$session_id": "s-2"])
      adapter.captureException(PaymentError())
      adapter.capture("anonymous", isIdentified: false)
    }
    adapter.capture("after")
    let sent = base.transport.all.map(\.event)
    #expect(sent.map(\.distinctID).prefix(4) == ["ann", "bob", "ann", "ann"])
    #expect(
      sent[0].properties == [
        "plan": "paid", "path": "/cart", "$context_tags": ["path", "plan"], "$session_id": "s-1",
      ])
    #expect(sent.map(\.sessionID) == ["s-1", "s-2", "s-1", "s-1", nil])
    #expect(sent.map(\.processPersonProfile) == [nil, nil, nil, false, false])
    #expect(sent[4].properties["path"] == nil)
  }

  @Test("An inner identity takes from the outer one what it leaves out")
  func nested() throws {
    let adapter = try base.adapter()
    GenOps.withIdentity(RequestIdentity(sessionID: "s-1", properties: ["a": 1, "b": 1])) {
      GenOps.withIdentity(RequestIdentity(distinctID: "ann", properties: ["b": 2])) {
        _ = adapter.capture("inner")
      }
      _ = adapter.capture("outer")
    }
    let sent = base.transport.all.map(\.event)
    #expect(
      sent[0].properties == [
        "b": 2, "a": 1, "$context_tags": ["b", "a"], "$session_id": "s-1",
      ])
    #expect(sent[0].distinctID == "ann" && sent[1].processPersonProfile == false)
    #expect(RequestIdentity.current == nil)
  }

  @Test("Flags are asked for the person of the request")
  func flags() async throws {
    let flags = FlagFixture()
    let adapter = try flags.adapter()
    await GenOps.withFlags(flags.flags(adapter)) {
      #expect(await !GenOps.isFeatureEnabled("beta"))
      #expect(flags.requests(adapter) == 0)
      await GenOps.withIdentity(RequestIdentity(distinctID: "ann")) {
        #expect(await GenOps.isFeatureEnabled("beta"))
        #expect(await GenOps.getFeatureFlag("exp") == .variant("test"))
      }
    }
    #expect(flags.called.map(\.distinctID) == ["ann", "ann"])
  }
}
