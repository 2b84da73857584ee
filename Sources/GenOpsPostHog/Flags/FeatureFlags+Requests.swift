import GenOpsMetering
public import GenOpsUnits
import Synchronization

extension FeatureFlags {
  /// How long nobody is asked for after PostHog said that the quota is used up, as in posthog-js.
  private static let quotaPause = Duration.seconds(60)

  /// Makes a person's request, if the budget has room for it.
  func request(_ context: FlagContext, _ key: [UInt8], consent: Bool?) async -> Fetched {
    // What may not be asked is not metered either.
    let isForbidden = exchange.refuses(configuration.endpoint.host)
    let outcome =
      isForbidden
      ? RecordOutcome(sent: 0, refused: 1, cost: .zero, refusal: nil)
      : adapter.record(.flagRequest, className: "feature_flag", consent: consent)
    guard outcome.sent == 1 else {
      return state.withLock { state in
        state.asking.removeValue(forKey: key)
        state.counts.refused += 1
        return Fetched(problem: .refused)
      }
    }
    state.withLock { $0.counts.requests += 1 }
    var fetched = await fetch(context, key)
    fetched.cost = outcome.cost
    return fetched
  }

  /// Asks the server for a person's flags, a second time after a lost connection, 502 or 504. It is
  /// billed once: the server has not answered the first.
  private func fetch(_ context: FlagContext, _ key: [UInt8]) async -> Fetched {
    let request = FlagWire.evaluation(context, keys: nil, configuration, at: clock.now())
    var answer = await attempt(request)
    if case .failure(let problem) = answer, problem.isWorthRepeating {
      // posthog-python 7.91.1 waits as long.
      try? await timer.sleep(timer.elapsed() + .milliseconds(300))
      answer = await attempt(request)
    }
    let now = timer.elapsed()
    return state.withLock { state in
      state.asking.removeValue(forKey: key)
      switch answer {
      case .failure(let problem):
        state.counts.failures += 1
        return Fetched(problem: problem)
      case .success(let reply) where reply.isQuotaLimited:
        state.counts.failures += 1
        state.notBefore = now + FeatureFlags.quotaPause
        return Fetched(problem: .quotaLimited)
      case .success(let reply):
        var records = reply.records
        if reply.hasErrors, let old = state.cache.stale(key) {
          // The server failed at some flags: what they were is better than nothing.
          records.merge(old.records) { new, old in new.hasFailed ? old : new }
        }
        let entry = FlagCache.Entry(
          records: records,
          facts: FlagSet.ReplyFacts(
            requestID: reply.requestID, evaluatedAt: reply.evaluatedAt, hasErrors: reply.hasErrors,
            wantsSmallEvents: reply.wantsSmallEvents), since: now)
        state.cache.store(entry, for: key)
        return Fetched(entry: entry)
      }
    }
  }

  private func attempt(_ request: WireRequest) async -> Result<FlagReply, FlagProblem> {
    do {
      let answer = try await exchange.send(request)
      guard (200..<300).contains(answer.status) else { return .failure(.status(answer.status)) }
      guard let node = try? JSONParser.parse(answer.body, file: "flags"),
        let reply = FlagReply(JSONValue(node))
      else { return .failure(.unreadable) }
      return .success(reply)
    } catch {
      return .failure(FlagProblem(error))
    }
  }

  /// Nothing is polled, and paid for, once the application ends.
  public var ending: PartEnding { .beforeDelivery }

  /// Polls the definitions until its task is cancelled; returns at once without a personal key.
  public func run() async {
    guard configuration.personalKey != nil else { return }
    while !Task.isCancelled {
      let pause = await poll()
      try? await timer.sleep(timer.elapsed() + pause)
    }
  }

  /// Every poll is billed: without a pause the definitions would use up a budget.
  private static func pause(_ configuration: FlagConfiguration) -> Duration {
    min(max(configuration.pollInterval, .seconds(1)), .longest)
  }

  /// Polls the definitions once, if the budget has room for it.
  /// - Returns: The pause before the next poll: the interval, or longer when the server asked for
  /// it.
  @discardableResult
  public func poll() async -> Duration {
    guard let key = configuration.personalKey else { return FeatureFlags.pause(configuration) }
    if exchange.refuses(configuration.endpoint.host) {
      state.withLock { $0.counts.refused += 1 }
      return FeatureFlags.pause(configuration)
    }
    // It is about no person, so there is nobody to consent.
    let outcome = adapter.record(
      .localEvaluationPoll, className: "feature_flag", session: nil, consent: true)
    guard outcome.sent == 1 else {
      state.withLock { $0.counts.refused += 1 }
      return FeatureFlags.pause(configuration)
    }
    let request = FlagWire.definitions(
      configuration, personalKey: key, etag: state.withLock { $0.etag })
    state.withLock { $0.counts.polls += 1 }
    do {
      let answer = try await exchange.send(request)
      take(answer)
      let asked = RetryAfter.parse(answer.header("Retry-After"), at: clock.now()) ?? .zero
      return max(FeatureFlags.pause(configuration), min(asked, .seconds(3600)))
    } catch {
      failPoll(FlagProblem(error))
      return FeatureFlags.pause(configuration)
    }
  }

  private func take(_ answer: WireReply) {
    switch answer.status {
    case 304:
      state.withLock { state in
        state.counts.unchangedPolls += 1
        state.lastPollProblem = nil
      }
    case 200..<300:
      guard let node = try? JSONParser.parse(answer.body, file: "definitions"),
        let definitions = try? FlagDefinitions(JSONValue(node))
      else { return failPoll(.unreadable) }
      state.withLock { state in
        state.definitions = definitions
        state.etag = answer.header("ETag")
        state.lastPollProblem = nil
      }
    case 402:
      // PostHog's own clients forget their flags when the quota is used up.
      state.withLock { state in
        state.definitions = FlagDefinitions.none
        state.etag = nil
      }
      failPoll(.quotaLimited)
    default: failPoll(.status(answer.status))
    }
  }

  private func failPoll(_ problem: FlagProblem) {
    state.withLock { state in
      state.counts.failedPolls += 1
      state.lastPollProblem = problem
    }
  }

  /// What limits flags so far.
  public var findings: Findings {
    let (counts, problem) = state.withLock { ($0.counts, $0.lastPollProblem) }
    var findings = exchange.findings
    let host = configuration.endpoint.host
    adapter.account.hostRule.check([host], &findings)
    if let own = adapter.account.configuration.host, own != host {
      findings.warning(
        "host-differs", "flags are asked of \(host), and the settings say \(own)",
        help: "make it of the settings: FlagConfiguration(settings)")
    }
    if let problem {
      findings.warning(
        "flag-definitions", "the last poll of the flag definitions failed: \(problem)",
        help: problem == .status(401)
          ? "the personal key is not valid for this project; local evaluation needs one" : nil)
    }
    if counts.refused > 0 {
      findings.warning(
        "flags-refused", "\(counts.refused) flag requests and polls were refused by governance",
        help: "values were old or default; raise the budget or poll less often")
    }
    return findings
  }
}

extension FlagProblem {
  /// What an exchange has thrown.
  init(_ error: any Error) {
    self = (error as? WireFailure) == .timeout ? .timeout : .connection
  }

  var isWorthRepeating: Bool {
    switch self {
    case .connection, .status(502), .status(504): true
    default: false
    }
  }
}

extension FlagProblem: Error {}
