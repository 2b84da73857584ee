public import GenOpsUnits
import Synchronization

/// Feature flags with their cost: evaluated here where the definitions allow it, else by one
/// request for a person, whose answer is then read for nothing until its time is over.
///
/// ```swift
/// let flags = FeatureFlags(configuration, adapter: adapter, exchange: exchange)
/// let set = await flags.flags(for: FlagContext("user-1"))
/// if set.isOn("new-checkout") { … }
/// let text = set.variant("button", default: "control")
/// ```
///
/// What is billed goes through the adapter as `feature_flag_requests`: 1 for a request, 10 for a
/// poll of the definitions. A budget that refuses it means that it is not made, and the last known
/// values, or the defaults, are what is read.
public final class FeatureFlags: BackgroundPart {
  let configuration: FlagConfiguration
  let adapter: PostHogAdapter
  let exchange: GuardedExchange
  let clock: JudgedClock
  let timer: DeliveryTimer
  let reporter: FlagReporter
  let state: Mutex<State>

  struct State {
    var cache: FlagCache
    /// Nil until the first poll has succeeded.
    var definitions: FlagDefinitions?
    var etag: String?
    /// Requests under way: who asks for the same person waits for the same answer.
    var asking: [[UInt8]: Task<Fetched, Never>] = [:]
    /// No request for a person before this instant: the quota is used up.
    var notBefore = Duration.zero
    var counts = FlagCounts()
    var lastPollProblem: FlagProblem?
  }

  /// What a request brought.
  struct Fetched: Sendable {
    var entry: FlagCache.Entry?
    var problem: FlagProblem?
    /// What the request adds to the bill.
    var cost: Money? = .zero
  }

  /// `adapter` meters and pays for the requests; `timer` is what waits for the next poll.
  public init(
    _ configuration: FlagConfiguration, adapter: PostHogAdapter, exchange: any HTTPExchange,
    clock: any WallClock = SystemClock(), timer: DeliveryTimer = .system
  ) {
    self.configuration = configuration
    self.adapter = adapter
    self.exchange = GuardedExchange(exchange, rule: adapter.account.hostRule)
    let clock = JudgedClock(clock)
    self.clock = clock
    self.timer = timer
    reporter = FlagReporter(adapter, clock: clock, isOn: configuration.reportsReads)
    state = Mutex(
      State(
        cache: FlagCache(
          timeToLive: configuration.timeToLive, capacity: configuration.capacity,
          mostBytes: configuration.mostBytes)))
  }

  /// What was evaluated, asked and polled so far.
  public var counts: FlagCounts { state.withLock { $0.counts } }

  /// The definitions of the last poll; nil before the first one.
  public var definitions: FlagDefinitions? { state.withLock { $0.definitions } }

  /// Forgets the answers for all people, so that the next read asks again.
  public func forgetAnswers() { state.withLock { $0.cache.removeAll() } }

  /// All flags of a person. It waits for a request only when the definitions do not decide
  /// everything and no answer is remembered; it never throws.
  ///
  /// - Parameters:
  ///   - context: Whom for. Another property or group is another person to the memory.
  ///   - consent: As for ``PostHogAdapter/capture(_:session:consent:)``.
  /// - Returns: The person's flags, to be read as often as one likes.
  public func flags(for context: FlagContext, consent: Bool? = nil) async -> FlagSet {
    let now = timer.elapsed()
    let definitions = state.withLock { $0.definitions }
    let local = definitions.map { evaluate($0, context) } ?? Local()
    if definitions != nil, local.unresolved.isEmpty {
      state.withLock { $0.counts.local += 1 }
      return set(context, local, nil, problem: nil, cost: .zero)
    }
    let key = context.key
    let (cached, isBlocked) = state.withLock { ($0.cache.fresh(key, at: now), $0.notBefore > now) }
    if let cached {
      state.withLock { $0.counts.remembered += 1 }
      return set(context, local, cached, problem: nil, cost: .zero, isRemembered: true)
    }
    if isBlocked { return fallback(context, key, local, .quotaLimited, cost: .zero) }
    return await ask(context, key, local, consent: consent)
  }

