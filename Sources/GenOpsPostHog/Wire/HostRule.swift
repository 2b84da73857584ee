public import GenOpsGovernance
import GenOpsUnits

/// Where requests may go, and what becomes of one that may not. It comes from the plan of an adapter and
/// holds for its delivery and its flags.
public struct HostRule: Sendable, Hashable {
  /// Nil lets requests go anywhere.
  public var residency: Residency?
  /// Whether a request to another host is refused, as in strict mode. Otherwise it is sent and told.
  public var refuses: Bool

  /// Lets requests go anywhere.
  public static let anywhere = HostRule()

  /// `refuses` says what becomes of a request to a host that is not allowed.
  public init(_ residency: Residency? = nil, refuses: Bool = false) {
    self.residency = residency
    self.refuses = refuses
  }

  /// Whether data may go to `host`, a name or an address.
  public func allows(_ host: String) -> Bool { residency?.allows(host: host) ?? true }

  /// Whether data may go to `host`.
  public func allows(_ host: PostHogHost) -> Bool { allows(host.description) }

  /// Says of each host that data may not go to it: an error where that is refused.
  func check(_ hosts: [PostHogHost], _ findings: inout Findings) {
    guard let region = residency?.region.rawValue else { return }
    for host in hosts where !allows(host) {
      let place = host.region.map { "is in '\($0)'" } ?? "is not known to lie there"
      let message = "data must stay in '\(region)' and \(host) \(place)"
      let help =
        "set POSTHOG_HOST to https://\(region).posthog.com, or list the host in the residency policy"
      if refuses {
        findings.error("data-residency", message, help: help)
      } else {
        findings.warning("data-residency", message + "; strict mode would refuse it", help: help)
      }
    }
  }
}
