import GenOpsGovernance
import GenOpsMetering
import GenOpsPostHog
import GenOpsPostHogTesting
import GenOpsTestSupport
import GenOpsUnits
import Synchronization
import Testing
import Tracing

@testable import GenOpsTelemetry

@Suite("OTLP")
struct OTLPTests {
  /// 1, 2, 3, …: the same ids in every run.
  private func counting() -> @Sendable () -> UInt64 {
    let next = Atomic<UInt64>(0)
    return { next.add(1, ordering: .relaxed).newValue }
  }

  private func span(_ number: UInt64 = 3) -> FinishedSpan {
    FinishedSpan(
      context: TraceIdentity(traceHigh: 1, traceLow: 2, span: number), name: "x",
      kind: .internal, start: 1, end: 2, attributes: [:], events: [])
  }

  @Test("The wire format is that of the protobuf documentation's examples")
  func protobuf() {
    var writer = ProtobufWriter()
    writer.integer(1, 150)
    writer.text(2, "testing")
    writer.message(3) { $0.integer(1, 150) }
    #expect(
      writer.bytes == [0x08, 0x96, 0x01, 0x12, 0x07] + Array("testing".utf8)
        + [0x1A, 0x03, 0x08, 0x96, 0x01])
    writer = ProtobufWriter()
    writer.integer(1, -1)
    writer.double(2, 1)
    #expect(
      writer.bytes == [0x08] + [UInt8](repeating: 0xFF, count: 9) + [0x01]
        + [0x11, 0, 0, 0, 0, 0, 0, 0xF0, 0x3F])
  }

  @Test("An adapter's spans, as they go to a collector")
  func spans() async throws {
    struct Failed: Error {}
    let finished = Mutex<[FinishedSpan]>([])
    let tracer = OTLPTracer(nextID: counting()) { span in finished.withLock { $0.append(span) } }
    let outer = tracer.startSpan(
      "request", context: ServiceContext.topLevel, ofKind: .server,
      at: DefaultTracerClock.Timestamp(nanosecondsSinceEpoch: 1_799_582_400_000_000_000),
      function: "", file: "", line: 0)
    var sessionID = ""
    try ServiceContext.$current.withValue(outer.context) {
      let adapter = try sampleAdapter {
        $0.tracing = AdapterTracing(tracer: tracer)
        $0.tags = ["platform": "ios"]
        $0.host = .eu
      }
      try? adapter.withSession("checkout", attributes: ["sample_rate": 0.1]) { session in
        sessionID = session.id
        adapter.capture("$feature_flag_called", distinctID: "ann", isIdentified: false)
        session.annotate(outer)
        throw Failed()
      }
    }
    outer.end(at: DefaultTracerClock.Timestamp(nanosecondsSinceEpoch: 1_799_582_401_000_000_000))
    var all = finished.withLock { $0 }
    #expect(
      all.map(\.name) == [
        "posthog_capture_event", "posthog_capture_event", "posthog_capture_event",
        "posthog_evaluate_feature_flag", "posthog_capture_event", "posthog_analytics_session",
        "request",
      ])
    let session = all[5].context
    #expect(all[4].context.parent == session.span && session.parent == all[6].context.span)
    #expect(Set(all.map(\.context.traceLow)).count == 1 && all[6].context.parent == 0)
    // The session's id is random; the file that another program decodes must stay the same.
    for index in all.indices {
      all[index].attributes.forEach { key, value in
        if value == .string(sessionID) { all[index].attributes[key] = "session-1" }
      }
    }
    expectGolden(
      OTLPEncoding.traces(all, resource: ["service.name": "shop"]), "traces.otlp")
  }

  @Test("Metrics, as they go to a collector")
  func metrics() async throws {
    let exchange = ScriptedExchange()
    let exporter = OTLPExporter(
      endpoint: "http://localhost:4318/", exchange: exchange, clock: AdapterFixture().clock)
    #expect(await exporter.export(try sampleAdapter().metrics()))
    let request = try #require(exchange.requests.first)
    #expect(request.url == "http://localhost:4318/v1/metrics")
    #expect(request.headers.contains(WireHeader("Content-Type", "application/x-protobuf")))
    expectGolden(request.body, "metrics.otlp")
  }

  @Test("What fails for now is tried again, what is refused is not, and all is counted")
  func retries() async {
    let (exchange, pauses) = (ScriptedExchange([503, nil, 200, 400, 429, 500, 408]), PauseLog())
    let exporter = OTLPExporter(
      endpoint: "http://x", exchange: exchange, batchSize: 2, attempts: 3,
      pause: { pauses.pause($0) })
    for number in 1...6 { exporter.add(span(UInt64(number))) }
    await exporter.flush()
    #expect(exchange.requests.count == 7)
    #expect(pauses.all == [.seconds(1), .seconds(2), .seconds(1), .seconds(2)])
    #expect(
      exporter.statistics
        == OTLPExporter.Statistics(queued: 6, exported: 2, failed: 4, batches: 1))
  }

  @Test("A full queue drops and counts")
  func full() async {
    let exporter = OTLPExporter(
      endpoint: "http://x", exchange: ScriptedExchange(), capacity: 2)
    for number in 1...5 { exporter.add(span(UInt64(number))) }
    #expect(exporter.statistics.waiting == 2 && exporter.statistics.dropped == 3)
    await exporter.flush()
    #expect(exporter.statistics.exported == 2 && exporter.statistics.waiting == 0)
  }

  @Test("The context travels in W3C's header")
  func context() {
    let header = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
    let identity = TraceIdentity(header: header)
    #expect(identity?.header == header)
    for wrong in [
      "", "00-0-0-01", "00-00000000000000000000000000000000-b7ad6b7169203331-01",
      "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
      "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
      "00-0AF7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
    ] { #expect(TraceIdentity(header: wrong) == nil) }
  }
}
