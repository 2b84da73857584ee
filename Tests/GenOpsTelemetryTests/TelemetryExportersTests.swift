import GenOpsGovernance
import GenOpsMetering
import GenOpsPostHog
import GenOpsPostHogTesting
import GenOpsTestSupport
import GenOpsUnits
import Synchronization
import Testing

@testable import GenOpsTelemetry

/// Sends as a real client does: not at all in a task that is cancelled.
private final class CarefulExchange: HTTPExchange {
  private let kept = Mutex<[WireRequest]>([])
  private let status: Int

  init(_ status: Int = 200) { self.status = status }

  func send(_ request: WireRequest) async throws -> WireReply {
    try Task.checkCancellation()
    kept.withLock { $0.append(request) }
    return WireReply(status: status)
  }

  func requests(_ ending: String) -> [WireRequest] {
    kept.withLock { $0.filter { $0.url.hasSuffix(ending) } }
  }
}

/// Pauses that end only with the task, and tell that they have begun.
private struct Standstill: Sendable {
  let begun: AsyncStream<Duration>
  private let tell: AsyncStream<Duration>.Continuation

  init() { (begun, tell) = AsyncStream.makeStream() }

  func pause(_ duration: Duration) async throws {
    tell.yield(duration)
    let (never, _) = AsyncStream<Void>.makeStream()
    for await _ in never {}
    throw CancellationError()
  }

  func begun(_ count: Int) async {
    var seen = 0
    for await _ in begun {
      seen += 1
      if seen == count { return }
    }
  }
}

@Suite("Exporters by settings")
struct TelemetryExportersTests {
  private func settings(_ tags: [String: String], otlp: String? = nil) -> AdapterSettings {
    var layer = SettingsLayer()
    layer.team = "growth"
    layer.project = "shop"
    layer.tags = tags
    layer.dailyBudgetLimit = Money(nanos: 125_000)
    layer.mode = .enforced
    return AdapterSettings.read(
      layer, environment: otlp.map { ["OTEL_EXPORTER_OTLP_ENDPOINT": $0] } ?? [:])
  }

  private func adapter(_ settings: AdapterSettings, _ exporters: TelemetryExporters) throws
    -> PostHogAdapter
  {
    var opening = OpeningBalance.nothing
    opening.current[.events] = 1_000_000
    var configuration = try settings.configuration(opening: opening)
    exporters.connect(&configuration)
    return try PostHogAdapter(
      configuration, transport: CountingTransport(), clock: AdapterFixture().clock)
  }

  @Test(
    "Each setting starts its exporter, and nothing else does",
    arguments: [
      ([:], nil, "") as ([String: String], String?, String),
      ([:], "http://localhost:4318", "otlp metrics"),
      (["metrics_export": "otlp"], "http://localhost:4318", "otlp metrics"),
      (["metrics_export": "datadog"], "http://localhost:4318", "otlp datadog"),
      (["metrics_export": "datadog,grafana"], nil, "datadog prometheus"),
      (["metrics_export": "prometheus"], nil, "prometheus"),
      (["alert_webhook": "https://alerts.example/hook"], nil, "webhook"),
      (["tracing_enabled": "true"], nil, ""),
    ])
  func which(_ tags: [String: String], _ endpoint: String?, _ expected: String) throws {
    let exporters = try TelemetryExporters(
      settings(tags, otlp: endpoint), exchange: CarefulExchange())
    var running: [String] = []
    if exporters.otlp != nil { running.append("otlp") }
    if exporters.exportsMetricsByOTLP { running.append("metrics") }
    if exporters.datadog != nil { running.append("datadog") }
    if exporters.webhook != nil { running.append("webhook") }
    if exporters.servesPrometheus { running.append("prometheus") }
    #expect(running.joined(separator: " ") == expected)
  }

