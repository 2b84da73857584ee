public import GenOpsUnits

import GenOpsMetering

/// Other modes for parts of the account; see ``ScopedMode``.
public struct ModesPolicy: Policy {
  public static let name = "modes"
  public static let summary = "Another mode for an environment, a tenant or a team."
  public static let example = """
    [{"scope": {"environment": "staging"}, "mode": "advisory"}, \
    {"scope": {"customer": "acme"}, "mode": "strict"}]
    """

  public var modes: [ScopedMode]

  /// Each mode holds for its scope only.
  public init(_ modes: [ScopedMode]) { self.modes = modes }

  public init?(_ node: Node, _ findings: inout Findings) {
    var own = Findings()
    defer { findings.merge(own) }
    modes = []
    for item in node.sequence ?? [node] {
      var keys = MappingReader(item, "a scoped mode", &own)
      let scope = keys.required("scope", example: "scope: {environment: staging}", &own)
      let mode = keys.required("mode", example: "mode: advisory", &own)
        .flatMap { GovernanceMode(word: $0.text ?? "", at: $0.location, &own) }
      keys.finish(&own)
      guard let scope, let mode else { continue }
      let attribution = scope.attribution("a scope", &own)
      if attribution == .none {
        own.error(
          "scope-empty", "this scope is the whole account", help: "set 'mode' itself instead",
          at: scope.location)
      }
      modes.append(ScopedMode(scope: attribution, mode: mode))
    }
    if own.hasErrors { return nil }
  }

  public var sideEffect: String {
    "the rest of the account is governed otherwise than "
      + modes.map { "\($0.mode.rawValue) \($0.scope.words)" }.joined(separator: ", ")
  }

  public func apply(to plan: inout GovernancePlan) { plan.scopedModes += modes }
}

extension Attribution {
  /// `environment staging`.
  fileprivate var words: String {
    Attribution.dimensions.compactMap { name in self[name].map { "\(name) \($0)" } }
      .joined(separator: " ")
  }
}
