public import GenOpsPostHog

import GenOpsUnits
import Synchronization

/// Posts messages about money to a web address, as JSON with a signature.
///
/// Headers: `X-GenOps-Id` is the same for every attempt at one message, so that a receiver can tell
/// a repetition; `X-GenOps-Signature` is `sha256=` and the HMAC-SHA256 of the body under the shared
/// secret. A message that was posted is not posted again, whoever raises it; one that fails for now
/// is tried again with growing pauses, and counted as lost after the last attempt.
public actor AlertWebhook {
  /// Messages that were delivered, left out as repetitions, and lost.
  public struct Statistics: Sendable, Hashable {
    public var delivered = 0
    public var repeated = 0
    public var lost = 0
  }

  private let url: String
  private let secret: Secret?
  private let exchange: any HTTPExchange
  private let attempts: Int
  private let pause: @Sendable (Duration) async throws -> Void
  private let waiting = Mutex<[AlertNotice]>([])
  /// Ids with recipient and step, the oldest first: what was posted.
  private var posted: [String] = []
  public private(set) var statistics = Statistics()
  /// The task of ``run(every:)`` is cancelled: what is left gets one attempt.
  private let isEnding = Atomic<Bool>(false)

  /// - Parameters:
  ///   - url: Where to.
  ///   - secret: Shared with the receiver; without it nothing is signed.
  ///   - exchange: Sends a request; `GenOpsPostHogHTTP` has one.
  ///   - attempts: How often a message is tried.
  ///   - pause: Waits between attempts; tests pass one that does not.
  public init(
    url: String, secret: Secret? = nil, exchange: any HTTPExchange, attempts: Int = 5,
    pause: @escaping @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) }
  ) {
    self.url = url
    self.secret = secret
    self.exchange = exchange
    self.attempts = max(1, attempts)
    self.pause = pause
  }

  /// Takes a message over without waiting, for `AdapterConfiguration.onNotice`. At most
  /// 1,000 wait; the oldest is dropped then.
  public nonisolated func add(_ notice: AlertNotice) {
    waiting.withLock {
      if $0.count >= 1000 { $0.removeFirst() }
      $0.append(notice)
    }
  }

  /// Posts everything that waits.
  public func flush() async {
    let notices = waiting.withLock { notices in
      defer { notices = [] }
      return notices
    }
    for (number, notice) in notices.enumerated() {
      let lostBefore = statistics.lost
      await post(notice)
      // At the end nobody waits for a receiver that does not answer.
      if isEnding.load(ordering: .relaxed), statistics.lost > lostBefore {
        statistics.lost += notices.count - number - 1
        return
      }
    }
  }

  /// Posts what comes until the task is cancelled, and once more then: a request that is under way
  /// is not cut off, and what is left is tried once.
  public func run(every interval: Duration = .seconds(1)) async {
    isEnding.store(false, ordering: .relaxed)
    await withTaskCancellationHandler {
      while !Task.isCancelled {
        await untilDone { await self.flush() }
        do { try await pause(interval) } catch { break }
      }
      await untilDone { await self.flush() }
    } onCancel: {
      isEnding.store(true, ordering: .relaxed)
    }
  }

  private func post(_ notice: AlertNotice) async {
    let key = "\(notice.id)/\(notice.recipient ?? "")/\(notice.escalations)"
    if posted.contains(key) {
      statistics.repeated += 1
      return
    }
    posted.append(key)
    if posted.count > 10_000 { posted.removeFirst(5000) }
    if await send(notice, key: key) {
      statistics.delivered += 1
    } else {
      statistics.lost += 1
    }
  }

  private func send(_ notice: AlertNotice, key: String) async -> Bool {
    let body = Array(notice.json.description.utf8)
    var headers = [
      WireHeader("Content-Type", "application/json"), WireHeader("X-GenOps-Id", key),
    ]
    if let secret {
      let signature = MessageSignature.sign(body, key: Array(secret.revealed.utf8))
      headers.append(WireHeader("X-GenOps-Signature", "sha256=\(signature)"))
    }
    let request = WireRequest(
      method: "POST", url: url, headers: headers, body: body, timeout: .seconds(10))
    for attempt in 1...attempts {
      let status = (try? await exchange.send(request))?.status
      if let status, (200..<300).contains(status) { return true }
      if let status, status != 408, status != 429, status < 500 { return false }
      if isEnding.load(ordering: .relaxed) { return false }
      if attempt < attempts {
        do { try await pause(.seconds(1 << (attempt - 1))) } catch { return false }
      }
    }
    return false
  }
}
