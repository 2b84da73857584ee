import GenOpsHistory
import GenOpsMetering
package import GenOpsNumerics
package import GenOpsUnits

/// AI features: a part of the sessions uses one, calls the model so often, and each call is
/// recorded as so many `$ai_…` events (generation, span, trace).
///
///     AI events a day = sessions a day · part of sessions · generations · events per generation
package struct AIUse: PeoplePart {
  package static let name = "ai"
  package static let summary = "AI events from sessions, generations and events per generation"
  package static let example = """
    users: 20k to 30k
    sessions: 6 to 10 per user per month
    ai: {sessions: 10% to 20%, generations: 3 to 6 per session, events: 3 per generation}
    """

  package static let manual = KindManual(
    "AI events a day = users · sessions a day · part of sessions · generations · events",
    [
      "sessions": "the part of sessions that uses it, %",
      "generations": "calls of a model, a number per session",
      "events": "$ai_ events of each, a number per generation",
    ])

  package var sessions: UncertainValue
  package var generations: UncertainValue
  package var events: UncertainValue

  package static func read(_ node: Node, _ findings: inout Findings) -> AIUse? {
    var keys = MappingReader(node, "ai", &findings)
    let part = keys.required("sessions", example: "sessions: 10% to 20%", &findings).flatMap {
      Quantity.share($0, "the part of sessions", example: "sessions: 10% to 20%", &findings)
    }
    let generations = keys.required(
      "generations", example: "generations: 3 to 6 per session", &findings
    ).flatMap {
      PeopleText.rate(
        $0, "the number of generations", per: "session",
        example: "generations: 3 to 6 per session", &findings)
    }
    let events = keys.required("events", example: "events: 3 per generation", &findings).flatMap {
      PeopleText.rate(
        $0, "the number of AI events", per: "generation", example: "events: 3 per generation",
        &findings)
    }
    keys.finish(&findings)
    guard let part, let generations, let events else { return nil }
    return AIUse(sessions: part, generations: generations, events: events)
  }

  package var needs: [CrowdFact] { [.users, .sessions] }
  package var inputs: [UncertainInput] {
    [
      UncertainInput("sessions", sessions), UncertainInput("generations", generations),
      UncertainInput("events", events),
    ]
  }
  package var outputs: [PeopleOutput] { [PeopleOutput(.llmEvents)] }

  package func units(_ crowd: Crowd, _ values: [Double]) -> [Double] {
    [values.reduce(crowd.sessions) { $0 * max(0, $1) }]
  }
}
