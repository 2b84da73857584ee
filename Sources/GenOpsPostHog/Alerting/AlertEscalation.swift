import GenOpsUnits

/// Passes alerts that no recipient acknowledges on to the next one, for as long as an application runs: see
/// ``PostHogAdapter/escalate()``. The exporters of `GenOpsTelemetry` do it by themselves; this is for an
/// application that has `escalation` among its policies and none of them.
public struct AlertEscalation: BackgroundPart {
  private let adapter: PostHogAdapter
  private let interval: Duration
  private let pause: @Sendable (Duration) async throws -> Void

  /// - Parameters:
  ///   - adapter: Whose alerts.
  ///   - interval: The time between two looks.
  ///   - pause: Waits in between; tests pass one that does not.
  public init(
    _ adapter: PostHogAdapter, every interval: Duration = .seconds(60),
    pause: @escaping @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) }
  ) {
    self.adapter = adapter
    self.interval = interval
    self.pause = pause
  }

  public var ending: PartEnding { .last }

  /// Looks until the task is cancelled.
  public func run() async {
    while !Task.isCancelled {
      adapter.escalate()
      do { try await pause(interval.boundedPause) } catch { return }
    }
  }
}