  @Test("What no exporter can be made from is told at once")
  func wrong() {
    let error = #expect(throws: FindingsError.self) {
      try TelemetryExporters(
        settings(["metrics_export": "otlp,datadog", "alert_webhook": "alerts.example"]),
        exchange: CarefulExchange(), datadog: ("no such host", 1))
    }
    #expect(
      error?.findings.all.map(\.code).sorted() == [
        "alert-webhook", "dogstatsd-address", "otlp-endpoint",
      ])
    #expect(throws: FindingsError.self) {
      try TelemetryExporters(
        settings([:], otlp: "localhost:4318"), exchange: CarefulExchange())
    }
  }

  @Test("Spans, metrics and alerts go out while it runs, and what is left when it ends")
  func runs() async throws {
    let (exchange, still, receiver) = (CarefulExchange(), Standstill(), try UDPReceiver())
    let settings = settings(
      [
        "metrics_export": "otlp,datadog,prometheus", "tracing_enabled": "true",
        "alert_webhook": "https://alerts.example/hook",
      ], otlp: "http://collector:4318/")
    let exporters = try TelemetryExporters(
      settings, exchange: exchange, webhookSecret: Secret("s3cret"),
      datadog: ("127.0.0.1", receiver.port), clock: AdapterFixture().clock,
      pause: { try await still.pause($0) })
    let adapter = try adapter(settings, exporters)
    let running = Task { await exporters.run(adapter) }
    // Its three loops have exported once and wait.
    await still.begun(3)
    #expect(exchange.requests("/v1/metrics").count == 1)
    #expect(receiver.receive()?.contains("|g|#team:growth") == true)
    adapter.withSession("checkout") { _ in
      for number in 0..<3 { adapter.capture("viewed \(number)") }
    }
    running.cancel()
    await running.value
    #expect(exchange.requests("collector:4318/v1/metrics").count == 2)
    #expect(exchange.requests("/v1/traces").count == 1)
    let statistics = try #require(exporters.otlp?.statistics)
    #expect(statistics.exported == 4 && statistics.failed == 0 && statistics.waiting == 0)
    let posted = exchange.requests("/hook")
    #expect(!posted.isEmpty)
    #expect(posted.allSatisfy { $0.headers.contains { $0.name == "X-GenOps-Signature" } })
    #expect(await exporters.webhook?.statistics.lost == 0)
    #expect(exporters.prometheusText(adapter)?.contains("posthog_daily_cost{") == true)
  }

  @Test("A receiver that is down does not hold up the end: one attempt, the rest is counted")
  func down() async throws {
    let (exchange, still) = (CarefulExchange(503), Standstill())
    let settings = settings(
      ["tracing_enabled": "true", "alert_webhook": "https://alerts.example/hook"],
      otlp: "http://collector:4318")
    let exporters = try TelemetryExporters(
      settings, exchange: exchange, pause: { try await still.pause($0) })
    let adapter = try adapter(settings, exporters)
    let otlp = try #require(exporters.otlp)
    let webhook = try #require(exporters.webhook)
    let tasks = [Task { await otlp.run() }, Task { await webhook.run() }]
    await still.begun(2)
    for number in 0..<700 { adapter.capture("viewed \(number)") }
    for task in tasks { task.cancel() }
    for task in tasks { await task.value }
    // 700 spans are two batches.
    #expect(exchange.requests("/v1/traces").count == 1)
    #expect(otlp.statistics.failed == 700 && otlp.statistics.waiting == 0)
    #expect(exchange.requests("/hook").count == 1)
    #expect(await webhook.statistics.lost >= 2)
  }

  @Test("What the configuration tells already it goes on telling")
  func keeps() throws {
    let exporters = try TelemetryExporters(
      settings(["alert_webhook": "https://alerts.example/hook"]), exchange: CarefulExchange())
    let count = Counter()
    _ = try sampleAdapter {
      $0.onNotice = { _ in count.add() }
      exporters.connect(&$0)
    }
    #expect(count.value > 0)
  }
}

private final class Counter: Sendable {
  private let count = Atomic<Int>(0)
  func add() { count.add(1, ordering: .relaxed) }
  var value: Int { count.load(ordering: .relaxed) }
}
