public import GenOpsPostHog
public import ServiceLifecycle

import GenOpsUnits

/// Everything that analytics need beside an application, as one service of it: delivery, the polling of
/// flags, and any `BackgroundPart`, such as a batcher, a ledger's upkeep and exporters.
///
/// ```swift
/// let analytics = PostHogService(
///   delivery, flags: flags,
///   running: [batcher, LedgerUpkeep(account, of: adapter), exporters.watching(adapter)],
///   exchange: exchange)
/// let group = ServiceGroup(services: [analytics, server], logger: logger)
/// ```
///
/// Services shut down in the reverse of their order: list this one **before** those that capture, so that it
/// ends after them. At a graceful shutdown, each step when the one before is over:
///
/// 1. parts that end before delivery, such as batchers, which capture what they hold, and polling;
/// 2. delivery, which takes over nothing more and sends what is left, in `drainTimeout` at most;
/// 3. parts that end after delivery, such as the ledger;
/// 4. the last parts, such as exporters, which send the numbers of the end;
/// 5. the HTTP client, where the exchange made it.
///
/// When its task is cancelled instead, everything ends at once, and what is left is lost or stays in the
/// spool.
public struct PostHogService: Service {
  private let delivery: EventDelivery
  private let parts: [any BackgroundPart]
  private let exchange: HTTPClientExchange?

  /// - Parameters:
  ///   - delivery: Takes over what the adapter sends.
  ///   - flags: Their definitions are polled, where they have a personal key.
  ///   - parts: What else runs; their order does not matter.
  ///   - exchange: Shut down in the end. A client that was made elsewhere stays its owner's.
  public init(
    _ delivery: EventDelivery, flags: FeatureFlags? = nil, running parts: [any BackgroundPart] = [],
    exchange: HTTPClientExchange? = nil
  ) {
    self.delivery = delivery
    self.parts = parts + (flags.map { [$0] } ?? [])
    self.exchange = exchange
  }

  /// Runs until the application shuts down, the task is cancelled, or other code shuts delivery down,
  /// then ends everything in order.
  ///
  /// - Throws: `background-part` for each part that failed, and for a client that could not be shut down,
  ///   when everything has ended.
  public func run() async throws {
    let (ends, end) = AsyncStream<Void>.makeStream()
    var failures = await withGracefulShutdownHandler {
      await runParts(ends, end)
    } onGracefulShutdown: {
      end.finish()
    }
    do {
      try await exchange?.shutdown()
    } catch {
      failures.error("background-part", "the HTTP client could not be shut down: \(error)")
    }
    try failures.throwIfErrors()
  }

  private func runParts(_ ends: AsyncStream<Void>, _ end: AsyncStream<Void>.Continuation) async
    -> Findings
  {
    await during(.last) {
      await during(.afterDelivery) {
        await withTaskGroup { sending in
          sending.addTask {
            await delivery.run()
            end.finish()
          }
          let failures = await during(.beforeDelivery) {
            for await _ in ends {}
            return Findings()
          }
          // A delivery whose task is cancelled has stopped already, and may run again.
          if !Task.isCancelled { delivery.shutDown() }
          await sending.waitForAll()
          return failures
        }
      }
    }
  }

  /// Runs the parts that end at `ending` while `body` does. Then they are cancelled and waited for.
  private func during(_ ending: PartEnding, _ body: () async -> Findings) async -> Findings {
    await withTaskGroup(of: Findings.self) { group in
      for part in parts where part.ending == ending {
        group.addTask { await PostHogService.outcome(of: part) }
      }
      var failures = await body()
      group.cancelAll()
      for await more in group { failures.merge(more) }
      return failures
    }
  }

  private static func outcome(of part: any BackgroundPart) async -> Findings {
    var failures = Findings()
    do {
      try await part.run()
    } catch is CancellationError {
      // The usual way out of a wait.
    } catch {
      failures.error("background-part", "\(type(of: part)) did not end as it should: \(error)")
    }
    return failures
  }
}
