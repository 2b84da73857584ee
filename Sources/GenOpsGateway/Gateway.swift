import AsyncHTTPClient
import GenOpsPostHog
import GenOpsPostHogHTTP
package import GenOpsUnits
import HTTPTypes
import Hummingbird
import HummingbirdCore
package import Logging
import NIOCore
import ServiceLifecycle

/// A server between PostHog's clients and PostHog: it meters, decides, keeps what it accepts, and sends it on.
package struct Gateway: Sendable {
  private let configuration: GatewayConfiguration
  private let accounts: Accounts
  private let responder: GatewayResponder
  private let client: HTTPClient
  private let logger: Logger

  /// Opens the ledger and makes everything ready; nothing listens yet.
  /// - Throws: What is wrong with the configuration or the ledger.
  package init(
    _ configuration: GatewayConfiguration, logger: Logger, clock: any WallClock = SystemClock()
  ) throws {
    self.configuration = configuration
    self.logger = logger
    client = Gateway.makeClient(configuration.limits)
    let held = HeldBytes(most: configuration.limits.heldBytes)
    let counts = GatewayCounts()
    do {
      accounts = try Accounts(
        configuration, exchange: HTTPClientExchange(client: client), logger: logger, clock: clock)
    } catch {
      client.shutdown { _ in }
      throw error
    }
    let proxy = UpstreamProxy(client: client, configuration: configuration)
    responder = GatewayResponder(
      configuration: configuration, accounts: accounts, proxy: proxy,
      capture: CaptureHandler(
        configuration: configuration, accounts: accounts, held: held, counts: counts, clock: clock),
      flags: FlagHandler(
        configuration: configuration, accounts: accounts, held: held, proxy: proxy),
      usage: UsageHandler(
        configuration: configuration, accounts: accounts, held: held, proxy: proxy, clock: clock),
      analytics: AnalyticsHandler(
        configuration: configuration, accounts: accounts, held: held, counts: counts, clock: clock),
      counts: counts, held: held)
  }

  /// A client for delivery and for what passes through.
  private static func makeClient(_ limits: GatewayLimits) -> HTTPClient {
    var configuration = HTTPClient.Configuration()
    configuration.redirectConfiguration = .disallow
    configuration.timeout.connect = TimeAmount(limits.connectTime)
    configuration.timeout.read = TimeAmount(limits.answerTime)
    configuration.connectionPool.retryConnectionEstablishment = false
    configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = 256
    return HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
  }

  /// Listens until it is told to end; then the requests under way are answered, what is left is sent for some
  /// seconds, and the ledger is closed.
  ///
  /// - Parameters:
  ///   - handlesSignals: Whether SIGTERM and SIGINT tell it to end; otherwise the group that it is a service of.
  ///   - onListening: Told the port when it listens.
  /// - Throws: What the server throws, such as that the port is taken.
  package func run(
    handlesSignals: Bool = true,
    onListening: @escaping @Sendable (Int) async -> Void = { _ in }
  ) async throws {
    let limits = configuration.limits
    let http = HTTP1Channel.Configuration(
      additionalChannelHandlers: [SlowClientGuard(limits)], idleTimeout: nil,
      httpDecoderConfiguration: .init(
        maxHeaderFieldSize: limits.headBytes, maxHeaderListSize: limits.headBytes,
        maxHeaderFieldCount: limits.headers))
    let application = Application(
      responder: responder, server: .http1(configuration: http),
      configuration: ApplicationConfiguration(
        address: .hostname(configuration.host, port: configuration.port), backlog: 1024,
        availableConnectionsDelegate: MaximumAvailableConnections(limits.connections)),
      services: [AccountService(accounts: accounts)],
      onServerRunning: { channel in await onListening(channel.localAddress?.port ?? 0) },
      logger: logger)
    var failure: (any Error)?
    do {
      if handlesSignals {
        try await application.runService()
      } else {
        try await application.runService(gracefulShutdownSignals: [])
      }
    } catch { failure = error }
    try await client.shutdown()
    if let failure { throw failure }
  }
}

/// The accounts as a service of the server: told to end after it.
private struct AccountService: Service {
  let accounts: Accounts

  func run() async throws {
    await withGracefulShutdownHandler {
      await withDiscardingTaskGroup { group in
        for account in accounts.all { group.addTask { await account.run() } }
      }
    } onGracefulShutdown: {
      for account in accounts.all { account.transport.shutDown() }
    }
  }
}
