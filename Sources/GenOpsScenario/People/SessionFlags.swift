import GenOpsHistory
import GenOpsMetering
package import GenOpsNumerics
package import GenOpsUnits

/// Requests for feature flags: one when a session begins and one each time the cached answer is
/// older than its time to live; and servers that poll the definitions, each poll counting ten.
///
///     requests a day = sessions a day · (1 + mean length / TTL)
///     polls a day    = servers · 86,400 s / interval · 10
package struct SessionFlags: PeoplePart {
  package static let name = "flags"
  package static let summary = "flag requests per session and time to live, and servers that poll"
  package static let example = """
    users: 20k to 30k
    sessions: 6 to 10 per user per month
    session_length: 4 min
    flags: {ttl: 5 min, servers: 2, polling: 30 s}
    """

  package static let manual = KindManual(
    "requests a day = users · sessions a day · (1 + session_length / ttl) + "
      + "servers · 86,400 s / polling · 10",
    [
      "ttl": "how long an answer is kept, such as 5 min; once per session unless given",
      "servers": "processes that evaluate flags themselves",
      "polling": "the interval of their polls; 30 s unless given",
    ], source: "posthog.com, docs/feature-flags/cutting-costs: a poll counts as 10 requests")

  /// Seconds; nil asks once per session.
  package var timeToLive: Double?
  package var pollers: FlagPollers?

  package static func read(_ node: Node, _ findings: inout Findings) -> SessionFlags? {
    var keys = MappingReader(node, "flags", &findings)
    let ttlNode = keys.take("ttl")
    let serversNode = keys.take("servers")
    let pollingNode = keys.take("polling")
    keys.finish(&findings)
    let ttl = ttlNode.flatMap {
      Quantity.seconds($0, "the time to live", example: "ttl: 5 min", &findings)
    }
    let servers = serversNode.flatMap {
      PeopleText.count($0, "the number of servers", example: "servers: 25", &findings)
    }
    let interval = pollingNode.flatMap {
      Quantity.seconds($0, "the polling interval", example: "polling: 30 s", &findings)
    }
    if let pollingNode, serversNode == nil {
      findings.error(
        "missing-key", "an interval of polls needs the servers that poll", help: "add: servers: 25",
        at: pollingNode.location)
    }
    guard (ttl == nil) == (ttlNode == nil), (servers == nil) == (serversNode == nil),
      (interval == nil) == (pollingNode == nil)
    else { return nil }
    return SessionFlags(
      timeToLive: ttl,
      pollers: servers.map {
        FlagPollers(servers: $0, interval: interval ?? FlagPollers.defaultInterval)
      })
  }

  package var needs: [CrowdFact] {
    [.users, .sessions] + (timeToLive == nil ? [] : [.sessionLength])
  }
  package var inputs: [UncertainInput] { [] }
  package var outputs: [PeopleOutput] { [PeopleOutput(.featureFlagRequests)] }

  package func units(_ crowd: Crowd, _ values: [Double]) -> [Double] {
    [crowd.sessions * (1 + (timeToLive.map { crowd.sessionLength / $0 } ?? 0))]
  }
}
