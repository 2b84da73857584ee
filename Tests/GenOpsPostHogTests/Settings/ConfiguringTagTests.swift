import GenOpsMetering
import GenOpsUnits
import Testing

@testable import GenOpsPostHog

@Suite("Tags that only configure")
struct ConfiguringTagTests {
  @Test("are on no event; labels and what says something of the event are")
  func stay() {
    var tags = Dictionary(uniqueKeysWithValues: TagMeaning.configuring.map { ($0, "x") })
    tags["alert_webhook"] = "https://hooks.example/secret"
    tags["compliance_framework"] = "gdpr"
    tags["sla_level"] = "premium"
    tags["platform"] = "ios"
    let owner = EventOwner(Attribution(team: "growth"), tags: tags)
    #expect(
      owner.members.map(\.key) == [
        "genops_team", "genops_tag_compliance_framework", "genops_tag_platform",
        "genops_tag_sla_level",
      ])
    #expect(owner.level == .premium)
  }
}
