import GenOpsUnits

/// The server's answers for people, for as long as they are good. A value: time is an argument.
struct FlagCache: Sendable {
  struct Entry: Sendable {
    var records: [String: FlagRecord]
    var facts: FlagSet.ReplyFacts
    var since: Duration
  }

  private var entries: [FlagContext: Entry] = [:]
  private var order = FIFO<FlagContext>()
  private let timeToLive: Duration
  private let capacity: Int

  init(timeToLive: Duration, capacity: Int) {
    self.timeToLive = timeToLive
    self.capacity = max(1, capacity)
  }

  /// The answer for exactly this context, if it is still good: at 300 s it is no more.
  func fresh(_ context: FlagContext, at now: Duration) -> Entry? {
    entries[context].flatMap { now - $0.since < timeToLive ? $0 : nil }
  }

  /// The last answer, however old: better than none while the server cannot be asked.
  func stale(_ context: FlagContext) -> Entry? { entries[context] }

  /// Remembers an answer. The longest known is forgotten for it when the cache is full.
  mutating func store(_ entry: Entry, for context: FlagContext) {
    if entries.updateValue(entry, forKey: context) == nil { order.append(context) }
    while entries.count > capacity, let oldest = order.popFirst() {
      entries.removeValue(forKey: oldest)
    }
  }

  mutating func removeAll() {
    entries = [:]
    order = FIFO()
  }
}
