public import GenOpsMetering

import GenOpsGovernance
import GenOpsUnits

/// Captures many events at once, by the integration guide's strategies: one after the other, on
/// several tasks above 1,000, sampled above 10,000.
public struct HighVolumeProcessor: Sendable {
  /// How a number of events is processed.
  public enum Strategy: String, Sendable, Hashable {
    case sequential, parallel, sampling
  }

  /// What was done, in the order of the events.
  public struct Result: Sendable, Hashable {
    public var strategy: Strategy
    public var outcomes: [CaptureOutcome]
    public var totals: SessionTotals
  }

  public var adapter: PostHogAdapter
  /// Tasks at a time.
  public var maxConcurrency: Int
  /// More events than this go on several tasks.
  public var parallelAbove = 1_000
  /// More events than this are sampled.
  public var samplingAbove = 10_000
  /// The share of the users that sampling keeps. Critical events are kept whole, and kept events
  /// carry the weight 1/rate.
  public var sampleRate = 0.1

  /// `maxConcurrency` is the number of tasks, at least 1.
  public init(_ adapter: PostHogAdapter, maxConcurrency: Int = 10) {
    self.adapter = adapter
    self.maxConcurrency = max(1, maxConcurrency)
  }

  /// How so many events are captured.
  public func strategy(for count: Int) -> Strategy {
    count > samplingAbove ? .sampling : count > parallelAbove ? .parallel : .sequential
  }

  /// Captures `events` in a session of their own.
  public func process(_ events: [UsageEvent]) async -> Result {
    let strategy = strategy(for: events.count)
    var attributes: JSONValue = [:]
    if strategy == .sampling {
      attributes = [
        "sample_rate": .double(sampleRate), "original_volume": .integer(events.count),
      ]
    }
    return await adapter.withSession("high_volume_processing", attributes: attributes) { session in
      let outcomes =
        switch strategy {
        case .sequential: events.map { adapter.capture($0, session: session) }
        case .parallel: await parallel(events) { adapter.capture($0, session: session) }
        case .sampling:
          await parallel(events) {
            adapter.captureSampled($0, rate: sampleRate, session: session)
          }
        }
      return Result(strategy: strategy, outcomes: outcomes, totals: session.summary)
    }
  }

  /// Runs of neighbouring events on at most ``maxConcurrency`` tasks.
  private func parallel(
    _ events: [UsageEvent], _ capture: @escaping @Sendable (UsageEvent) -> CaptureOutcome
  ) async -> [CaptureOutcome] {
    let length = (events.count + maxConcurrency - 1) / maxConcurrency
    let starts = stride(from: 0, to: events.count, by: max(1, length))
    return await withTaskGroup(of: (Int, [CaptureOutcome]).self) { group in
      for start in starts {
        let run = events[start..<min(start + length, events.count)]
        group.addTask { (start, run.map(capture)) }
      }
      var runs: [(Int, [CaptureOutcome])] = []
      for await run in group { runs.append(run) }
      return runs.sorted { $0.0 < $1.0 }.flatMap(\.1)
    }
  }
}

extension PostHogAdapter {
  /// As ``capture(_:session:consent:)`` for a bulk that is sampled beyond the plan's own rates.
  /// Both samplings go by the same hash, so the smaller rate holds and the weight is its inverse.
  func captureSampled(_ event: UsageEvent, rate: Double, session: AnalyticsSession?)
    -> CaptureOutcome
  {
    let classifier = account.configuration.classifier
    if classifier.isCritical(classifier.classify(event.name)) {
      return capture(event, session: session)
    }
    guard SamplingHash.survives(distinctID: event.distinctID, rate: rate) else {
      session?.note(.sampled, .none, isEvent: true)
      return .sampled
    }
    return capture(
      event, session: session, consent: nil, leastWeight: SamplingHash.weight(rate: rate))
  }
}
