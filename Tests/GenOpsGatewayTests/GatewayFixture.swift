import AsyncHTTPClient
import Foundation
import GenOpsLedger
import GenOpsPostHog
import GenOpsPostHogTesting
import GenOpsUnits
import Logging
import NIOCore
import NIOHTTP1
import ServiceLifecycle

@testable import GenOpsGateway

/// A gateway on loopback before a PostHog on loopback, in a folder of their own.
final class GatewayFixture: Sendable {
  let upstream = UpstreamDouble()
  let clock = ManualClock("2027-01-10T12:00:00Z")
  let folder: URL
  let client: HTTPClient

  init() throws {
    folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("genops-gateway-\(UInt64.random(in: 0 ... .max))")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    var configuration = HTTPClient.Configuration()
    configuration.redirectConfiguration = .disallow
    configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = 64
    client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
  }

  deinit {
    client.shutdown { _ in }
    try? FileManager.default.removeItem(at: folder)
  }

  /// What of a gateway is not as it usually is.
  struct Change: Sendable {
    /// Of the default account, by the names of the environment.
    var settings: [String: String] = [:]
    /// A million events are behind it: an anonymous one costs 0.00005 USD.
    var opening = "events=1000000, feature_flag_requests=1000000, session_recordings=5000, others=0"
    var isUpstreamUp = true
    /// A dashboard listens that asks for this token.
    var dashboardToken: String?
    var configure: @Sendable (inout GatewayConfiguration) -> Void = { _ in }
  }

  /// Runs a gateway while `body` does, and ends it as SIGTERM does.
  func run(
    _ change: Change = Change(), _ body: @escaping @Sendable (GatewayAtWork) async throws -> Void
  ) async throws {
    let (upstreamPort, upstreamTell) = AsyncStream<Int>.makeStream()
    let double = ServiceGroup(
      services: [upstream.application { upstreamTell.yield($0) }], logger: GatewayFixture.quiet)
    try await withThrowingTaskGroup(of: Void.self) { group in
      // A port that is only held refuses connections, and belongs to this test meanwhile.
      var port = 1
      if change.isUpstreamUp {
        group.addTask { try await double.run() }
        for await told in upstreamPort {
          port = told
          break
        }
      }
      let gateway = try gateway(change, upstream: port)
      let (gatewayPort, tell) = AsyncStream<Int>.makeStream()
      let (dashboardPort, tellDashboard) = AsyncStream<Int>.makeStream()
      let service = ServiceGroup(
        services: [
          GatewayService(
            gateway: gateway, onListening: { tell.yield($0) },
            onDashboard: { tellDashboard.yield($0) })
        ], logger: GatewayFixture.quiet)
      group.addTask { try await service.run() }
      for await told in gatewayPort {
        do {
          var atWork = GatewayAtWork(fixture: self, port: told)
          if change.dashboardToken != nil {
            for await told in dashboardPort {
              atWork.dashboardPort = told
              break
            }
          }
          try await body(atWork)
        } catch {
          await service.triggerGracefulShutdown()
          await double.triggerGracefulShutdown()
          throw error
        }
        break
      }
      await service.triggerGracefulShutdown()
      if change.isUpstreamUp {
        _ = try await group.next()
        await double.triggerGracefulShutdown()
      }
      try await group.waitForAll()
    }
  }

  private func gateway(_ change: Change, upstream port: Int) throws -> Gateway {
    var variables = ["GENOPS_OPENING_USAGE": change.opening, "GENOPS_TEAM": "web"]
    variables.merge(change.settings) { _, own in own }
    let settings = GatewayFixture.settings(variables)
    var configuration = GatewayConfiguration()
    configuration.port = 0
    configuration.upstream = try PostHogHost("http://127.0.0.1:\(port)")
    configuration.ledger = folder.path
    configuration.accounts = [AccountConfiguration(name: "default", settings: settings)]
    // A machine that is busy with other tests passes the usual ones.
    configuration.limits.headTime = .seconds(3600)
    configuration.limits.bodyTime = .seconds(3600)
    configuration.limits.idleTime = .seconds(3600)
    configuration.limits.connectTime = .seconds(3600)
    configuration.limits.answerTime = .seconds(3600)
    configuration.limits.drainTime = change.isUpstreamUp ? .seconds(3600) : .zero
    if let token = change.dashboardToken {
      configuration.dashboard = ListenAddress(host: "127.0.0.1", port: 0)
      configuration.dashboardToken = Secret(token)
    }
    change.configure(&configuration)
    return try Gateway(configuration, logger: GatewayFixture.quiet, clock: clock)
  }

