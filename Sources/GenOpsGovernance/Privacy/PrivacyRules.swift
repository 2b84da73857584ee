import GenOpsUnits

import GenOpsMetering

/// What may leave the application, how long it is kept, and where it may go.
public struct PrivacyRules: Sendable, Hashable {
  /// Tried in order; the first rule that fits a property decides.
  public var data: [DataRule]
  /// Nil when no consent is required.
  public var consent: ConsentRule?
  public var retention: RetentionRules
  /// Nil lets data go anywhere.
  public var residency: Residency?

  /// No rule.
  public static let none = PrivacyRules()

  /// What is left out asks for nothing.
  public init(
    data: [DataRule] = [], consent: ConsentRule? = nil, retention: RetentionRules = .init(),
    residency: Residency? = nil
  ) {
    self.data = data
    self.consent = consent
    self.retention = retention
    self.residency = residency
  }

  /// Reports what contradicts a framework.
  func validate(_ frameworks: [ComplianceFramework], _ findings: inout Findings) {
    for framework in frameworks {
      guard let floor = framework.auditFloor, let kept = retention.audit, kept < floor else {
        continue
      }
      findings.warning(
        "retention-too-short",
        "\(framework.rawValue) asks for an audit log of \(floor), more than \(kept); "
          + "\(floor) are kept",
        help: "write: audit: \(floor)")
    }
  }

  /// Whether data may go to `host`, a name or a URL.
  public func allows(host: String) -> Bool { residency?.allows(host: host) ?? true }
}

/// What is done with a property that a rule fits.
public enum DataAction: String, Sendable, Hashable, CaseIterable {
  /// It leaves as it is; later rules do not look at it.
  case allow
  /// Replaced by a fingerprint that is the same for the same value and salt.
  case hash
  /// Replaced by `[redacted]`.
  case redact
  /// Left out.
  case remove
  /// Strict mode refuses the event; the other modes leave the property out.
  case block
}

/// Where data may go.
public struct Residency: Sendable, Hashable {
  /// PostHog's clouds.
  public enum Region: String, Sendable, Hashable, CaseIterable { case us, eu }

  public var region: Region
  /// Hosts of one's own that lie in the region.
  public var hosts: [String]

  /// `hosts` are those of your own that lie in the region, besides PostHog's.
  public init(_ region: Region, hosts: [String] = []) {
    self.region = region
    self.hosts = hosts.map { Residency.name(of: $0) }
  }

  /// Whether `host` (a name or URL) lies in the region. `app.posthog.com` is the American cloud. A
  /// host that is neither PostHog's nor listed is not known to lie anywhere, so it is not allowed.
  public func allows(host: String) -> Bool {
    let name = Residency.name(of: host)
    if hosts.contains(name) { return true }
    guard name.hasSuffix(".posthog.com") else { return false }
    // eu.posthog.com, eu.i.posthog.com, eu-assets.i.posthog.com
    let first = name.prefix { $0 != "." && $0 != "-" }
    return first == region.rawValue || (first == "app" && region == .us)
  }

  /// `https://eu.i.posthog.com:443/batch/` as `eu.i.posthog.com`.
  package static func name(of host: String) -> String {
    var rest = host[...]
    if let scheme = rest.firstRange(of: "://") { rest = rest[scheme.upperBound...] }
    rest = rest.prefix { $0 != "/" && $0 != "?" && $0 != "#" }
    if let user = rest.lastIndex(of: "@") { rest = rest[rest.index(after: user)...] }
    var name = rest.prefix { $0 != ":" }.lowercased()
    while name.hasSuffix(".") { name.removeLast() }
    return name
  }
}