  /// Whether one flag is on for a person.
  public func isOn(_ key: String, for context: FlagContext, default fallback: Bool = false) async
    -> Bool
  {
    await flags(for: context).isOn(key, default: fallback)
  }

  /// Which variant of one flag a person has.
  public func variant(_ key: String, for context: FlagContext, default fallback: String) async
    -> String
  {
    await flags(for: context).variant(key, default: fallback)
  }

  /// The flags that the definitions decide, and the keys of the others.
  struct Local {
    var records: [String: FlagRecord] = [:]
    var unresolved: [String: UnresolvedReason] = [:]
  }

  private func evaluate(_ definitions: FlagDefinitions, _ context: FlagContext) -> Local {
    var evaluator = FlagEvaluator(definitions, for: context, at: clock.now())
    var local = Local()
    for flag in definitions.flags {
      do throws(Unresolved) {
        local.records[flag.key] = FlagRecord(try evaluator.value(of: flag), of: flag)
      } catch {
        local.unresolved[flag.key] = error.reason
      }
    }
    return local
  }

  private func ask(_ context: FlagContext, _ key: [UInt8], _ local: Local, consent: Bool?) async
    -> FlagSet
  {
    enum Way {
      case remembered(FlagCache.Entry)
      case shared(Task<Fetched, Never>)
      case own(Task<Fetched, Never>)
    }
    let now = timer.elapsed()
    // Under one lock, so that people who ask at the same time make one request. The task keeps the
    // session of the first of them.
    let way: Way = state.withLock { state in
      if let entry = state.cache.fresh(key, at: now) {
        state.counts.remembered += 1
        return .remembered(entry)
      }
      if let running = state.asking[key] {
        state.counts.shared += 1
        return .shared(running)
      }
      let task = Task { await self.request(context, key, consent: consent) }
      state.asking[key] = task
      return .own(task)
    }
    let fetched: Fetched
    var cost: Money? = .zero
    switch way {
    case .remembered(let entry):
      return set(context, local, entry, problem: nil, cost: .zero, isRemembered: true)
    case .shared(let task): fetched = await task.value
    case .own(let task):
      fetched = await task.value
      cost = fetched.cost
    }
    if let problem = fetched.problem { return fallback(context, key, local, problem, cost: cost) }
    return set(context, local, fetched.entry, problem: nil, cost: cost)
  }

  /// What is known without the server: the definitions' part and the last answer.
  private func fallback(
    _ context: FlagContext, _ key: [UInt8], _ local: Local, _ problem: FlagProblem, cost: Money?
  ) -> FlagSet {
    set(context, local, state.withLock { $0.cache.stale(key) }, problem: problem, cost: cost)
  }

  private func set(
    _ context: FlagContext, _ local: Local, _ entry: FlagCache.Entry?, problem: FlagProblem?,
    cost: Money?, isRemembered: Bool = false
  ) -> FlagSet {
    let records = (entry?.records ?? [:]).merging(local.records) { _, own in own }
    return FlagSet(
      context: context, problem: problem, cost: cost, isRemembered: isRemembered,
      records: records,
      reply: entry?.facts ?? FlagSet.ReplyFacts(), reporter: reporter)
  }
}

/// What flags did and what it cost in requests.
public struct FlagCounts: Sendable, Hashable {
  /// Sets that the definitions decided alone.
  public var local = 0
  /// Sets from the memory of answers.
  public var remembered = 0
  /// Sets that waited for a request that somebody else had made.
  public var shared = 0
  /// Requests for a person: 1 billed each.
  public var requests = 0
  /// Requests that brought no flags.
  public var failures = 0
  /// Requests and polls that governance refused: values stay old or default.
  public var refused = 0
  /// Polls of the definitions: 10 billed each.
  public var polls = 0
  /// Of these, answered that nothing has changed.
  public var unchangedPolls = 0
  /// Polls that brought no definitions.
  public var failedPolls = 0

  public init() {}
}
