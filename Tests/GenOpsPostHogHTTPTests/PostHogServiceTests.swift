import AsyncHTTPClient
import GenOpsGovernance
import GenOpsPostHog
import GenOpsTelemetry
import GenOpsUnits
import Logging
import ServiceLifecycle
import Synchronization
import Testing

@testable import GenOpsPostHogHTTP

/// What happened, in its order.
private final class Record: Sendable {
  private let lines = Mutex<[String]>([])
  func add(_ line: String) { lines.withLock { $0.append(line) } }
  var all: [String] { lines.withLock { $0 } }
}

/// PostHog and a collector that take everything and keep where it came.
private struct Taking: HTTPExchange {
  let record: Record

  func send(_ request: WireRequest) async throws -> WireReply {
    try Task.checkCancellation()
    let path = request.url.split(separator: "/").dropFirst(2).joined(separator: "/")
    // Numbers are exported at the start too, whenever that is.
    if path != "v1/metrics" { record.add(path) }
    return WireReply(status: 200, body: Array("{}".utf8))
  }
}

/// Ends when it is told to, and tells it.
private struct Part: BackgroundPart {
  struct Broken: Error {}
  let ending: PartEnding
  let record: Record
  var fails = false
  var begun: AsyncStream<Void>.Continuation?
  var atEnd: @Sendable () -> Void = {}

  func run() async throws {
    begun?.yield()
    let (never, _) = AsyncStream<Void>.makeStream()
    if !fails { for await _ in never {} }
    atEnd()
    record.add("\(ending)")
    if fails { throw Broken() }
  }
}

@Suite("Everything as one service")
struct PostHogServiceTests {
  private let record = Record()

  private func delivery(_ exchange: any HTTPExchange) throws -> EventDelivery {
    var configuration = DeliveryConfiguration(
      endpoints: [
        DeliveryEndpoint(host: try PostHogHost("http://127.0.0.1:1"), key: Secret("phc_k"))
      ])
    // Nothing leaves by itself: what arrives was sent by the end.
    configuration.limits.flushInterval = .seconds(86_400)
    configuration.limits.drainTimeout = .seconds(600)
    return try EventDelivery(configuration, exchange: exchange)
  }

  private func group(_ service: PostHogService) -> ServiceGroup {
    ServiceGroup(
      services: [service], gracefulShutdownSignals: [], logger: Logger(label: "test"))
  }

  @Test("Parts end in their order: the batcher's events are sent, and exporters see the end")
  func order() async throws {
    let exchange = Taking(record: record)
    let delivery = try delivery(exchange)
    var layer = SettingsLayer()
    layer.team = "growth"
    layer.project = "shop"
    layer.tags = ["tracing_enabled": "true"]
    let settings = AdapterSettings.read(
      layer, environment: ["OTEL_EXPORTER_OTLP_ENDPOINT": "http://collector:4318"])
    let exporters = try TelemetryExporters(settings, exchange: exchange)
    var configuration = try settings.configuration(opening: .nothing)
    exporters.connect(&configuration)
    let adapter = try PostHogAdapter(configuration, transport: delivery)
    let batcher = EventBatcher(adapter)
    batcher.add("searched", distinctID: "ann")
    let (begun, begin) = AsyncStream<Void>.makeStream()
    let parts: [any BackgroundPart] =
      PartEnding.allCases.reversed().map { Part(ending: $0, record: record, begun: begin) }
      + [exporters.watching(adapter), batcher]
    let group = group(PostHogService(delivery, running: parts))
    try await withThrowingTaskGroup { tasks in
      tasks.addTask { try await group.run() }
      var count = 0
      for await _ in begun {
        count += 1
        if count == 3 { break }
      }
      await group.triggerGracefulShutdown()
      try await tasks.waitForAll()
    }
    #expect(batcher.count == 0 && delivery.counts.accepted == 1 && delivery.counts.lost == 0)
    // Spans are exported at the start too, whenever that is, and side by side with the last place.
    let ends = record.all.filter { $0 != "v1/traces" }
    #expect(ends == ["beforeDelivery", "batch", "afterDelivery", "last"])
    #expect(record.all.contains("v1/traces"))
  }

  @Test("A part that fails ends nothing else, and is told when everything has ended")
  func failure() async throws {
    let delivery = try delivery(Taking(record: record))
    let adapter = try PostHogAdapter(
      AdapterConfiguration(opening: .nothing), transport: delivery)
    let (begun, begin) = AsyncStream<Void>.makeStream()
    let parts = [
      Part(ending: .last, record: record, fails: true),
      Part(
        ending: .beforeDelivery, record: record, begun: begin,
        atEnd: { adapter.capture("at the end") }),
    ]
    let group = group(PostHogService(delivery, running: parts))
    let error = await #expect(throws: FindingsError.self) {
      try await withThrowingTaskGroup { tasks in
        tasks.addTask { try await group.run() }
        for await _ in begun { break }
        await group.triggerGracefulShutdown()
        try await tasks.waitForAll()
      }
    }
    #expect(error?.findings.all.map(\.code) == ["background-part"])
    #expect(error?.findings.all.first?.message.contains("Broken") == true)
    #expect(delivery.counts.accepted == 1 && record.all.contains("batch"))
  }

  @Test("A delivery that somebody else ends, and a task that is cancelled, end the service")
  func otherEnds() async throws {
    let ended = try delivery(Taking(record: record))
    ended.shutDown()
    try await PostHogService(ended, running: [Part(ending: .last, record: record)]).run()
    #expect(record.all == ["last"])
    let cancelled = try delivery(Taking(record: record))
    let running = Task {
      try await PostHogService(
        cancelled, running: [Part(ending: .afterDelivery, record: record)]
      ).run()
    }
    running.cancel()
    try await running.value
    #expect(record.all == ["last", "afterDelivery"] && !cancelled.isClosed)
  }

  @Test("A client that the exchange made ends with the service; one that was given does not")
  func client() async throws {
    let own = HTTPClientExchange()
    let given = HTTPClientExchange.makeClient()
    for exchange in [own, own, HTTPClientExchange(client: given)] {
      let delivery = try delivery(exchange)
      delivery.shutDown()
      try await PostHogService(delivery, exchange: exchange).run()
    }
    let failure = await #expect(throws: WireFailure.self) {
      _ = try await own.send(WireRequest(method: "GET", url: "http://127.0.0.1:1/"))
    }
    #expect("\(String(describing: failure))".contains("alreadyShutdown"))
    try await given.shutdown()
    // Let go of without an end, it ends itself: `HTTPClient` would stop the process.
    _ = HTTPClientExchange()
  }
}
