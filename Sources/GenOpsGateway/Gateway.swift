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
  private let landing: LandingForecast
  private let dashboard: DashboardResponder?
  private let clock: any WallClock
  private let logger: Logger

  /// Opens the ledger and makes everything ready; nothing listens yet.
  /// - Throws: What is wrong with the configuration or the ledger.
  package init(
    _ configuration: GatewayConfiguration, logger: Logger, clock: any WallClock = SystemClock()
  ) throws {
    // Times that a client does not say are those of a clock that one wrong reading does not move.
    let clock = JudgedClock(clock)
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
    self.clock = clock
    landing = LandingForecast(configuration, accounts, clock: clock, logger: logger)
    do {
      dashboard = try configuration.dashboard.map { [accounts, landing] _ in
        DashboardResponder(
          accounts: accounts,
          login: DashboardLogin(
            token: try DashboardLogin.token(configuration).token, clock: clock),
          landing: landing, isBehindProxy: configuration.isBehindProxy, clock: clock)
      }
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
  ///   - onDashboard: Told the dashboard's, where it has one.
  /// - Throws: What the server throws, such as that the port is taken.
  package func run(
    handlesSignals: Bool = true,
    onListening: @escaping @Sendable (Int) async -> Void = { _ in },
    onDashboard: @escaping @Sendable (Int) async -> Void = { _ in }
  ) async throws {
    var services: [any Service] = [AccountService(accounts: accounts)]
    if let dashboard, let address = configuration.dashboard {
      services += [landing, server(dashboard, at: address, connections: 64, onDashboard)]
    }
    let application = server(
      responder, at: ListenAddress(host: configuration.host, port: configuration.port),
      connections: configuration.limits.connections, services: services, onListening)
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

extension Gateway {
  /// A server with the limits that hold for all of the gateway's.
  private func server<Responder: HTTPResponder>(
    _ responder: Responder, at address: ListenAddress, connections: Int,
    services: [any Service] = [], _ onListening: @escaping @Sendable (Int) async -> Void
  ) -> Application<Responder> where Responder.Context == GatewayContext {
    let limits = configuration.limits
    let http = HTTP1Channel.Configuration(
      additionalChannelHandlers: [SlowClientGuard(limits)], idleTimeout: nil,
      httpDecoderConfiguration: .init(
        maxHeaderFieldSize: limits.headBytes, maxHeaderListSize: limits.headBytes,
        maxHeaderFieldCount: limits.headers))
    return Application(
      responder: responder, server: .http1(configuration: http),
      configuration: ApplicationConfiguration(
        address: .hostname(address.host, port: address.port), backlog: 1024,
        availableConnectionsDelegate: MaximumAvailableConnections(connections)),
      services: services,
      onServerRunning: { channel in await onListening(channel.localAddress?.port ?? 0) },
      logger: logger)
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
