package import GenOpsPostHog
import GenOpsUnits

/// Everything that a gateway is made of.
package struct GatewayConfiguration: Sendable {
  /// The address to listen on.
  package var host = "127.0.0.1"
  /// 0 is a port of the system's choice.
  package var port = 8080
  /// Where events and everything else go.
  package var upstream = PostHogHost.us
  /// The folder of the ledger.
  package var ledger = "genops-gateway"
  /// In front of all paths, as clients write it in their host; empty for none.
  package var pathPrefix = ""
  /// The default account first; it takes every key that no other one names.
  package var accounts: [AccountConfiguration] = []
  package var attribution: [AttributionRule] = []
  package var limits = GatewayLimits()
  /// Whether a proxy stands before the gateway, whose `X-Forwarded-For` is true.
  package var isBehindProxy = false
  /// Asked for at `/metrics`; nil lets everybody read.
  package var metricsToken: Secret?
  /// Where the dashboard listens; nil for none.
  package var dashboard: ListenAddress?
  /// What it asks for; nil for a token that is made and kept beside the ledger.
  package var dashboardToken: Secret?
  /// Where the program `genops` is, which the dashboard asks for forecasts; nil for none.
  package var workbench: String?

  package init() {}

  /// Where files of PostHog's web library are: a host of their own in its clouds.
  var assets: PostHogHost {
    guard let region = upstream.region,
      let host = try? PostHogHost("https://\(region)-assets.i.posthog.com")
    else { return upstream }
    return host
  }
}

/// One billing account: an organization of PostHog, whose projects share tiers and free allotments.
package struct AccountConfiguration: Sendable {
  package var name: String
  /// The keys of its projects.
  package var keys: Set<String>
  package var settings: AdapterSettings

  /// `keys` are project keys, `phc_…`.
  package init(name: String, keys: Set<String> = [], settings: AdapterSettings) {
    self.name = name
    self.keys = keys
    self.settings = settings
  }
}

/// What one client may take of the gateway.
package struct GatewayLimits: Sendable {
  /// Bytes of a body as it comes: PostHog takes 20 MB.
  package var bodyBytes = 20 << 20
  /// Bytes of a body of recordings: PostHog takes 25 MB.
  package var recordingBytes = 64 << 20
  /// Bytes that a body may unpack to.
  package var unpackedBytes = 64 << 20
  /// Bytes of all bodies that are held at the same time.
  package var heldBytes = 512 << 20
  /// Connections at the same time; further ones wait.
  package var connections = 4096
  /// Bytes of all headers of a request, and how many.
  package var headBytes = 32 * 1024
  package var headers = 128
  /// How long the head of a request may take, and its body.
  package var headTime = Duration.seconds(15)
  package var bodyTime = Duration.seconds(60)
  /// How long a connection may stand idle.
  package var idleTime = Duration.seconds(75)
  /// How long PostHog may take to be connected, and to begin an answer.
  package var connectTime = Duration.seconds(5)
  package var answerTime = Duration.seconds(60)
  /// How long the end may take to send what is left.
  package var drainTime = Duration.seconds(10)
  /// Keys of projects that no account names.
  package var unnamedKeys = 256

  package init() {}
}
