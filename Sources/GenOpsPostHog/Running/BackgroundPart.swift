/// What works beside an application for as long as that runs, such as a batcher, an exporter or the upkeep
/// of a ledger. The `PostHogService` of `GenOpsPostHogHTTP` runs any number of them together with delivery,
/// and ends them in the order of ``ending``.
///
/// ```swift
/// struct Heartbeat: BackgroundPart {
///   let adapter: PostHogAdapter
///   var ending: PartEnding { .beforeDelivery }
///
///   func run() async {
///     while !Task.isCancelled {
///       adapter.capture("alive")
///       try? await Task.sleep(for: .seconds(60))
///     }
///   }
/// }
/// ```
public protocol BackgroundPart: Sendable {
  /// Its place in the order in which parts end.
  var ending: PartEnding { get }

  /// Works until its task is cancelled, then finishes what it holds and returns. It may return earlier.
  ///
  /// - Throws: What could not be finished. It is told when the application ends and stops nothing else,
  ///   because analytics must not end a program.
  func run() async throws
}

/// When a ``BackgroundPart`` ends. Those of one place end at the same time, and all of them before the
/// next place is asked to.
public enum PartEnding: Sendable, Hashable, CaseIterable {
  /// While events are still taken over and sent: for what captures until its end.
  case beforeDelivery
  /// When everything is sent, or the time to send it is over: for what delivery needs, such as its spool.
  case afterDelivery
  /// After all others: for what tells of them, such as metrics.
  case last
}