  /// Settings by the names of the environment.
  static func settings(_ variables: [String: String]) -> AdapterSettings {
    var findings = Findings()
    let layer = SettingsLayer(environment: variables, &findings)
    return AdapterSettings([layer], findings: findings)
  }

  static var quiet: Logger {
    var logger = Logger(label: "test")
    logger.logLevel = .critical
    return logger
  }
}

private struct GatewayService: Service {
  let gateway: Gateway
  let onListening: @Sendable (Int) -> Void
  let onDashboard: @Sendable (Int) -> Void

  func run() async throws {
    try await gateway.run(handlesSignals: false) {
      onListening($0)
    } onDashboard: {
      onDashboard($0)
    }
  }
}

/// One that listens.
struct GatewayAtWork: Sendable {
  let fixture: GatewayFixture
  let port: Int
  /// 0 without a dashboard.
  var dashboardPort = 0

  struct Answer: Sendable {
    var status: Int
    var headers: HTTPHeaders
    var bytes: [UInt8]
    var text: String { String(decoding: bytes, as: UTF8.self) }
    var json: JSONValue {
      (try? JSONParser.parse(bytes, file: "answer")).map { JSONValue($0) } ?? .null
    }
  }

  /// Sends a request and waits for its answer.
  func send(
    _ method: String = "POST", _ path: String, _ body: [UInt8]? = nil,
    headers: [(String, String)] = [("Content-Type", "application/json")], toDashboard: Bool = false
  ) async throws -> Answer {
    let port = toDashboard ? dashboardPort : port
    var request = HTTPClientRequest(url: "http://127.0.0.1:\(port)\(path)")
    request.method = HTTPMethod(rawValue: method)
    for (name, value) in headers { request.headers.add(name: name, value: value) }
    if let body { request.body = .bytes(ByteBuffer(bytes: body)) }
    let answer = try await fixture.client.execute(request, timeout: .seconds(3600))
    let bytes = try await answer.body.collect(upTo: 1 << 26)
    return Answer(
      status: Int(answer.status.code), headers: answer.headers, bytes: Array(buffer: bytes))
  }

  /// Posts JSON.
  func post(
    _ path: String, _ value: JSONValue, headers: [(String, String)] = []
  ) async throws -> Answer {
    try await send(
      "POST", path, Array(value.description.utf8),
      headers: [("Content-Type", "application/json")] + headers)
  }

  /// Posts JSON again until it is decided on, as clients do: the last of a small budget is leased a moment later.
  func decided(
    _ path: String, _ value: JSONValue, headers: [(String, String)] = []
  ) async throws -> Answer {
    while true {
      let answer = try await post(path, value, headers: headers)
      if answer.status != 503, !answer.text.contains("\"retry\"") { return answer }
      fixture.clock.advance(bySeconds: 1)
    }
  }

  /// A batch of anonymous events with these numbers, decided on.
  func capture(_ numbers: Range<Int>, key: String = "phc_a") async throws -> Answer {
    try await decided("/batch/", Events.batch(numbers, key: key))
  }
}

/// Events as clients send them.
enum Events {
  static func uuid(_ number: Int) -> String {
    let digits = String(number)
    return "00000000-0000-4000-8000-" + String(repeating: "0", count: 12 - digits.count) + digits
  }

  static func event(_ number: Int, _ name: String = "$pageview") -> JSONValue {
    [
      "event": .string(name), "distinct_id": .string("user-\(number)"),
      "uuid": .string(uuid(number)), "timestamp": "2027-01-10T12:00:00Z",
      "properties": ["$process_person_profile": false, "number": .integer(number)],
    ]
  }

  static func batch(_ numbers: Range<Int>, key: String = "phc_a") -> JSONValue {
    [
      "api_key": .string(key), "batch": .array(numbers.map { event($0) }),
      "sent_at": "2027-01-10T12:00:00Z",
    ]
  }
}
