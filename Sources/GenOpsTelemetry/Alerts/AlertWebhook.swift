public import GenOpsPostHog

public import GenOpsUnits
import Synchronization

/// Posts messages about money to a web address, as JSON with a signature.
///
/// | header | |
/// |---|---|
/// | `X-GenOps-Id` | the same for every attempt at one message, so that a receiver can tell a repetition |
/// | `X-GenOps-Timestamp` | when this attempt was made, in seconds since 1970 |
/// | `X-GenOps-Signature` | `sha256=` and the HMAC-SHA256 of time, id and body under the shared secret: ``MessageSignature/isValid(_:of:id:at:key:now:tolerance:)`` checks all three |
///
/// A message that was posted is not posted again, whoever raises it; with a `NoticeMemory`, such as a ledger's
/// account, neither after a restart nor by another process, but for the moment between a post and its note. One that fails for now is tried again with
/// growing pauses, then with those that come after it, and counted as lost after the last attempt.
public actor AlertWebhook: BackgroundPart {
  /// Messages that were delivered, left out as repetitions, and lost.
  public struct Statistics: Sendable, Hashable {
    public var delivered = 0
    public var repeated = 0
    /// Given up: the receiver refused them, or did not answer until the last attempt.
    public var lost = 0
    /// Never tried: more came than may wait.
    public var dropped = 0
    /// The part of ``delivered`` that the memory could not take: a restart posts them again.
    public var unremembered = 0
  }

  /// Messages that wait at most.
  public static let mostWaiting = 1000
  /// How often a message that fails for now comes up again, each time with all its attempts.
  static let mostRounds = 20

  private struct Queue {
    var notices: [(notice: AlertNotice, rounds: Int)] = []
    var dropped = 0
  }

  private enum Answer { case delivered, refused, unavailable }

  private let url: String
  private let secret: Secret?
  private let exchange: any HTTPExchange
  private let attempts: Int
  private let clock: any WallClock
  private let pause: @Sendable (Duration) async throws -> Void
  private let waiting = Mutex(Queue())
  private let memory: Mutex<(any NoticeMemory)?>
  /// Ids with recipient and step, the oldest first: what was posted.
  private var posted: [String] = []
  private var counts = Statistics()
  /// The task of ``run(every:)`` is cancelled: what is left gets one attempt.
  private let isEnding = Atomic<Bool>(false)

  /// - Parameters:
  ///   - url: Where to.
  ///   - secret: Shared with the receiver; without it nothing is signed.
  ///   - exchange: Sends a request; `GenOpsPostHogHTTP` has one.
  ///   - attempts: How often a message is tried before others get their turn.
  ///   - memory: What was posted before this process began, and by others; nil is nothing.
  ///   - clock: The time that is signed.
  ///   - pause: Waits between attempts; tests pass one that does not.
  public init(
    url: String, secret: Secret? = nil, exchange: any HTTPExchange, attempts: Int = 5,
    memory: (any NoticeMemory)? = nil, clock: any WallClock = SystemClock(),
    pause: @escaping @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) }
  ) {
    self.url = url
    self.secret = secret
    self.exchange = exchange
    self.attempts = max(1, attempts)
    self.memory = Mutex(memory)
    self.clock = clock
    self.pause = pause
  }

  /// From here on asks `memory` before it posts, and notes there what it posted; nil changes nothing.
  public nonisolated func remember(in memory: (any NoticeMemory)?) {
    if let memory { self.memory.withLock { $0 = memory } }
  }

  /// What became of the messages so far.
  public var statistics: Statistics {
    var all = counts
    all.dropped = waiting.withLock { $0.dropped }
    return all
  }

  /// How many messages wait, those that failed for now among them.
  public nonisolated var waitingCount: Int { waiting.withLock { $0.notices.count } }

  /// Takes a message over without waiting, for `AdapterConfiguration.onNotice`. At most
  /// ``mostWaiting`` wait; the oldest is dropped then, and counted.
  public nonisolated func add(_ notice: AlertNotice) { put(notice, rounds: 0) }

  private nonisolated func put(_ notice: AlertNotice, rounds: Int) {
    waiting.withLock {
      if $0.notices.count >= AlertWebhook.mostWaiting {
        $0.notices.removeFirst()
        $0.dropped += 1
      }
      $0.notices.append((notice, rounds))
    }
  }

  /// Posts everything that waits. What fails for now waits again.
  public func flush() async {
    let waiters = waiting.withLock { queue in
      defer { queue.notices = [] }
      return queue.notices
    }
    for (number, waiter) in waiters.enumerated() {
      let isAnswered = await post(waiter.notice, rounds: waiter.rounds)
      // At the end nobody waits for a receiver that does not answer.
      if isEnding.load(ordering: .relaxed), !isAnswered {
        counts.lost += waiters.count - number - 1
        return
      }
    }
  }

  /// Alerts that the last captures raise are posted too.
  public nonisolated var ending: PartEnding { .last }

  /// Posts every second what has come, until the task is cancelled, and once more then.
  public func run() async { await run(every: .seconds(1)) }

  /// Posts what comes until the task is cancelled, and once more then: a request that is under way
  /// is not cut off, and what is left is tried once.
  public func run(every interval: Duration) async {
    isEnding.store(false, ordering: .relaxed)
    await withTaskCancellationHandler {
      while !Task.isCancelled {
        await untilDone { await self.flush() }
        do { try await pause(interval.boundedPause) } catch { break }
      }
      await untilDone { await self.flush() }
    } onCancel: {
      isEnding.store(true, ordering: .relaxed)
    }
  }

  /// False when the receiver did not answer.
  private func post(_ notice: AlertNotice, rounds: Int) async -> Bool {
    let key = "\(notice.id)/\(notice.recipient ?? "")/\(notice.escalations)"
    let memory = memory.withLock { $0 }
    // What cannot be read is posted: twice is better than never.
    if posted.contains(key) || (try? memory?.wasPosted(key)) == true {
      counts.repeated += 1
      return true
    }
    switch await send(notice, key: key) {
    case .delivered:
      counts.delivered += 1
      posted.append(key)
      do { try memory?.notePosted(key, at: clock.now(), until: notice.until) } catch {
        counts.unremembered += 1
      }
      if posted.count > 10_000 { posted.removeFirst(5000) }
      return true
    case .refused:
      counts.lost += 1
      return true
    case .unavailable:
      if isEnding.load(ordering: .relaxed) || rounds + 1 >= AlertWebhook.mostRounds {
        counts.lost += 1
      } else {
        put(notice, rounds: rounds + 1)
      }
      return false
    }
  }

  private func send(_ notice: AlertNotice, key: String) async -> Answer {
    let body = Array(notice.json.description.utf8)
    for attempt in 1...attempts {
      let status = (try? await exchange.send(request(body, id: key)))?.status
      if let status, (200..<300).contains(status) { return .delivered }
      if let status, status != 408, status != 429, status < 500 { return .refused }
      if isEnding.load(ordering: .relaxed) { return .unavailable }
      if attempt < attempts {
        // At most 2^(attempts - 1) seconds; a shift beyond 62 would be no number of seconds.
        let seconds = 1 << min(attempt - 1, 10)
        do { try await pause(.seconds(seconds)) } catch { return .unavailable }
      }
    }
    return .unavailable
  }

  private func request(_ body: [UInt8], id: String) -> WireRequest {
    let id = AlertWebhook.headerValue(id)
    // Whole seconds, downwards.
    let time = clock.now().microseconds / 1_000_000
    var headers = [
      WireHeader("Content-Type", "application/json"), WireHeader("X-GenOps-Id", id),
      WireHeader("X-GenOps-Timestamp", "\(time)"),
    ]
    if let secret {
      let signature = MessageSignature.sign(
        body, id: id, at: time, key: Array(secret.revealed.utf8))
      headers.append(WireHeader("X-GenOps-Signature", "sha256=\(signature)"))
    }
    return WireRequest(
      method: "POST", url: url, headers: headers, body: body, timeout: .seconds(10))
  }

  /// The name of a budget may hold what ends a header: all but visible ASCII is percent-encoded.
  static func headerValue(_ text: String) -> String {
    var out = ""
    for byte in text.utf8 {
      if (0x21...0x7E).contains(byte), byte != UInt8(ascii: "%") {
        out.unicodeScalars.append(Unicode.Scalar(byte))
      } else {
        let hex = String(byte, radix: 16, uppercase: true)
        out += "%" + (hex.utf8.count < 2 ? "0" : "") + hex
      }
    }
    return out
  }
}
