import GenOpsGovernance
import GenOpsUnits
import Synchronization

/// An exchange that looks at where each request goes, and at who answered.
///
/// An address that was right at the start can be another one later: endpoints are failed over to, and a
/// server may answer with a redirect. What a client follows by itself is only seen afterwards, so it is told.
final class GuardedExchange: HTTPExchange {
  private let inner: any HTTPExchange
  private let state: Mutex<State>

  private struct State {
    var rule: HostRule
    /// Requests by the name of a host that the rule does not allow.
    var forbidden: [String: Int] = [:]
    /// Redirects to other hosts that were not followed, and answers that came from others.
    var redirects: [String: Int] = [:]
    var strays: [String: Int] = [:]

    /// A server can name as many hosts as it likes; the first ones tell enough.
    static func count(_ host: String, in counts: inout [String: Int]) {
      if counts[host] != nil || counts.count < 16 { counts[host, default: 0] += 1 }
    }
  }

  init(_ inner: any HTTPExchange, rule: HostRule = .anywhere) {
    self.inner = inner
    state = Mutex(State(rule: rule))
  }

  /// Several adapters may share a delivery: what one of them refuses is refused.
  func bind(_ rule: HostRule) {
    state.withLock { state in
      if rule.residency != nil || state.rule.residency == nil, !state.rule.refuses || rule.refuses {
        state.rule = rule
      }
    }
  }

  /// Whether a request to `host` would be refused.
  func refuses(_ host: PostHogHost) -> Bool {
    state.withLock { $0.rule.refuses && !$0.rule.allows(host) }
  }

  func send(_ request: WireRequest) async throws -> WireReply {
    let rule = state.withLock { $0.rule }
    let asked = Residency.name(of: request.url)
    if !rule.allows(asked) {
      state.withLock { State.count(asked, in: &$0.forbidden) }
      if rule.refuses { throw WireFailure.connection("data must not go to \(asked)") }
    }
    let reply = try await inner.send(request)
    if let url = reply.url {
      let answered = Residency.name(of: url)
      if answered != asked {
        state.withLock { State.count(answered, in: &$0.strays) }
        if rule.refuses, !rule.allows(answered) {
          throw WireFailure.connection("\(answered) answered in place of \(asked)")
        }
      }
    } else if (300..<400).contains(reply.status), let location = reply.header("Location") {
      let named = Residency.name(of: location)
      if location.contains("//"), named != asked {
        state.withLock { State.count(named, in: &$0.redirects) }
      }
    }
    return reply
  }

  /// Where requests went, or were sent on to, that they should not.
  var findings: Findings {
    let state = state.withLock { $0 }
    var findings = Findings()
    for (host, count) in state.forbidden.sorted(by: { $0.key < $1.key }) {
      let region = state.rule.residency?.region.rawValue ?? ""
      findings.warning(
        "data-residency",
        "data must stay in '\(region)': \(count) requests to \(host) were "
          + (state.rule.refuses ? "refused" : "sent all the same"),
        help: "set POSTHOG_HOST to https://\(region).posthog.com; strict mode refuses other hosts")
    }
    for (host, count) in state.redirects.sorted(by: { $0.key < $1.key }) {
      findings.warning(
        "redirect-not-followed", "\(count) answers were redirects to \(host), which is not asked",
        help: "set POSTHOG_HOST to the address that is meant")
    }
    for (host, count) in state.strays.sorted(by: { $0.key < $1.key }) {
      findings.warning(
        "redirect-followed", "\(count) answers came from \(host), where redirects led",
        help: "give a client that follows none: HTTPClientExchange.makeClient()")
    }
    return findings
  }
}
