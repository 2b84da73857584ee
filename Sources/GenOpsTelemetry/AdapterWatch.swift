public import GenOpsPostHog

/// The exporters of settings at work on one adapter: see ``TelemetryExporters/watching(_:every:)``.
public struct AdapterWatch: BackgroundPart {
  let exporters: TelemetryExporters
  let adapter: PostHogAdapter
  let interval: Duration

  /// The numbers of the end are exported too.
  public var ending: PartEnding { .last }

  /// As ``TelemetryExporters/run(_:every:)``.
  public func run() async { await exporters.run(adapter, every: interval) }
}
