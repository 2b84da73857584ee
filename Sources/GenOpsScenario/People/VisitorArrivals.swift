package import GenOpsNumerics
package import GenOpsUnits

/// Users who arrive anonymous and become identified: see ``VisitorIdentification`` for the formula.
package struct VisitorArrivals: PeoplePart {
  package static let name = "identified"
  package static let summary = "visitors who arrive anonymous and become known session by session"
  package static let example = """
    users: 20k to 30k
    sessions: 6 to 10 per user per month
    activity: 10% of users make 50%
    events: 12 per session
    identified: {visitors: 60% to 80%, sign_in: 5% to 15% per session}
    """

  package static let manual = KindManual(
    "anonymous part = visitors · (1 - p)/(p·λ) · (1 - E[exp(-λ·p·A)]), λ sessions a month, "
      + "A activity of a user",
    [
      "visitors": "the part of a month's users who arrive anonymous, %",
      "sign_in": "p, the chance to become known at the beginning of a session, % per session",
    ],
    source: "once a user is identified, all their events are (posthog.com, blog/analytics-pricing)")

  /// The part of a month's users who arrive anonymous.
  package var visitors: UncertainValue
  /// The chance per session to become known.
  package var signIn: UncertainValue

  package static func read(_ node: Node, _ findings: inout Findings) -> VisitorArrivals? {
    var keys = MappingReader(node, "identified", &findings)
    let visitorsNode = keys.required("visitors", example: "visitors: 60% to 80%", &findings)
    let signInNode = keys.required(
      "sign_in", example: "sign_in: 5% to 15% per session", &findings)
    keys.finish(&findings)
    let visitors = visitorsNode.flatMap {
      Quantity.share($0, "the part of visitors", example: "visitors: 60% to 80%", &findings)
    }
    let signIn = signInNode.flatMap {
      PeopleText.share(
        $0, "the chance to become known", per: "session",
        example: "sign_in: 5% to 15% per session", &findings)
    }
    guard let visitors, let signIn else { return nil }
    return VisitorArrivals(visitors: visitors, signIn: signIn)
  }

  package var needs: [CrowdFact] { [.sessions] }
  package var inputs: [UncertainInput] {
    [UncertainInput("visitors", visitors), UncertainInput("sign_in", signIn)]
  }
  package var decidesIdentified: Bool { true }

  package func identifiedShare(_ crowd: Crowd, _ values: [Double]) -> Double {
    1
      - VisitorIdentification(
        visitors: min(1, max(0, values[0])), chance: values[1],
        sessions: crowd.sessionsPerUser * Crowd.daysPerMonth, spread: crowd.spread
      ).anonymousShare
  }
}
