import GenOpsUnits

/// The server's answers for people, for as long as they are good. A value: time is an argument.
///
/// Bounded by people and by bytes: payloads and properties are as long as somebody makes them.
struct FlagCache: Sendable {
  struct Entry: Sendable {
    var records: [String: FlagRecord]
    var facts: FlagSet.ReplyFacts
    var since: Duration
  }

  private struct Kept {
    var entry: Entry
    var bytes: Int
  }

  private var entries: [[UInt8]: Kept] = [:]
  private var order = FIFO<[UInt8]>()
  private let timeToLive: Duration
  private let capacity: Int
  private let mostBytes: Int
  /// What the entries take, about.
  private(set) var bytes = 0

  var count: Int { entries.count }

  init(timeToLive: Duration, capacity: Int, mostBytes: Int) {
    self.timeToLive = timeToLive
    self.capacity = max(1, capacity)
    self.mostBytes = mostBytes
  }

  /// The answer for exactly this context, if it is still good: at 300 s it is no more.
  func fresh(_ key: [UInt8], at now: Duration) -> Entry? {
    entries[key].flatMap { now - $0.entry.since < timeToLive ? $0.entry : nil }
  }

  /// The last answer, however old: better than none while the server cannot be asked.
  func stale(_ key: [UInt8]) -> Entry? { entries[key]?.entry }

  /// Remembers an answer. The longest known are forgotten for it when the cache is full; one that is
  /// larger than the whole cache is not remembered.
  mutating func store(_ entry: Entry, for key: [UInt8]) {
    let size = FlagCache.size(of: entry, key)
    let old = entries.removeValue(forKey: key)
    bytes -= old?.bytes ?? 0
    guard size <= mostBytes else { return }
    entries[key] = Kept(entry: entry, bytes: size)
    bytes += size
    // A key that came back stands in the order a second time, and is forgotten at the first.
    if old == nil { order.append(key) }
    while entries.count > capacity || bytes > mostBytes, let oldest = order.popFirst() {
      if oldest == key {
        order.append(key)
        continue
      }
      bytes -= entries.removeValue(forKey: oldest)?.bytes ?? 0
    }
  }

  mutating func removeAll() {
    entries = [:]
    order = FIFO()
    bytes = 0
  }

  private static func size(of entry: Entry, _ key: [UInt8]) -> Int {
    entry.records.reduce(2 * key.count + 256) { sum, record in
      sum + record.key.utf8.count + record.value.size
    }
  }
}
