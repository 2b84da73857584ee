public import GenOpsUnits

/// Teams whose events are sent; see ``EventRules/allowedTeams``.
public struct TeamAccessPolicy: Policy {
  public static let name = "team-access"
  public static let summary = "Refuses the events of every team but these."
  public static let example = #"{"allowed_teams": ["growth", "core"]}"#

  public var teams: [String]
  /// False does nothing.
  public var isEnabled: Bool

  /// An event without a team belongs to none of them.
  public init(_ teams: [String], isEnabled: Bool = true) {
    self.teams = teams
    self.isEnabled = isEnabled
  }

  public init?(_ node: Node, _ findings: inout Findings) {
    var own = Findings()
    defer { findings.merge(own) }
    teams = []
    var keys = MappingReader(node, "a team access", &own)
    let list = keys.required("allowed_teams", example: "allowed_teams: [growth]", &own)
    for item in list.map({ $0.sequence ?? [$0] }) ?? [] {
      if let team = item.text, !team.isEmpty {
        teams.append(team)
      } else {
        own.error(
          "team-name", "this is not the name of a team", help: "write for example growth",
          at: item.location)
      }
    }
    isEnabled = keys.takeEnabled(&own)
    keys.finish(&own)
    if own.hasErrors { return nil }
  }

  public var sideEffect: String {
    isEnabled
      ? "refuses the events of every team but \(teams.joined(separator: ", "))"
      : "nothing: it is not enabled"
  }

  public func apply(to plan: inout GovernancePlan) {
    guard isEnabled else { return }
    // Two of them together let through what both do.
    plan.eventRules.allowedTeams =
      plan.eventRules.allowedTeams.map { $0.filter(teams.contains) } ?? teams
  }
}
