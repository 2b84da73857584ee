public import GenOpsGovernance
import GenOpsMetering
import GenOpsUnits

/// What is done to an event before it is decided on: what must not leave is taken out, consent is
/// looked up, and an event that will be journaled gets the uuid it is known by.
final class EventScreen: Sendable {
  struct Screened {
    var event: UsageEvent
    var consent: Bool?
    /// Whether a rule forbids sending it at all.
    var isForbidden = false
  }

  private let privacy: PrivacyScreen?
  private let consentRule: ConsentRule?
  private let consents: (any ConsentRegistry)?
  private let needsUUID: Bool

  /// Nil when nothing of the configuration looks at single events.
  init?(_ configuration: AdapterConfiguration) {
    let plan = configuration.effectivePlan
    privacy = plan.privacy.data.isEmpty ? nil : PrivacyScreen(plan.privacy.data)
    consentRule =
      plan.privacy.consent ?? (plan.needsConsent ? ConsentRule(purpose: "analytics") : nil)
    consents = configuration.consents
    needsUUID = configuration.journal != nil
    if privacy == nil, consentRule == nil, !needsUUID { return nil }
  }

  /// Whether ``screen(_:consent:)`` would leave an event as it is: then it need not be copied.
  func isIdle(for event: UsageEvent) -> Bool {
    privacy == nil && consentRule == nil && (!needsUUID || event.uuid != nil)
  }

  func screen(_ event: UsageEvent, consent: Bool?) -> Screened {
    var screened = Screened(event: event, consent: consent)
    if needsUUID, event.uuid == nil { screened.event.uuid = .random() }
    if let rule = consentRule {
      if rule.exempts(event.name) {
        screened.consent = true
      } else if consent == nil {
        screened.consent = consents?.consent(of: event.distinctID, for: rule.purpose)
      }
    }
    if let privacy { screened.isForbidden = privacy.screen(&screened.event) }
    return screened
  }

  /// A framework that asks for an audit trail needs somewhere to write it: strict mode does not begin without
  /// it, and the other modes say what is not kept.
  static func checkAudit(
    _ configuration: AdapterConfiguration, _ findings: inout Findings
  ) throws(FindingsError) {
    let plan = configuration.effectivePlan
    let framework = plan.compliance.first(where: \.needsAudit)?.rawValue
    guard configuration.journal == nil, !configuration.isTrial,
      let asking = framework ?? (configuration.needsAudit ? "the configuration" : nil)
    else { return }
    guard plan.mode != .strict else {
      throw FindingsError(
        "audit-without-ledger",
        "\(asking) asks for an audit log, and strict mode has no ledger to keep it in",
        help: "give the adapter a ledger (AdapterConfiguration.journal), or use enforced mode")
    }
    findings.warning(
      "audit-without-ledger",
      "\(asking) asks for an audit log, and there is no ledger to keep it in: decisions are not logged, "
        + "nothing is kept for its time, and events are sent that strict mode would refuse",
      help: "give the adapter a ledger (AdapterConfiguration.journal)")
  }
}

extension PostHogAdapter {
  /// How often rules on data changed or forbade an event, by the class of the data; empty without
  /// such rules.
  public var privacyTally: [String: PrivacyTally] { account.screen?.tally ?? [:] }
}

extension EventScreen {
  var tally: [String: PrivacyTally] { privacy?.tally ?? [:] }
}
