import GenOpsGovernance
import GenOpsMetering
import GenOpsPostHog
import GenOpsUnits

/// Consent in strict mode: who agreed is tracked, who did not is not, and unknown is not yes.
func compliance(_ make: (GovernancePlan) throws -> PostHogAdapter) throws -> String {
  let adapter = try make(
    GovernancePlan(mode: .strict, requiredDimensions: ["team"], compliance: [.gdpr]))
  let answers: [(name: String, consent: Bool?)] = [
    ("agreed", true), ("refused", false), ("never asked", nil),
  ]
  var lines = answers.map { name, consent in
    "\(name): " + adapter.capture("search", distinctID: name, consent: consent).outcome.id
  }
  adapter.optOut()
  lines.append("opted out: " + adapter.capture("search", consent: true).outcome.id)
  return lines.joined(separator: "\n") + "\n"
}
