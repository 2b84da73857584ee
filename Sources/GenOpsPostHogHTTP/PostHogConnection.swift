public import GenOpsPostHog

/// What a ``PostHogConnectionCheck`` found.
public struct PostHogConnection: Sendable {
  /// How the host answered.
  public enum Answer: Sendable, Hashable {
    /// PostHog is there and knows the key.
    case accepted
    /// PostHog is there and does not know the key.
    case keyRefused
    /// Somebody is there, and says for now that it cannot answer: 408, 429 or 5xx.
    case busy(status: Int)
    /// Somebody is there who does not answer as PostHog does: a wrong host or path.
    case notPostHog(status: Int)
    /// Nobody is there, or not in time. The text holds no key.
    case unreachable(String)
    /// There is no project key to ask with, so nothing was sent.
    case noProjectKey
  }

  public var host: PostHogHost
  /// Shows itself as `phc_…`.
  public var key: Secret
  public var answer: Answer
  /// What was asked, at which address, and how long it took; empty unless that was asked for.
  public var steps: [SetupStep] = []

  /// Whether events would be taken, as far as can be known without sending one.
  public var isGood: Bool { answer == .accepted }

  /// What is so and what would be right, in the form of `genops doctor`.
  public var issues: [SetupReport.Issue] {
    switch answer {
    case .accepted:
      [
        .init(.success, "Connection", "\(host) answers"),
        .init(.success, "API key", "PostHog knows the key (\(key))"),
      ]
    case .keyRefused:
      [
        .init(.success, "Connection", "\(host) answers"),
        .init(
          .error, "API key", "PostHog does not know the key (\(key))",
          recommendation: keyAdvice, fixCommand: "export POSTHOG_API_KEY=phc_…",
          documentationLink: page),
      ]
    case .busy(let status):
      [
        .init(
          .warning, "Connection", "\(host) answers \(status): it cannot say now",
          recommendation: "check again later; delivery keeps events until then",
          documentationLink: page)
      ]
    case .notPostHog(let status):
      [
        .init(
          .error, "Host", "\(host) answers \(status), and not as PostHog does",
          recommendation: hostAdvice, fixCommand: "export POSTHOG_HOST=https://us.posthog.com",
          documentationLink: page)
      ]
    case .unreachable(let why):
      [
        .init(
          .error, "Connection", "\(host) cannot be reached: \(why)",
          recommendation:
            "check name, port and scheme of the host, then the network, a firewall or a proxy",
          documentationLink: page)
      ]
    case .noProjectKey:
      [
        .init(
          .error, "API key", "there is no project key (\(key)); nothing was sent",
          recommendation: "take the project's key from PostHog > Settings > Project",
          fixCommand: "export POSTHOG_API_KEY=phc_…", documentationLink: page)
      ]
    }
  }

  private var page: String { "docs/delivery.md" }

  private var keyAdvice: String {
    switch host.region {
    case "us": "copy it from PostHog > Settings > Project; a project in the EU is at eu.posthog.com"
    case "eu": "copy it from PostHog > Settings > Project; a project in the US is at us.posthog.com"
    default:
      "copy it from PostHog > Settings > Project; a proxy must set the Host header to PostHog's"
    }
  }

  private var hostAdvice: String {
    host.region == nil
      ? "a proxy must pass all of PostHog's paths on: check its address and path"
      : "something in between answers for PostHog: check the network's proxy"
  }
}
