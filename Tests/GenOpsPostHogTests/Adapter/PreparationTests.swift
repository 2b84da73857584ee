import GenOpsGovernance
import GenOpsMetering
import GenOpsPostHogTesting
import GenOpsTestSupport
import GenOpsUnits
import Testing

@testable import GenOpsPostHog

@Suite("Before an event is decided on")
struct PreparationTests {
  let base = AdapterFixture()

  @Test("Super properties go out with every event, and an event's own win")
  func superProperties() throws {
    let adapter = try base.adapter()
    adapter.register(["app": "shop", "plan": "free"])
    adapter.register(["plan": "paid"])
    adapter.capture("search", distinctID: "ann", properties: ["app": "admin"])
    adapter.unregister("plan")
    adapter.capture("search", distinctID: "ann")
    let sent = base.transport.all.map(\.event.properties)
    #expect(sent[0]["app"] == "admin" && sent[0]["plan"] == "paid")
    #expect(sent[1]["app"] == "shop" && sent[1]["plan"] == nil)
  }

  @Test("A view begins with the super properties of its adapter and changes only its own")
  func views() throws {
    let adapter = try base.adapter()
    adapter.register(["app": "shop"])
    let tenant = adapter.view(Attribution(customer: "acme"))
    tenant.register(["tier": "gold"])
    #expect(tenant.superProperties == ["app": "shop", "tier": "gold"])
    #expect(adapter.superProperties == ["app": "shop"])
  }

  @Test("A super property that metering reads is metered")
  func meteredSuperProperty() throws {
    let adapter = try base.adapter { $0.opening.current[.identifiedEvents] = 1_000_000 }
    adapter.register(["$process_person_profile": false])
    let event = UsageEvent(name: "search", distinctID: "ann", timestamp: base.clock.now())
    #expect(adapter.capture(event) == .sent(cost: Money(nanos: 50_000)))
  }

  @Test("Opting out refuses, counts and can be ended")
  func optOut() throws {
    let adapter = try base.adapter()
    adapter.optOut()
    let view = adapter.view(Attribution(customer: "acme"))
    #expect(view.isOptedOut)
    #expect(view.capture(base.event(1)) == .refused(Refusal(.optOut)))
    #expect(adapter.startRecording("r1") == .refused(Refusal(.optOut)))
    #expect(adapter.findings().all.map(\.code) == ["opt-out"])
    adapter.optIn()
    #expect(adapter.capture(base.event(1)).wasSent)
    #expect(base.transport.all.count == 1)
  }

  @Test("The hook changes what is metered and sent, or keeps it back")
  func hook() throws {
    let adapter = try base.adapter {
      $0.beforeSend = { event in
        if event.name == "secret" { return nil }
        var event = event
        event.name = "$feature_flag_called"
        return event
      }
    }
    let session = adapter.withSession("work") { session in
      #expect(adapter.capture("secret").outcome == .refused(Refusal(.beforeSend)))
      #expect(adapter.capture("search").outcome == .sent(cost: .zero))
      return session
    }
    #expect(session.summary.refused == 1 && session.summary.eventsCaptured == 1)
    #expect(base.transport.all.map(\.event.name) == ["$feature_flag_called"])
    #expect(adapter.findings().all.map(\.message) == ["1 events were kept back by the hook"])
  }

  @Test("Nobody can write governance's own properties")
  func reserved() throws {
    let adapter = try base.adapter {
      $0.tags = ["platform": "ios", "app_version": "2.1.0", "team_tier": "premium"]
      $0.attribution = Attribution(
        team: "growth", project: "shop", environment: "production", customer: "acme",
        costCenter: "product")
    }
    let forged: JSONValue = ["genops_team": "other", "genops_cost_estimated": 0, "plan": "paid"]
    adapter.register(["genops_project": "other"])
    let receipt = adapter.capture(
      "search", distinctID: "ann", properties: forged, isIdentified: true)
    #expect(receipt.wasSent)
    let sent = try #require(base.transport.all.first)
    #expect(
      sent.stamp.outgoing(sent.event.properties, at: base.clock.now()) == [
        "plan": "paid", "genops_team": "growth", "genops_project": "shop",
        "genops_environment": "production", "genops_customer_id": "acme",
        "genops_cost_center": "product", "genops_tag_app_version": "2.1.0",
        "genops_tag_platform": "ios", "genops_tag_team_tier": "premium",
        "genops_timestamp": "2027-01-10T12:00:00Z", "genops_cost_estimated": .number("0.00005"),
      ])
  }
}
