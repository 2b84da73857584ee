public import GenOpsPostHog
public import GenOpsUnits

import Tracing

/// The exporters that settings ask for, and one call that runs them.
///
/// ```swift
/// let exporters = try TelemetryExporters(settings, exchange: exchange)
/// var configuration = try settings.configuration()
/// exporters.connect(&configuration)
/// let adapter = try PostHogAdapter(configuration, transport: delivery)
/// await exporters.run(adapter)        // in a task of its own, until it is cancelled
/// ```
///
/// ``watching(_:every:)`` is the same as a part of the application's `PostHogService`.
///
/// | setting | what runs |
/// |---|---|
/// | `otlp_endpoint` | spans, when tracing is asked for; metrics, unless `metrics_export` names
/// only others |
/// | tag `metrics_export: otlp` | metrics to `otlp_endpoint` |
/// | tag `metrics_export: datadog` | metrics as DogStatsD datagrams |
/// | tag `metrics_export: prometheus`, `grafana` | ``prometheusText(_:)`` has the body of
/// `/metrics` |
/// | tag `alert_webhook` | alerts are posted |
public struct TelemetryExporters: Sendable {
  /// Where spans and metrics go; nil when no endpoint is named.
  public let otlp: OTLPExporter?
  /// Whether metrics go to ``otlp`` too.
  public let exportsMetricsByOTLP: Bool
  public let datadog: DogStatsDClient?
  public let webhook: AlertWebhook?
  /// Whether the application is asked to serve ``prometheusText(_:)``. Grafana reads it from
  /// Prometheus.
  public let servesPrometheus: Bool
  private let pause: @Sendable (Duration) async throws -> Void

  /// - Parameters:
  ///   - settings: What is asked for.
  ///   - exchange: Sends a request; `GenOpsPostHogHTTP` has one.
  ///   - webhookSecret: Signs what is posted to `alert_webhook`.
  ///   - datadog: Where Datadog's agent listens.
  ///   - clock: The time of metrics.
  ///   - pause: Waits between exports; tests pass one that does not.
  /// - Throws: Everything in the settings that no exporter can be made from, at once.
  public init(
    _ settings: AdapterSettings, exchange: any HTTPExchange, webhookSecret: Secret? = nil,
    datadog: (host: String, port: Int) = ("127.0.0.1", 8125), clock: any WallClock = SystemClock(),
    pause: @escaping @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) }
  ) throws(FindingsError) {
    var findings = Findings()
    let wanted = Set(settings.metricsExport)
    self.pause = pause
    servesPrometheus = !wanted.isDisjoint(with: ["prometheus", "grafana"])
    exportsMetricsByOTLP =
      settings.otlpEndpoint != nil && (wanted.isEmpty || wanted.contains("otlp"))
    otlp = settings.otlpEndpoint.map {
      OTLPExporter(endpoint: $0, exchange: exchange, clock: clock, pause: pause)
    }
    webhook = settings.alertWebhook.map {
      AlertWebhook(
        url: $0, secret: webhookSecret, exchange: exchange, clock: clock, pause: pause)
    }
    var client: DogStatsDClient?
    if wanted.contains("datadog") {
      do throws(DogStatsDClient.AddressError) {
        client = try DogStatsDClient(host: datadog.host, port: datadog.port)
      } catch {
        findings.error("dogstatsd-address", "\(error)", help: "name the agent's host and port")
      }
    }
    self.datadog = client
    TelemetryExporters.check(settings, wanted, &findings)
    try findings.throwIfErrors()
  }

  private static func check(
    _ settings: AdapterSettings, _ wanted: Set<String>, _ findings: inout Findings
  ) {
    if let endpoint = settings.otlpEndpoint, !isWebAddress(endpoint) {
      findings.error(
        "otlp-endpoint", "'\(endpoint)' is not an address of a collector",
        help: "export OTEL_EXPORTER_OTLP_ENDPOINT=http://localhost:4318")
    }
    if wanted.contains("otlp"), settings.otlpEndpoint == nil {
      findings.error(
        "otlp-endpoint", "metrics_export names otlp, and no collector is named",
        help: "export OTEL_EXPORTER_OTLP_ENDPOINT=http://localhost:4318")
    }
    if let address = settings.alertWebhook, !isWebAddress(address) {
      findings.error(
        "alert-webhook", "alerts cannot be posted to '\(address)'",
        help: "write the whole address: https://alerts.example/hook")
    }
  }

  private static func isWebAddress(_ text: String) -> Bool {
    ["http://", "https://"].contains { text.hasPrefix($0) && text.count > $0.count }
      && !text.contains(where: \.isWhitespace)
  }

  /// Leads the alerts and spans of an adapter to the exporters. What the configuration does already
  /// it goes on doing; a tracer that the process has bootstrapped stays the one that gets the
  /// spans. Which alerts were posted is remembered where ``AdapterConfiguration/notices`` says, so a ledger is
  /// given to the configuration before.
  public func connect(_ configuration: inout AdapterConfiguration) {
    if let webhook {
      webhook.remember(in: configuration.notices)
      let before = configuration.onNotice
      configuration.onNotice = { notice in
        before(notice)
        webhook.add(notice)
      }
    }
    if let otlp, let tracing = configuration.tracing, tracing.tracer is NoOpTracer {
      configuration.tracing = AdapterTracing(
        tracer: OTLPTracer(otlp), sampleRatio: tracing.sampleRatio,
        showsDistinctIDs: tracing.showsDistinctIDs)
    }
  }

  /// Exports until the task is cancelled, and once more then. Alerts that nobody acknowledges are
  /// passed on meanwhile. Without anything to export it waits for the end all the same, so that a
  /// group of services does not take it for broken.
  ///
  /// - Parameters:
  ///   - adapter: Whose metrics are exported.
  ///   - interval: The time between two exports of metrics.
  public func run(_ adapter: PostHogAdapter, every interval: Duration = .seconds(10)) async {
    await withDiscardingTaskGroup { group in
      if let otlp { group.addTask { await otlp.run() } }
      if let webhook { group.addTask { await webhook.run() } }
      while !Task.isCancelled {
        adapter.escalate()
        await untilDone { await exportMetrics(adapter) }
        do { try await pause(interval.boundedPause) } catch { break }
      }
      await untilDone { await exportMetrics(adapter) }
      group.cancelAll()
    }
  }

  /// ``run(_:every:)`` as one of the parts of an application.
  public func watching(_ adapter: PostHogAdapter, every interval: Duration = .seconds(10))
    -> AdapterWatch
  {
    AdapterWatch(exporters: self, adapter: adapter, interval: interval)
  }

  /// Sends the metrics of now to whoever is to have them.
  public func exportMetrics(_ adapter: PostHogAdapter) async {
    guard exportsMetricsByOTLP || datadog != nil else { return }
    let samples = adapter.metrics()
    datadog?.send(samples)
    if exportsMetricsByOTLP { await otlp?.export(samples) }
  }

  /// The body of `/metrics` (``PrometheusText/contentType``); nil when the settings do not ask for
  /// it.
  public func prometheusText(_ adapter: PostHogAdapter) -> String? {
    servesPrometheus ? PrometheusText.render(adapter.metrics()) : nil
  }
}
