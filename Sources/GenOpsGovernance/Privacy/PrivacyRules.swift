import GenOpsUnits

public import GenOpsMetering

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

/// Consent that is asked for before an event is sent.
public struct ConsentRule: Sendable, Hashable {
  /// What people agree to, a name of the application's: `analytics`.
  public var purpose: String
  /// Event names that are sent without it.
  public var exempt: [NamePattern]

  /// `exempt` are names of events, as `NamePattern` reads them.
  public init(purpose: String, exempt: [String] = []) {
    self.purpose = purpose
    self.exempt = exempt.map { NamePattern($0) }
  }

  /// Whether an event of this name is sent without consent.
  public func exempts(_ eventName: String) -> Bool { exempt.contains { $0.matches(eventName) } }
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

/// A class of data and what is done with it.
public struct DataRule: Sendable, Hashable {
  /// `personal`, `health`, `secret`, …: what it is counted under.
  public var dataClass: String
  /// Names of properties, at any depth.
  public var properties: [NamePattern]
  /// Kinds of values, whatever the property is called.
  public var values: [ValueKind]
  public var action: DataAction
  /// Goes into ``DataAction/hash``, so that nobody can try out values against it.
  public var salt: String

  /// A property fits by its name, which may have stars, or by its value.
  public init(
    _ dataClass: String, properties: [String] = [], values: [ValueKind] = [], action: DataAction,
    salt: String = ""
  ) {
    self.dataClass = dataClass
    self.properties = properties.map { NamePattern($0) }
    self.values = values
    self.action = action
    self.salt = salt
  }
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
  private static func name(of host: String) -> String {
    var rest = host[...]
    if let scheme = rest.firstRange(of: "://") { rest = rest[scheme.upperBound...] }
    rest = rest.prefix { $0 != "/" && $0 != "?" && $0 != "#" }
    if let user = rest.lastIndex(of: "@") { rest = rest[rest.index(after: user)...] }
    var name = rest.prefix { $0 != ":" }.lowercased()
    while name.hasSuffix(".") { name.removeLast() }
    return name
  }
}

extension DataRule: CustomStringConvertible, CustomReflectable {
  /// Without the salt, which would let anybody try out values against the fingerprints.
  public var description: String { "\(dataClass): \(action.rawValue)" }
  public var customMirror: Mirror { Mirror(self, children: ["rule": description]) }
}
